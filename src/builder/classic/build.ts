import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { OperationError } from '../../domain/image/json-message.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { BuildApi } from '../../engine/api/builds.ts'
import type { Connection } from '../../engine/connection.ts'
import { randomHex } from '../../files/random-name.ts'
import { BufferedOutput, displayMessages, ProgressDisplay, type ProgressOutput } from '../../format/progress/display.ts'
import { TransferDisplay } from '../../format/progress/transfer.ts'
import { formatLogLine } from '../../format/text/notices.ts'
import { hintLine } from '../../format/text/visible.ts'
import { redactUrl } from '../../registry/url-credentials.ts'
import { isHttpUrl } from '../context/git-context.ts'
import { LARGE_CONTEXT } from '../context/report.ts'
import { createSentContextHint } from '../context/show-context.ts'
import { type BuildSource, openSource } from '../context/source.ts'
import { removeStaleIdFile, writeIdFile } from '../id-file.ts'
import { createContextStream } from './context-stream.ts'
import { type BuildFlags, buildQuery, encodeRegistryConfig } from './request.ts'

/** A build by the classic builder, and what it needs of its environment. */
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
  /** Reads all credentials; `onFailure` is called for those that cannot be read. */
  readonly credentials: (
    onFailure: (registry: string, reason: string) => void,
  ) => Promise<Readonly<Record<string, RegistryAuth>>>
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** Output that `--quiet` holds back until the build fails. */
interface HeldOutput {
  readonly sent: BufferedOutput
  readonly built: BufferedOutput
}

/** Builds with the classic builder. @throws Error with docker's text; EngineError ConnectionError ExitStatus */
export async function buildClassic(build: ClassicBuild): Promise<void> {
  const { flags, out } = build
  if (flags.iidfile !== '') removeStaleIdFile(flags.iidfile)
  const held = flags.quiet ? { sent: new BufferedOutput(), built: new BufferedOutput() } : undefined
  const source = countBytes(await openBuildSource(build, held))
  try {
    const imageId = await send(source, build, held)
    if (held) out.write(held.built.text)
    if (flags.iidfile !== '') writeIdFile(flags.iidfile, held ? held.built.text : imageId)
    if (source.sentBytes() > LARGE_CONTEXT && build.err.isTerminal) {
      const hint = createSentContextHint({ ...build, file: flags.file, builder: 'classic' })
      if (hint !== '') build.err.write(hintLine(hint))
    }
  } catch (error) {
    throw toBuildError(error, build, held)
  } finally {
    source.close()
  }
}

async function openBuildSource(build: ClassicBuild, held: HeldOutput | undefined): Promise<BuildSource> {
  const { path, flags, out, err, now } = build
  try {
    return await openSource({
      ...build,
      file: flags.file,
      warn: (message) => log(build, 'error', message),
      watch: ({ bytes, size }) =>
        new TransferDisplay(
          held?.sent ?? out,
          `Downloading build context from remote url: ${redactUrl(path)}`,
          now,
          size,
        ).watch(bytes),
      now: Math.floor(now().getTime() / 1000),
      randomHex: () => randomHex(10),
    })
  } catch (error) {
    if (held && isHttpUrl(path)) err.write(`${held.sent.text}\n`)
    throw error
  }
}

/** Sends the request. @returns the image's id; empty when the daemon did not report one */
async function send(source: BuildSource, build: ClassicBuild, held: HeldOutput | undefined): Promise<string> {
  const { flags, platform, env, proxies, out, now, signal, connection } = build
  const display = new TransferDisplay(held?.sent ?? out, 'Sending build context to Docker daemon', now)
  const credentials = await build.credentials((registry, reason) =>
    log(build, 'warning', `Failed to get credentials for registry: ${registry}`, reason),
  )
  const messages = await new BuildApi(connection).start({
    query: buildQuery(flags, { dockerfile: source.dockerfile, platform, env, proxies }),
    context: createContextStream(source, { isCompressed: flags.compress, display, isTerminal: out.isTerminal }),
    registryConfig: encodeRegistryConfig(credentials),
    signal,
  })
  let imageId = ''
  await displayMessages(messages, new ProgressDisplay(held?.built ?? out, now), (aux) => {
    imageId = findImageId(aux) ?? imageId
  })
  return imageId
}

/** Returns the error to throw: a failed step has its own exit code. With `--quiet` the held output is printed first. */
function toBuildError(error: unknown, { err }: ClassicBuild, held: HeldOutput | undefined): unknown {
  if (error instanceof EngineError) err.write(held?.sent.text ?? '')
  if (!(error instanceof OperationError)) return error
  if (held) err.write(held.sent.text + held.built.text)
  return new ExitStatus((error.code || 1) & 0xff, error.message)
}

function log({ err, now }: ClassicBuild, level: 'error' | 'warning', message: string, error?: string): void {
  const { isTerminal } = err
  err.write(formatLogLine(level, message, { isTerminal, now: now(), ...(error === undefined ? {} : { error }) }))
}

/** Wraps a source so that it counts the bytes that were read. */
function countBytes(source: BuildSource): BuildSource & { sentBytes(): number } {
  let bytes = 0
  async function* archive(): AsyncGenerator<Buffer> {
    for await (const chunk of source.archive) {
      bytes += chunk.length
      yield chunk
    }
  }
  return { ...source, archive: archive(), sentBytes: () => bytes }
}

/** Returns the image id in an auxiliary message of the build's output, if it has one. */
function findImageId(aux: unknown): string | undefined {
  return typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string' ? aux.ID : undefined
}
