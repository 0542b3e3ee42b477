import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel, settleInOrder } from '../../cli/each.ts'
import { writeHint } from '../../cli/report-error.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { stopFlags, stopRequest } from '../../flags/container/stop.ts'
import { type WaitLimit, waitFlags, waitLimit } from '../../flags/container/wait.ts'

const flags = { ...stopFlags, ...waitFlags }

export default class ContainerRestart extends DockerCommand {
  static override aliases = ['restart']
  static override summary = 'Restart containers'
  static override examples = [
    { description: 'Restart a container', command: 'tug restart web' },
    {
      description: 'Restart two containers, and kill what does not stop within two seconds',
      command: 'tug restart --timeout 2 web db',
    },
    { description: 'Restart a container and wait until it is healthy', command: 'tug restart --wait web' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = flags
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerRestart)
    const request = stopRequest(flags, typedFlags)
    const limit = waitLimit(flags, typedFlags)
    const restart = (name: string) => this.cli.engine.containers.restart(name, request)
    if (flags.wait) return this.#restartAndWait(args.container, restart, limit)
    await forEachParallel(args.container, restart, this.cli)
  }

  /** Restarts the containers, and then waits for all that could be restarted. Failures are reported before the wait. */
  async #restartAndWait(
    names: readonly string[],
    restart: (name: string) => Promise<void>,
    limit: WaitLimit | undefined,
  ): Promise<void> {
    const { out, err } = this.cli
    const restarted: string[] = []
    for await (const { item: name, error } of settleInOrder(names, restart)) {
      if (error === undefined) {
        restarted.push(name)
        continue
      }
      err.write(`${describeError(error)}\n`)
      await writeHint(error, err, this.cli)
    }
    const { waitUntilReady } = await import('../../actions/container/wait-until-ready.ts')
    await waitUntilReady(restarted, { limit, onReady: (name) => out.write(`${name}\n`) }, this.cli)
    if (restarted.length < names.length) throw new ExitStatus(1)
  }
}
