import { addDefaultTag } from '../../actions/service/image.ts'
import { waitForService } from '../../actions/service/progress/follow.ts'
import { DockerCommand } from '../../cli/command.ts'
import { programName } from '../../cli/program-name.ts'
import { describeError, ExitStatus, UsageError } from '../../domain/errors.ts'
import { parseReplicas, scaleSpec, splitScale } from '../../domain/service/scale.ts'
import { many } from '../../flags/arg.ts'
import { waitFlags } from '../../flags/service/common.ts'

export default class ServiceScale extends DockerCommand {
  static override summary = 'Scale replicated services'
  static override examples = [
    { description: 'Run two tasks of a service, and wait until they do', command: 'tug service scale clock=2' },
    { description: 'Change the number without waiting', command: 'tug service scale -d clock=1' },
  ]
  static override synopsis = 'SERVICE=REPLICAS [SERVICE=REPLICAS...]'
  static override args = { service: many('SERVICE=REPLICAS') }
  static override flags = { detach: waitFlags.detach }
  static override completes = 'services to scale' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ServiceScale)
    const scales = args.service.map((typed) => splitScale(typed) ?? refuse(typed))
    const failures: string[] = []
    const succeeds = async (name: string, work: () => Promise<void>) => {
      try {
        await work()
        return true
      } catch (error) {
        failures.push(`${name}: ${describeError(error)}`)
        return false
      }
    }
    const scaled: string[] = []
    for (const { name, replicas } of scales) {
      if (await succeeds(name, () => this.#scale(name, replicas))) scaled.push(name)
    }
    if (!flags.detach) for (const name of scaled) await succeeds(name, () => waitForService(name, false, this.cli))
    if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
  }

  async #scale(name: string, typed: string): Promise<void> {
    const { engine, out, err } = this.cli
    const replicas = parseReplicas(typed)
    const { ID = '', Version, Spec = {} } = await engine.services.inspect(name)
    const spec = scaleSpec(Spec, replicas)
    addDefaultTag(spec)
    const change = { id: ID, version: Version?.Index ?? 0, spec, auth: '', authFrom: '', isRollback: false } as const
    for (const warning of await engine.services.update(change)) err.write(`${warning}\n`)
    out.write(`${name} scaled to ${replicas}\n`)
  }
}

/** @throws UsageError with docker's message */
function refuse(typed: string): never {
  const { summary, synopsis } = ServiceScale
  const path = `${programName()} service scale`
  throw new UsageError(
    `invalid scale specifier '${typed}'.\nSee '${path} --help'.\n\nUsage:  ${path} ${synopsis}\n\n${summary}`,
    { exitCode: 1 },
  )
}
