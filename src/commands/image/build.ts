import { randomBytes } from 'node:crypto'
import { addAbortSignal } from 'node:stream'
import { classicBuilderNotice } from '../../build/builder.ts'
import { contextStream } from '../../build/context-stream.ts'
import { isHttpUrl } from '../../build/git-context.ts'
import { removeStaleIdFile, writeIdFile } from '../../build/id-file.ts'
import { untilInterrupted } from '../../build/interrupt.ts'
import { buildQuery, registryConfig } from '../../build/request.ts'
import { type BuildSource, openSource } from '../../build/source.ts'
import { DockerCommand } from '../../cli/command.ts'
import { refuseContentTrust } from '../../cli/content-trust.ts'
import { workingFolder } from '../../cli/working-folder.ts'
import { allCredentials } from '../../config/all-credentials.ts'
import { proxiesFor } from '../../config/proxies.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { OperationError } from '../../domain/json-message.ts'
import { startBuild } from '../../engine/builds.ts'
import { logLine } from '../../format/log-line.ts'
import { displayMessages, ProgressDisplay, type ProgressOutput } from '../../format/progress/display.ts'
import { KeptOutput } from '../../format/progress/kept-output.ts'
import { TransferDisplay } from '../../format/progress/transfer.ts'
import { one } from '../../options/arg.ts'
import { parseBool, type ValuesOf } from '../../options/flag.ts'
import { imageBuildFlags } from '../../options/image-build.ts'

type Flags = ValuesOf<typeof imageBuildFlags>

export default class ImageBuild extends DockerCommand {
  static override aliases = ['build', 'builder:build']
  static override summary = 'Build an image from a Dockerfile'
  static override synopsis = '[OPTIONS] PATH | URL | -'
  static override args = { path: one('PATH') }
  static override flags = imageBuildFlags

  async run(): Promise<void> {
    const { err, env } = this.cli
    err.write(classicBuilderNotice(env.DOCKER_BUILDKIT ?? '', parseBool))
    const { flags, args, given } = await this.read(ImageBuild)
    refuseContentTrust(flags['disable-content-trust'], given.has('disable-content-trust'), this.cli)
    if (flags.iidfile !== '') removeStaleIdFile(flags.iidfile)
    const platform = given.has('platform') ? flags.platform : (env.DOCKER_DEFAULT_PLATFORM ?? '')
    await untilInterrupted((signal) => this.#buildFrom(args.path, flags, platform, signal))
  }

  async #buildFrom(path: string, flags: Flags, platform: string, signal: AbortSignal): Promise<void> {
    const kept = flags.quiet ? { sent: new KeptOutput(), built: new KeptOutput() } : undefined
    const source = await this.#openSource(path, flags, kept?.sent, signal)
    try {
      const imageId = await this.#build(source, flags, platform, signal, kept)
      if (kept) this.cli.out.write(kept.built.text)
      if (flags.iidfile !== '') writeIdFile(flags.iidfile, kept ? kept.built.text : imageId)
    } catch (error) {
      throw this.#explained(error, kept)
    } finally {
      source.close()
    }
  }

  async #openSource(
    path: string,
    flags: Flags,
    kept: KeptOutput | undefined,
    signal: AbortSignal,
  ): Promise<BuildSource> {
    const { in: input, out, err, env } = this.cli
    const now = () => this.cli.now()
    try {
      return await openSource({
        path,
        file: flags.file,
        cwd: workingFolder(),
        stdin: bytesOf(() => input.stream, signal),
        env,
        warn: (message) => this.#log('error', message),
        watch: ({ bytes, size }) =>
          new TransferDisplay(kept ?? out, `Downloading build context from remote url: ${path}`, now, size).watch(
            bytes,
          ),
        now: Math.floor(now().getTime() / 1000),
        randomHex: () => randomBytes(10).toString('hex'),
        signal,
      })
    } catch (error) {
      if (kept && isHttpUrl(path)) err.write(`${kept.text}\n`)
      throw error
    }
  }

  /** @returns the image's id; empty when the daemon did not tell */
  async #build(
    source: BuildSource,
    flags: Flags,
    platform: string,
    signal: AbortSignal,
    kept: { sent: ProgressOutput; built: ProgressOutput } | undefined,
  ): Promise<string> {
    const { engine, config, env, out } = this.cli
    const now = () => this.cli.now()
    const proxies = proxiesFor(config.data, engine.host)
    const display = new TransferDisplay(kept?.sent ?? out, 'Sending build context to Docker daemon', now)
    const messages = await startBuild(engine.connection, {
      query: buildQuery(flags, { dockerfile: source.dockerfile, platform, env, proxies }),
      context: contextStream(source, { isCompressed: flags.compress, display, isTerminal: out.isTerminal }),
      registryConfig: registryConfig(await this.#credentials()),
      signal,
    })
    let imageId = ''
    await displayMessages(messages, new ProgressDisplay(kept?.built ?? out, now), (aux) => {
      imageId = idIn(aux) ?? imageId
    })
    return imageId
  }

  /** Without those of a broken helper docker goes on, and without a word: public images need none. */
  #credentials() {
    const { config, credentials } = this.cli
    return allCredentials(config, credentials, (registry, reason) =>
      this.#log('warning', `Failed to get credentials for registry: ${registry}`, reason),
    ).catch(() => ({}))
  }

  #log(level: 'error' | 'warning', message: string, error?: string): void {
    const { err } = this.cli
    const now = this.cli.now()
    err.write(logLine(level, message, { isTerminal: err.isTerminal, now, ...(error === undefined ? {} : { error }) }))
  }

  /** With -q, what was not shown is shown now; a failed step gives its exit code. */
  #explained(error: unknown, kept: { sent: KeptOutput; built: KeptOutput } | undefined): unknown {
    const { err } = this.cli
    if (error instanceof EngineError) err.write(kept?.sent.text ?? '')
    if (!(error instanceof OperationError)) return error
    if (kept) err.write(kept.sent.text + kept.built.text)
    return new ExitStatus((error.code || 1) & 0xff, error.message)
  }
}

/** The result of a build, sent beside its output. */
function idIn(aux: unknown): string | undefined {
  return typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string' ? aux.ID : undefined
}

/** stdin is opened only when it is read; waiting for it ends with the signal. */
async function* bytesOf(open: () => NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = addAbortSignal(signal, open())
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}
