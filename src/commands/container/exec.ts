import { selectDetachKeys } from '../../actions/container/detach-keys.ts'
import { runProgram } from '../../actions/container/run-program.ts'
import { prepareStreams } from '../../attach/prepare.ts'
import { runExec } from '../../attach/run-exec.ts'
import { windowSize } from '../../attach/window-size.ts'
import { DockerCommand } from '../../cli/command.ts'
import { checkTerminal } from '../../cli/io/terminal-checks.ts'
import { resolveVariable } from '../../domain/container/env.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import type { ExecBody } from '../../engine/api/execs.ts'
import { many, one } from '../../flags/arg.ts'
import { type ExecFlags, execFlags } from '../../flags/container/exec.ts'
import { readVariableFiles } from '../../flags/container/process.ts'

export default class ContainerExec extends DockerCommand {
  static override aliases = ['exec']
  static override summary = 'Run a command in a running container'
  static override examples = [
    { description: 'Open a shell in a running container', command: 'tug exec -it web sh' },
    { description: 'Print a file of a container', command: 'tug exec web cat /app/requirements.txt' },
    {
      description: 'Run a command with an environment variable in another working directory',
      command: 'tug exec -e DEBUG=1 -w /app web env',
    },
    { description: 'Give a command input from a file', command: 'tug exec -i web tee /tmp/motd.txt < motd.txt' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER COMMAND [ARG...]'
  static override interspersed = false
  static override args = { container: one('CONTAINER'), command: many('COMMAND') }
  static override flags = execFlags
  static override completes = 'unpaused containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerExec)
    const { engine, in: input, out } = this.cli
    const body = this.#body(flags, args.command)
    // An unknown container is reported before other errors, and before an exec is created, which could not be removed.
    await engine.containerStreams.inspect(args.container)
    if (!flags.detach) checkTerminal(input, flags.interactive, flags.tty)
    const request = flags.tty ? { ...body, ConsoleSize: windowSize(out) } : body
    const creating = engine.execs.create(args.container, request)
    if (!flags.detach) prepareStreams(engine, input, { stdin: flags.interactive, tty: flags.tty, connections: 1 })
    const id = await creating
    if (flags.detach) return engine.execs.startDetached(id, startBody(request))
    const program = {
      hasInput: flags.interactive,
      command: async () => args.command,
      interactive: `exec -it ${quoteShellWord(args.container)} ${args.command.map(quoteShellWord).join(' ')}`,
    }
    await runProgram((stdio) => runExec(id, request, engine, stdio), program, this.cli)
  }

  #body(flags: ExecFlags, command: readonly string[]): ExecBody {
    const env = [
      ...readVariableFiles(flags, { environment: this.cli.env, readFile: this.cli.readFile }),
      ...flags.env.map((variable) => resolveVariable(variable, this.cli.env)),
    ]
    return {
      User: flags.user,
      Privileged: flags.privileged,
      Tty: flags.tty,
      AttachStdin: !flags.detach && flags.interactive,
      AttachStderr: !flags.detach,
      AttachStdout: !flags.detach,
      Detach: flags.detach,
      DetachKeys: selectDetachKeys(flags, this.cli.config),
      Env: env.length > 0 ? env : null,
      WorkingDir: flags.workdir,
      Cmd: command,
    }
  }
}

function startBody({ Tty, ConsoleSize }: ExecBody) {
  return ConsoleSize ? { Tty, ConsoleSize } : { Tty }
}
