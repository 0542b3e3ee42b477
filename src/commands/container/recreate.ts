import { clientEnvironment, warnOfMounts } from '../../actions/container/create.ts'
import { dependentWarnings } from '../../actions/container/recreation/dependents.ts'
import { OriginReader } from '../../actions/container/recreation/origin.ts'
import {
  type Plan,
  planRecreation,
  prepareImage,
  recreationDiff,
  withOwnVolumes,
  withPresentImage,
} from '../../actions/container/recreation/plan.ts'
import { replaceContainer } from '../../actions/container/recreation/replacement.ts'
import { refuseLeftovers, restoreContainer } from '../../actions/container/recreation/restore.ts'
import { typedArguments } from '../../actions/container/recreation/typed-arguments.ts'
import { DockerCommand } from '../../cli/command.ts'
import { forEachInTurn } from '../../cli/each.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { parsePullPolicy } from '../../domain/image/pull-policy.ts'
import { many } from '../../flags/arg.ts'
import { recreateFlags } from '../../flags/container/recreate.ts'
import { type WaitLimit, waitLimit } from '../../flags/container/wait.ts'
import type { ValuesOf } from '../../flags/flag.ts'
import { paintDiff } from '../../format/text/diff.ts'

/** Interruptions end the command at once from the third on, because the way back needs some time. */
const INTERRUPTION = { patience: 2 ** 31 - 1, forcedBy: 3 }

export default class ContainerRecreate extends DockerCommand {
  static override summary = 'Replace containers by new ones with other settings'
  static override examples = [
    { description: 'Publish another port', command: 'tug container recreate -p 8081:5000 web' },
    {
      description: 'Show what a change of the memory limit would change',
      command: 'tug container recreate --dry-run --memory 64m web',
    },
    {
      description: 'Use another image and another environment variable',
      command: 'tug container recreate --image friendlyhello -e LOG_LEVEL=debug web',
    },
    { description: 'Publish no port anymore', command: 'tug container recreate --reset publish web' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = recreateFlags
  static override completes = 'containers' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerRecreate)
    if (flags.restore) return forEachInTurn(args.container, (name) => this.#restore(name))
    const pull = parsePullPolicy(flags.pull)
    const limit = waitLimit(flags, typedFlags)
    warnOfMounts(flags.mount, this.cli)
    // A container keeps the proxies that it has, whatever config.json says now.
    const client = { ...(await clientEnvironment(this.cli, () => [0, 0])), proxies: {} }
    const typed = typedArguments(this.argv, recreateFlags, flags, client)
    const changes = { flags: typed, image: flags.image, reset: flags.reset }
    const reader = new OriginReader(this.cli)
    const plans = new Map<string, Plan>()
    // All containers are read before the first one changes, because one may refer to another.
    for (const nameOrId of args.container) {
      // An interrupted recreate may have left no container of this name.
      if (!flags['dry-run']) await refuseLeftovers(nameOrId, this.cli)
      const planned = await planRecreation(nameOrId, changes, client, reader)
      const keepsImage = flags.image === '' && pull !== 'always'
      const plan = keepsImage ? await withPresentImage(planned, reader) : planned
      if (plan.line.name !== nameOrId && !flags['dry-run']) await refuseLeftovers(plan.line.name, this.cli)
      plans.set(plan.line.name, plan)
    }
    if (flags['dry-run']) return this.#showDifferences([...plans.values()])
    await untilInterrupted(async (interruption) => {
      for (const plan of plans.values()) {
        const image = { policy: pull, platform: plan.platform, quiet: flags.quiet }
        await untilAborted(prepareImage(plan.request.body.Image, image, reader, this.cli), interruption)
      }
      const names = [...plans.keys()]
      await forEachInTurn(names, async (name) => {
        const plan = plans.get(name)
        const later = names.slice(names.indexOf(name) + 1)
        if (plan && !interruption.aborted) await this.#recreate(plan, later, { flags, limit, interruption })
      })
    }, INTERRUPTION)
  }

  async #restore(name: string): Promise<void> {
    await restoreContainer(name, this.cli)
    this.cli.out.write(`${name}\n`)
  }

  async #showDifferences(plans: readonly Plan[]): Promise<void> {
    const { out, colorLevel } = this.cli
    for (const plan of plans) {
      const lines = await recreationDiff(plan)
      out.write((await paintDiff(lines, colorLevel)).map((line) => `${line}\n`).join(''))
    }
  }

  /** @param later the names of the containers that are recreated afterwards */
  async #recreate(plan: Plan, later: readonly string[], { flags, limit, interruption }: Circumstances): Promise<void> {
    const { out, err } = this.cli
    const { name } = plan.line
    const { container } = plan.origin
    const warnings = await dependentWarnings({ id: container.Id ?? '', name }, later, this.cli)
    const { body, original } = await withOwnVolumes(plan, this.cli)
    const { quiet, wait: isWaiting } = flags
    const request = { body, platform: plan.platform, quiet, useApiSocket: flags['use-api-socket'] }
    const { connections } = plan.request
    const replacement = { name, old: container, request, connections, original, isWaiting, limit }
    await replaceContainer(replacement, interruption, this.cli)
    out.write(`${name}\n`)
    for (const warning of warnings) err.write(`WARNING: ${warning}\n`)
  }
}

interface Circumstances {
  readonly flags: ValuesOf<typeof recreateFlags>
  readonly limit: WaitLimit | undefined
  readonly interruption: AbortSignal
}

/** Waits for work that nothing depends on, and no longer than until the interruption. @throws ExitStatus */
async function untilAborted(work: Promise<void>, interruption: AbortSignal): Promise<void> {
  const interrupted = Promise.withResolvers<never>()
  const interrupt = () => interrupted.reject(new ExitStatus(1, 'interrupted; nothing has changed'))
  interruption.addEventListener('abort', interrupt)
  try {
    await Promise.race([work, interrupted.promise])
  } finally {
    interruption.removeEventListener('abort', interrupt)
  }
}
