import { randomBytes } from 'node:crypto'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { OperationError } from '../../domain/image/json-message.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { BuildApi } from '../../engine/api/builds.ts'
import type { Connection } from '../../engine/connection.ts'
import { BufferedOutput, displayMessages, ProgressDisplay, type ProgressOutput } from '../../format/progress/display.ts'
import { TransferDisplay } from '../../format/progress/transfer.ts'
import { formatLogLine } from '../../format/text/notices.ts'
import { hintLine } from '../../format/text/visible.ts'
import { redactUrl } from '../../registry/url-credentials.ts'
import { isHttpUrl } from '../context/git-context.ts'
import { LARGE_CONTEXT } from '../context/report.ts'
import { sentContextHint } from '../context/show-context.ts'
import { type BuildSource, openSource } from '../context/source.ts'
import { removeStaleIdFile, writeIdFile } from '../id-file.ts'
import { contextStream } from './context-stream.ts'
import { type BuildFlags, buildQuery, registryConfig } from './request.ts'

/** A build by the classic builder, and the world it is made in. */
export interface ClassicBuild {
  readonly flags: BuildFlags & { readonly file: string; readonly iidfile: string; readonly compress: boolean }
  /** The argument: a directory, `-`, or a URL. */
  readonly path: string
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
  readonly connection: Connection
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly proxies: Readonly<Record<string, string>>
  readonly stdin: AsyncIterable<Uint8Array>
  readonly out: ProgressOutput
  readonly err: { readonly isTerminal: boolean; write(text: string): void }
  /** All credentials; told of those that cannot be had. */
  readonly credentials: (
    onFailure: (registry: string, reason: string) => void,
  ) => Promise<Readonly<Record<string, RegistryAuth>>>
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** What is not shown with `--quiet` until it fails. */
interface Kept {
  readonly sent: BufferedOutput
  readonly built: BufferedOutput
}

/** Builds with the classic builder. @throws Error with docker's text; EngineError ConnectionError ExitStatus */
export async function buildClassic(build: ClassicBuild): Promise<void> {
  const { flags, out } = build
  if (flags.iidfile !== '') removeStaleIdFile(flags.iidfile)
  const kept = flags.quiet ? { sent: new BufferedOutput(), built: new BufferedOutput() } : undefined
  const source = counted(await openBuildSource(build, kept))
  try {
    const imageId = await send(source, build, kept)
    if (kept) out.write(kept.built.text)
    if (flags.iidfile !== '') writeIdFile(flags.iidfile, kept ? kept.built.text : imageId)
    if (source.sentBytes() > LARGE_CONTEXT && build.err.isTerminal) {
      const hint = sentContextHint({ ...build, file: flags.file, builder: 'classic' })
      if (hint !== '') build.err.write(hintLine(hint))
    }
  } catch (error) {
    throw explained(error, build, kept)
  } finally {
    source.close()
  }
}

async function openBuildSource(build: ClassicBuild, kept: Kept | undefined): Promise<BuildSource> {
  const { path, flags, out, err, now } = build
  try {
    return await openSource({
      ...build,
      file: flags.file,
      warn: (message) => log(build, 'error', message),
      watch: ({ bytes, size }) =>
        new TransferDisplay(
          kept?.sent ?? out,
          `Downloading build context from remote url: ${redactUrl(path)}`,
          now,
          size,
        ).watch(bytes),
      now: Math.floor(now().getTime() / 1000),
      randomHex: () => randomBytes(10).toString('hex'),
    })
  } catch (error) {
    if (kept && isHttpUrl(path)) err.write(`${kept.sent.text}\n`)
    throw error
  }
}

/** @returns the image's id; empty when the daemon did not tell */
async function send(source: BuildSource, build: ClassicBuild, kept: Kept | undefined): Promise<string> {
  const { flags, platform, env, proxies, out, now, signal, connection } = build
  const display = new TransferDisplay(kept?.sent ?? out, 'Sending build context to Docker daemon', now)
  const credentials = await build.credentials((registry, reason) =>
    log(build, 'warning', `Failed to get credentials for registry: ${registry}`, reason),
  )
  const messages = await new BuildApi(connection).start({
    query: buildQuery(flags, { dockerfile: source.dockerfile, platform, env, proxies }),
    context: contextStream(source, { isCompressed: flags.compress, display, isTerminal: out.isTerminal }),
    registryConfig: registryConfig(credentials),
    signal,
  })
  let imageId = ''
  await displayMessages(messages, new ProgressDisplay(kept?.built ?? out, now), (aux) => {
    imageId = idIn(aux) ?? imageId
  })
  return imageId
}

/** With -q, what was not shown is shown now; a failed step gives its exit code. */
function explained(error: unknown, { err }: ClassicBuild, kept: Kept | undefined): unknown {
  if (error instanceof EngineError) err.write(kept?.sent.text ?? '')
  if (!(error instanceof OperationError)) return error
  if (kept) err.write(kept.sent.text + kept.built.text)
  return new ExitStatus((error.code || 1) & 0xff, error.message)
}

function log({ err, now }: ClassicBuild, level: 'error' | 'warning', message: string, error?: string): void {
  const { isTerminal } = err
  err.write(formatLogLine(level, message, { isTerminal, now: now(), ...(error === undefined ? {} : { error }) }))
}

/** A source that knows how much of it has been read. */
function counted(source: BuildSource): BuildSource & { sentBytes(): number } {
  let bytes = 0
  async function* archive(): AsyncGenerator<Buffer> {
    for await (const chunk of source.archive) {
      bytes += chunk.length
      yield chunk
    }
  }
  return { ...source, archive: archive(), sentBytes: () => bytes }
}

/** The result of a build, sent beside its output. */
function idIn(aux: unknown): string | undefined {
  return typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string' ? aux.ID : undefined
}
