import { type CreateRequest, clientEnvironment, createContainer, warnOfMounts } from '../../actions/container/create.ts'
import { selectDetachKeys } from '../../actions/container/detach-keys.ts'
import { runFailure, translateFor } from '../../actions/container/run-failure.ts'
import { runProgram } from '../../actions/container/run-program.ts'
import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { startAttached } from '../../attach/attached-start.ts'
import { prepareStreams } from '../../attach/prepare.ts'
import { handleSignals } from '../../attach/signals.ts'
import { windowSize } from '../../attach/window-size.ts'
import { DockerCommand } from '../../cli/command.ts'
import { checkTerminal } from '../../cli/io/terminal-checks.ts'
import type { CreateBody } from '../../domain/container/create-request.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { parsePullPolicy } from '../../domain/image/pull-policy.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { one, rest } from '../../flags/arg.ts'
import {
  type CreateCommandLine,
  createBody,
  type RunFlags,
  runFlags,
  withoutAttach,
} from '../../flags/container/create.ts'
import { type WaitLimit, waitLimit } from '../../flags/container/wait.ts'

export default class ContainerRun extends DockerCommand {
  static override aliases = ['run']
  static override summary = 'Create and run a new container from an image'
  static override examples = [
    {
      description: 'Start a web server in the background and publish its port 5000 as 4000',
      command: 'tug run -d --name hello -p 4000:5000 friendlyhello',
    },
    {
      description: 'Start a service and wait until it is healthy, for a minute at most',
      command: "tug run -d --wait --wait-timeout 1m --health-cmd 'test -d /tmp' --health-interval 1s busybox sleep 1d",
    },
    {
      description: 'Open a shell in a new container, and remove it in the end',
      command: 'tug run -it --rm busybox sh',
    },
    {
      description: 'Run a program on the files of the working directory',
      command: 'tug run --rm -v "$PWD":/work -w /work busybox wc -l app.py',
    },
    {
      description: 'Start a service on a network, with a volume, that is restarted when it fails',
      command: 'tug run -d --name cache --network backend --restart unless-stopped -v data:/data busybox sleep 1d',
    },
    {
      description: 'Set environment variables from a file and from the command line',
      command: 'tug run --rm --env-file app.env -e LOG_LEVEL=debug busybox env',
    },
    {
      description: 'Set environment variables from a .env file, with quotes and references',
      command: 'tug run --rm --dotenv .env busybox env',
    },
    { description: 'Limit memory and CPU time', command: 'tug run --rm --memory 64m --cpus 0.5 busybox echo hello' },
  ]
  static override synopsis = '[OPTIONS] IMAGE [COMMAND] [ARG...]'
  static override interspersed = false
  static override args = { image: one('IMAGE'), command: rest('COMMAND') }
  static override flags = runFlags
  static override completes = ['images', 'nothing'] as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerRun)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const limit = translateFor('run', () => waitLimit(flags, typedFlags))
    if (flags.wait && !flags.detach) throw WAITING_IN_FOREGROUND
    const detachKeys = selectDetachKeys(flags, flags.detach ? undefined : this.cli.config)
    const request = await this.#request(flags, { flags, typedFlags, ...args })
    const creating = createContainer(request, this.cli)
    const { AttachStdin: stdin, Tty: tty } = request.body
    if (!flags.detach) prepareStreams(this.cli.engine, this.cli.in, { stdin, tty, connections: 2 })
    const id = await creating.catch((error: unknown) => {
      throw runFailure(error)
    })
    if (flags.wait) return this.#startAndWait(id, request.body, flags, limit)
    const kill = (signal: string) => this.cli.engine.containers.kill(id, signal)
    const stopHandling = handleSignals(flags['sig-proxy'] ? kill : undefined, this.cli)
    try {
      await this.#start(id, request.body, flags, detachKeys)
    } finally {
      stopHandling()
    }
  }

  async #request(flags: RunFlags, line: CreateCommandLine): Promise<CreateRequest> {
    const { cli } = this
    const pull = translateFor('run', () => parsePullPolicy(flags.pull))
    const client = await clientEnvironment(cli, () => windowSize(cli.out))
    warnOfMounts(flags.mount, cli)
    const { name, platform, quiet } = flags
    const body = translateFor('run', () => createBody(line, client))
    if (flags.detach && flags.attach.length > 0) throw DETACHED_AND_ATTACHED
    if (!flags.detach) checkTerminal(cli.in, body.AttachStdin, body.Tty)
    return {
      body: flags.detach ? withoutAttach(body) : body,
      name,
      platform,
      pull,
      quiet,
      useApiSocket: flags['use-api-socket'],
    }
  }

  /** Signals are not forwarded to the container: Ctrl-C ends the wait. */
  async #startAndWait(id: string, body: CreateBody, flags: RunFlags, limit: WaitLimit | undefined): Promise<void> {
    const { engine } = this.cli
    const { collectOutput } = await import('../../actions/container/container-output.ts')
    const { waitUntilReady } = await import('../../actions/container/wait-until-ready.ts')
    const output = flags.rm ? await collectOutput(id, body.Tty, engine) : undefined
    try {
      await this.#start(id, body, flags, '')
      await waitUntilReady([{ name: flags.name || id, id }], { limit, output }, this.cli)
    } finally {
      output?.close()
    }
  }

  async #start(id: string, body: CreateBody, flags: RunFlags, detachKeys: string): Promise<void> {
    const { engine, out } = this.cli
    const streams = {
      stdin: body.AttachStdin,
      stdout: body.AttachStdout,
      stderr: body.AttachStderr,
      detachKeys,
    }
    const start = async () => {
      await engine.containers.start(id).catch((error: unknown) => {
        throw runFailure(error)
      })
    }
    if (flags.detach) {
      out.write(`${id}\n`)
      return start()
    }
    const container = { id, tty: body.Tty, autoRemove: flags.rm, streams, start }
    const program = {
      hasInput: body.AttachStdin,
      command: () => this.#command(body),
      interactive: `run -it ${quoteShellWord(body.Image)}`,
    }
    await runProgram((stdio) => startAttached(container, engine, stdio), program, this.cli)
  }

  /** Returns what a container runs. Where the command line does not say it, the image does. */
  async #command({ Entrypoint, Cmd, Image }: CreateBody): Promise<readonly string[]> {
    if (Entrypoint !== null || Cmd !== null) return [...(Entrypoint ?? []), ...(Cmd ?? [])]
    const { InspectionApi } = await import('../../engine/api/inspections.ts')
    const { Config } = await new InspectionApi(this.cli.engine.connection).image(Image)
    return [...(Config?.Entrypoint ?? []), ...(Config?.Cmd ?? [])]
  }
}

const WAITING_IN_FOREGROUND = new ExitStatus(
  125,
  'conflicting options: --wait needs --detach, because without it the command waits until the container ends',
)

const DETACHED_AND_ATTACHED = new ExitStatus(1, 'conflicting options: cannot specify both --attach and --detach')
