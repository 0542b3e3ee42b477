import { selectDetachKeys } from '../../actions/container/detach-keys.ts'
import { attachRunning, requireRunning } from '../../attach/attach-running.ts'
import { handleSignals } from '../../attach/signals.ts'
import { DockerCommand } from '../../cli/command.ts'
import { checkTerminal } from '../../cli/io/terminal-checks.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { detachKeys } from '../../flags/shared.ts'

export default class ContainerAttach extends DockerCommand {
  static override aliases = ['attach']
  static override summary = 'Attach stdin, stdout and stderr to a running container'
  static override examples = [
    {
      description: "Follow a container's output and send it input; Ctrl-P Ctrl-Q detaches",
      command: 'tug attach web',
    },
    {
      description: 'Only watch the output; Ctrl-C then ends the watching, not the container',
      command: 'tug attach --no-stdin --sig-proxy=false web',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER'
  static override args = { container: one('CONTAINER') }
  static override flags = {
    'detach-keys': detachKeys(),
    'no-stdin': bool({ summary: 'Do not attach stdin' }),
    'sig-proxy': bool({ summary: 'Forward signals to the container', default: true }),
  }
  static override completes = 'unpaused containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerAttach)
    const { engine, config } = this.cli
    const detachKeys = selectDetachKeys(flags, config)
    const name = args.container
    engine.prepareUpgrade(2)
    const stopWaiting = new AbortController()
    const waiting = engine.containerStreams.wait(name, 'not-running', stopWaiting.signal)
    // The wait starts before any other request, so that the container's exit is not missed.
    await waiting.catch(() => {})
    let stopHandling = () => {}
    try {
      const container = await engine.containerStreams.inspect(name)
      requireRunning(container)
      const { Tty: tty, OpenStdin } = container.Config
      checkTerminal(this.cli.in, !flags['no-stdin'], tty)
      const streams = {
        stdin: !flags['no-stdin'] && OpenStdin,
        stdout: true,
        stderr: true,
        detachKeys,
      }
      const kill = (signal: string) => engine.containers.kill(name, signal)
      stopHandling = handleSignals(flags['sig-proxy'] && !tty ? kill : undefined, this.cli)
      const { exitCode } = await waiting
      const status = await attachRunning(name, { streams, tty }, exitCode, engine, this.cli)
      if (status !== 0) throw new ExitStatus(status)
    } finally {
      stopHandling()
      stopWaiting.abort()
    }
  }
}
