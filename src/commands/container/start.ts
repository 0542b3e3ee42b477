import { selectDetachKeys } from '../../actions/container/detach-keys.ts'
import { startAttached } from '../../attach/attached-start.ts'
import { exitOnInterrupt, handleSignals } from '../../attach/signals.ts'
import { DockerCommand } from '../../cli/command.ts'
import type { Target } from '../../cli/each.ts'
import { writeHint } from '../../cli/report-error.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { type WaitLimit, waitFlags, waitLimit } from '../../flags/container/wait.ts'
import { bool, text, type ValuesOf } from '../../flags/flag.ts'
import { detachKeys } from '../../flags/shared.ts'

const flags = {
  ...choiceFlags({ verb: 'start', participle: 'started', all: 'stopped containers', completes: 'container filters' }),
  attach: bool({ char: 'a', summary: 'Attach stdout and stderr, and forward signals' }),
  checkpoint: text({ summary: 'Restore from this checkpoint', daemonOs: 'linux', isExperimental: true }),
  'checkpoint-dir': text({
    summary: "Directory of the checkpoint, on the daemon's host",
    daemonOs: 'linux',
    isExperimental: true,
  }),
  'detach-keys': detachKeys(),
  interactive: bool({ char: 'i', summary: 'Attach stdin, stdout and stderr' }),
  ...waitFlags,
}

type StartFlags = ValuesOf<typeof flags>

const ATTACHED_AND_WAITING = new ExitStatus(
  1,
  'conflicting options: --wait cannot be used with --attach or --interactive, which wait until the container ends',
)

export default class ContainerStart extends DockerCommand {
  static override aliases = ['start']
  static override summary = 'Start stopped containers'
  static override examples = [
    { description: 'Start a stopped container', command: 'tug start job' },
    { description: 'Start it and print its output until it ends', command: 'tug start -a job' },
    { description: 'Start all containers that have ended', command: 'tug start --filter status=exited' },
    {
      description: 'Start a container and wait until it is healthy, for half a minute at most',
      command: 'tug start --wait --wait-timeout 30 web',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = flags
  static override completes = 'stopped containers' as const

  async run(): Promise<void> {
    const { flags, targets, typedFlags } = await this.readTargets(ContainerStart)
    const [container = '', ...more] = targets.map(({ id }) => id)
    const limit = waitLimit(flags, typedFlags)
    const isAttached = flags.attach || flags.interactive
    const detachKeys = selectDetachKeys(flags, isAttached ? this.cli.config : undefined)
    if (isAttached) {
      if (flags.wait) throw ATTACHED_AND_WAITING
      if (more.length > 0) throw new ExitStatus(1, 'you cannot start and attach multiple containers at once')
      return this.#startAttached(container, flags, detachKeys)
    }
    if (flags.checkpoint !== '') {
      if (more.length > 0) throw new ExitStatus(1, 'you cannot restore multiple containers at once')
      await this.#start(container, flags)
      return flags.wait ? this.#wait(targets, limit) : undefined
    }
    const failed = await this.#startAll(targets, flags.wait ? () => {} : this.#showName)
    if (failed.length > 0) this.cli.err.write(`Error: failed to start containers: ${failed.join(', ')}\n`)
    const started = targets.filter(({ name }) => !failed.includes(name))
    if (flags.wait) await this.#wait(started, limit)
    if (failed.length > 0) throw new ExitStatus(1)
  }

  #showName = (name: string): void => {
    this.cli.out.write(`${name}\n`)
  }

  async #wait(targets: readonly Target[], limit: WaitLimit | undefined): Promise<void> {
    const { waitUntilReady } = await import('../../actions/container/wait-until-ready.ts')
    await waitUntilReady(targets, { limit, onReady: this.#showName }, this.cli)
  }

  /**
   * Starts the containers one after the other, because one may depend on another before it.
   * @returns the names of those that could not be started
   */
  async #startAll(targets: readonly Target[], onStarted: (name: string) => void): Promise<readonly string[]> {
    const { engine, err } = this.cli
    const failed: string[] = []
    for (const { name, id } of targets) {
      try {
        await engine.containers.start(id)
        onStarted(name)
      } catch (error) {
        err.write(`${describeError(error)}\n`)
        await writeHint(error, err, this.cli)
        failed.push(name)
      }
    }
    return failed
  }

  async #startAttached(name: string, flags: StartFlags, detachKeys: string): Promise<void> {
    const { engine } = this.cli
    engine.prepareUpgrade(2)
    const { Id: id, Config, HostConfig } = await engine.containerStreams.inspect(name)
    const container = {
      id,
      tty: Config.Tty,
      autoRemove: HostConfig.AutoRemove,
      streams: {
        stdin: flags.interactive && Config.OpenStdin,
        stdout: true,
        stderr: true,
        detachKeys,
      },
      start: () => this.#start(id, flags),
    }
    const kill = (signal: string) => engine.containers.kill(id, signal)
    const stopHandling = Config.Tty ? exitOnInterrupt() : handleSignals(kill, this.cli)
    try {
      const exitCode = await startAttached(container, engine, this.cli)
      if (exitCode !== 0) throw new ExitStatus(exitCode)
    } finally {
      stopHandling()
    }
  }

  async #start(container: string, flags: StartFlags): Promise<void> {
    await this.cli.engine.containers.start(container, checkpointQuery(flags))
  }
}

function checkpointQuery(flags: StartFlags) {
  return { checkpoint: flags.checkpoint || undefined, 'checkpoint-dir': flags['checkpoint-dir'] || undefined }
}
