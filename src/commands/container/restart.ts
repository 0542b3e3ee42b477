import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel, settleInOrder, type Target } from '../../cli/each.ts'
import { writeHint } from '../../cli/report-error.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { stopFlags, stopRequest } from '../../flags/container/stop.ts'
import { type WaitLimit, waitFlags, waitLimit } from '../../flags/container/wait.ts'

const flags = {
  ...choiceFlags({
    verb: 'restart',
    participle: 'restarted',
    all: 'running containers',
    completes: 'container filters',
  }),
  ...stopFlags,
  ...waitFlags,
}

export default class ContainerRestart extends DockerCommand {
  static override aliases = ['restart']
  static override summary = 'Restart containers'
  static override examples = [
    { description: 'Restart a container', command: 'tug restart web' },
    {
      description: 'Restart two containers, and kill what does not stop within two seconds',
      command: 'tug restart --timeout 2 web db',
    },
    { description: 'Restart the running containers of an image', command: 'tug restart --filter ancestor=busybox' },
    { description: 'Restart a container and wait until it is healthy', command: 'tug restart --wait web' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = flags
  static override completes = 'containers' as const
  static chooses = 'running containers' as const

  async run(): Promise<void> {
    const { flags, targets, typedFlags } = await this.readTargets(ContainerRestart)
    const request = stopRequest(flags, typedFlags)
    const limit = waitLimit(flags, typedFlags)
    const restart = (id: string) => this.cli.engine.containers.restart(id, request)
    if (flags.wait) return this.#restartAndWait(targets, restart, limit)
    await forEachParallel(targets, restart, this.cli)
  }

  /** Restarts the containers, and then waits for all that could be restarted. Failures are reported before the wait. */
  async #restartAndWait(
    targets: readonly Target[],
    restart: (id: string) => Promise<void>,
    limit: WaitLimit | undefined,
  ): Promise<void> {
    const { out, err } = this.cli
    const restarted: Target[] = []
    for await (const { item, error } of settleInOrder(targets, ({ id }) => restart(id))) {
      if (error === undefined) {
        restarted.push(item)
        continue
      }
      err.write(`${describeError(error)}\n`)
      await writeHint(error, err, this.cli)
    }
    const { waitUntilReady } = await import('../../actions/container/wait-until-ready.ts')
    await waitUntilReady(restarted, { limit, onReady: (name) => out.write(`${name}\n`) }, this.cli)
    if (restarted.length < targets.length) throw new ExitStatus(1)
  }
}
