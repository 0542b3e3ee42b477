import { addAbortSignal } from 'node:stream'
import type { Interfaces } from '@oclif/core'
import { type ChosenBuilder, fallBack, NoBuildKitError } from '../../builder/builder.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { logicalWorkingDirectory, workingDirectory } from '../../cli/io/working-directory.ts'
import { readAllCredentials } from '../../config/all-credentials.ts'
import { proxiesFor } from '../../config/proxies.ts'
import { parseGoBool } from '../../domain/go/bool.ts'
import { one } from '../../flags/arg.ts'
import { BUILDKIT_ONLY, buildKitFlags, buildKitWarnings, selectCallMethod } from '../../flags/image/buildkit.ts'
import { classicBuildFlags } from '../../flags/image/classic.ts'
import { refuseContentTrust } from './content-trust.ts'

/** How long an interrupted build may take to cancel on the daemon and to print its last state, in milliseconds. */
const CANCEL_TIMEOUT_MS = 5000

/** The exit code of buildx for every signal. */
const INTERRUPTED = 130

type BuilderKind = ChosenBuilder['kind']

/** What `build` and `buildx build` share: everything but the choice of the builder. */
export abstract class BuildCommand extends DockerCommand {
  static override synopsis = '[OPTIONS] PATH | URL | -'
  static override args = { path: one('PATH') }
  static override flags = {
    ...buildKitFlags,
    'disable-content-trust': { ...classicBuildFlags['disable-content-trust'], hidden: true },
  }
  static override completes = 'directories' as const

  async run(): Promise<void> {
    if (this.argv.some((word) => word.startsWith('--show-context')) && (await this.#showContext())) return
    const builder = await this.chooseBuilder()
    this.cli.err.write(builder.notice)
    if (builder.kind === 'classic') await this.#buildClassic()
    else await this.#buildWithBuildKit(builder)
  }

  /**
   * Prints the build context for `--show-context`. It sends no request, so DOCKER_BUILDKIT alone decides about the
   * builder. @returns whether the flag was given
   */
  async #showContext(): Promise<boolean> {
    const { flags, args } = await this.read(BuildCommand)
    if (!flags['show-context']) return false
    const { env, out, err } = this.cli
    const [{ formatContextReport }, { hintLine }] = await Promise.all([
      import('../../builder/context/show-context.ts'),
      import('../../format/text/visible.ts'),
    ])
    const builder = parseGoBool(env.DOCKER_BUILDKIT ?? '') === false ? 'classic' : 'buildkit'
    const build = { path: args.path, file: flags.file, cwd: this.#workingDirectory(builder), builder } as const
    const { text, hint } = formatContextReport(build, out.isTerminal)
    out.write(text)
    if (hint !== '' && err.isTerminal) err.write(hintLine(hint))
    return true
  }

  /** Chooses the builder that builds. */
  protected abstract chooseBuilder(): Promise<ChosenBuilder>

  async #buildWithBuildKit(builder: ChosenBuilder): Promise<void> {
    const { flags, args, typedFlags } = await this.read(withFlags(buildKitFlags))
    const { engine, config, credentials, env, err, out, contextName, platform, isDebugging } = this.cli
    for (const warning of buildKitWarnings(typedFlags)) err.write(`WARNING: ${warning}\n`)
    const defaultPlatform = env.DOCKER_DEFAULT_PLATFORM ? [env.DOCKER_DEFAULT_PLATFORM] : []
    const { buildWithBuildKit } = await import('../../builder/buildkit/build.ts')
    await untilInterrupted(
      (signal) =>
        buildWithBuildKit({
          flags: {
            ...flags,
            call: selectCallMethod(flags, typedFlags),
            platform: typedFlags.has('platform') ? flags.platform : defaultPlatform,
          },
          ...this.#environment(args.path, 'buildkit', signal),
          connection: engine.connection,
          builder: contextName,
          isDebugging,
          proxies: proxiesFor(config.data, engine.host),
          platform,
          stdout: out,
          out,
          err,
          credentials: (server) => credentials.get(server).catch(() => ({})),
          findHint: (message) => this.#findHint(message),
        }),
      { patience: CANCEL_TIMEOUT_MS, status: INTERRUPTED },
    ).catch(async (error: unknown) => {
      if (!(error instanceof NoBuildKitError)) throw error
      err.write(fallBack(builder, typedFlags, BUILDKIT_ONLY))
      await this.#buildClassic()
    })
  }

  async #buildClassic(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(withFlags(classicBuildFlags))
    const { engine, config, credentials, env, out, err } = this.cli
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { buildClassic } = await import('../../builder/classic/build.ts')
    await untilInterrupted((signal) =>
      buildClassic({
        flags,
        ...this.#environment(args.path, 'classic', signal),
        platform: typedFlags.has('platform') ? flags.platform : (env.DOCKER_DEFAULT_PLATFORM ?? ''),
        connection: engine.connection,
        proxies: proxiesFor(config.data, engine.host),
        out,
        err,
        // If a credential helper fails, docker continues without a warning: public images need no credentials.
        credentials: (onFailure) => readAllCredentials(config, credentials, onFailure).catch(() => ({})),
      }),
    )
  }

  /** Finds the hint for a failed build whose message BuildKit's own text has printed. */
  async #findHint(message: string): Promise<string> {
    if (!this.cli.err.isTerminal) return ''
    const { writtenHint } = await import('../../cli/hints/written.ts')
    return writtenHint(message)
  }

  /** Paths are relative to PWD with the classic builder. buildx leaves them to the operating system. */
  #workingDirectory(builder: BuilderKind): string {
    return builder === 'classic' ? logicalWorkingDirectory(this.cli.env) : workingDirectory()
  }

  #environment(path: string, builder: BuilderKind, signal: AbortSignal) {
    const { in: input, env, now } = this.cli
    return { path, cwd: this.#workingDirectory(builder), env, signal, now, stdin: bytesOf(() => input.stream, signal) }
  }
}

/** Returns the command's statics with the flags of one builder. */
function withFlags<F extends Interfaces.FlagInput>(flags: F) {
  const { examples, aliases, args, synopsis, interspersed } = BuildCommand
  return { examples, aliases, args, synopsis, interspersed, flags }
}

/** Yields the bytes of stdin, which is opened with the first read. The signal ends a pending read. */
async function* bytesOf(open: () => NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = addAbortSignal(signal, open())
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}
