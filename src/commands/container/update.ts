import { DockerCommand } from '../../cli/command.ts'
import { failuresInTurn, throwFailures } from '../../cli/each.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { updateBody, updateFlags } from '../../flags/container/update.ts'

export default class ContainerUpdate extends DockerCommand {
  static override aliases = ['update']
  static override summary = 'Update resource limits and restart policies of containers'
  static override examples = [
    {
      description: 'Change the memory limit of a running container',
      command: 'tug update --memory 128m --memory-swap 128m web',
    },
    {
      description: 'Change the restart policy of two containers',
      command: 'tug update --restart unless-stopped web db',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = updateFlags
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerUpdate)
    if (typedFlags.size === 0) throw new ExitStatus(1, 'you must provide one or more flags when using this command')
    const body = updateBody(flags)
    const { engine, out } = this.cli
    const warnings: string[] = []
    const failures = await failuresInTurn(args.container, async (name) => {
      warnings.push(...(await engine.containers.update(name, body)))
      out.write(`${name}\n`)
    })
    // docker prints the warnings to stdout, where scripts expect them.
    if (warnings.length > 0) out.write(`${warnings.join('\n')}\n`)
    throwFailures(failures)
  }
}
