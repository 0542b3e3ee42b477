import { ConnectionError, EngineError, ExitStatus, messageOf } from '../../domain/errors.ts'
import { parseGoBool } from '../../domain/go/bool.ts'
import { goQuote } from '../../domain/go/quote.ts'
import type { TerminalSize } from '../../domain/terminal-size.ts'
import type { Connection } from '../../engine/connection.ts'
import { hintLine } from '../../format/text/visible.ts'
import { LARGE_CONTEXT } from '../context/report.ts'
import { createSentContextHint } from '../context/show-context.ts'
import { removeStaleIdFile, saveImageId } from '../id-file.ts'
import type { BuildStatus } from '../progress/build-status.ts'
import { formatFailure, formatWarnings } from '../progress/diagnostics.ts'
import type { BuildProgress } from '../progress/progress.ts'
import { type ProgressMode, parseProgressMode } from '../progress/settings.ts'
import { fetchBuilderFacts } from './builder-facts.ts'
import { formatCallOutcome } from './call-results.ts'
import { announceTo } from './common/announce.ts'
import { type Attributes, SolveError } from './common/solve-request.ts'
import { openDisplay } from './display.ts'
import { reportErrors } from './errors.ts'
import { fetchDockerfile } from './fetch-dockerfile.ts'
import { GRPC_CODE } from './grpc/status.ts'
import { type ClientEnvironment, type PreparedBuild, prepareBuild } from './prepare.ts'
import { parseProvenanceMode, readProvenance } from './provenance.ts'
import { fetchRemoteDigest, pushImage } from './push.ts'
import { indexExportedCaches } from './request/cache.ts'
import { isPush } from './request/compose.ts'
import type { BuildKitFlags } from './request/options.ts'
import { type BuildOptions, parseOptions } from './request/options.ts'
import { findImageId, type Members, withRemoteDigest, writeMetadataFile } from './results.ts'
import { solve } from './solve.ts'
import { toWarningMembers } from './warning-members.ts'

/** The flags for the display of a build and for its output. */
interface OutputFlags {
  readonly builder: string
  readonly 'metadata-file': string
  readonly progress: string
  readonly quiet: boolean
}

export interface BuildKitBuild extends Omit<ClientEnvironment, 'warn' | 'fetchDockerfile'> {
  readonly flags: BuildKitFlags & OutputFlags
  readonly connection: Connection
  /** Whether warnings are explained: with `tug --debug build`, but not with `tug build --debug`, as in docker. */
  readonly isDebugging: boolean
  /** The name of the docker context, which is also the name of its builder. */
  readonly builder: string
  readonly out: { write(text: string | Uint8Array): void }
  readonly err: {
    readonly isTerminal: boolean
    /** The terminal's size now; zeros if it is unknown. */
    readonly size: TerminalSize
    write(text: string | Uint8Array): void
  }
  readonly now: () => Date
  /** Finds the hint for the message of a failure; empty if there is none. */
  readonly findHint: (message: string) => Promise<string>
}

/** The results of a build. */
interface BuildOutcome {
  readonly response: Attributes
  /** Provenance and warnings for the metadata file, if they are enabled. */
  readonly members: Members
  /** The frontend's response to a `--call`, as text. */
  readonly callResult: Readonly<Record<string, string>>
  readonly dockerfileName: string
  /** Whether a large part of the build context had to be sent. */
  readonly isContextLarge: boolean
}

/**
 * Builds with the engine's BuildKit like docker's plugin buildx.
 * @throws ExitStatus with docker's text; NoBuildKitError ConnectionError
 */
export async function buildWithBuildKit(build: BuildKitBuild): Promise<void> {
  const { flags, env } = build
  const options = await reportErrors(() => parseOptions(flags, env))
  if (flags.iidfile !== '') await reportErrors(() => removeStaleIdFile(flags.iidfile, 'removing image ID file'))
  await reportErrors(() => checkBuilder(build))
  const facts = await reportErrors(() => fetchBuilderFacts(build.connection, mayHaveManyExporters(flags), build.signal))
  const mode = await reportErrors(() => chooseDisplayMode(build))
  checkDefaultLoad(build)
  const display = openDisplay({ ...build, mode })
  let outcome: BuildOutcome
  try {
    const prepared = await prepareBuild(flags, options, facts, {
      ...build,
      fetchDockerfile: (url) => fetchDockerfile(url, { ...build, onStatus: (status) => display.show(status) }),
      warn: (message) => warn(build, message),
    })
    try {
      outcome = await solveBuild(prepared, build, display, !facts.hasContainerdStore)
    } finally {
      prepared.close()
    }
  } catch (error) {
    endDisplay(display, build)
    throw await toBuildError(error, build)
  }
  endDisplay(display, build)
  if (outcome.isContextLarge && build.err.isTerminal) {
    const hint = createSentContextHint({ ...build, file: flags.file, builder: 'buildkit' })
    if (hint !== '') build.err.write(hintLine(hint))
  }
  await finish(outcome, options, build)
}

async function solveBuild(
  { request, providers, dockerfileName }: PreparedBuild,
  build: BuildKitBuild,
  display: BuildProgress,
  isPushedByEngine: boolean,
): Promise<BuildOutcome> {
  const { connection, credentials, now, signal, builder, flags, env } = build
  let isContextLarge = false
  const onStatus = (status: BuildStatus) => {
    isContextLarge ||= status.statuses.some(({ id, current }) => /^transferring /.test(id) && current > LARGE_CONTEXT)
    display.show(status)
  }
  const { exporterResponse, frontendResponse } = await solve({ connection, request, providers, onStatus, signal })
  await indexExportedCaches(request.cacheExports, exporterResponse)
  const isCall = request.callAttributes !== undefined
  const hasMetadata = flags['metadata-file'] !== '' && !isCall
  const mode = hasMetadata ? parseProvenanceMode(env.BUILDX_METADATA_PROVENANCE) : 'disabled'
  const provenance =
    mode === 'disabled'
      ? {}
      : await readProvenance(request.ref, { connection, mode, announce: announceTo(onStatus), signal })
  const pushed = isPushedByEngine
    ? request.exporters.filter(({ type, attributes }) => type === 'moby' && isPush(attributes))
    : []
  const names = pushed.flatMap(({ attributes }) => (attributes.name ?? '').split(',')).filter((name) => name !== '')
  const options = { connection, credentials, onStatus, now, signal }
  for (const name of names) await pushImage(name, options)
  const digest = names[0] === undefined ? '' : await fetchRemoteDigest(names[0], options)
  const callResult = Object.entries(frontendResponse).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])
  return {
    response: {
      ...(digest === '' ? exporterResponse : withRemoteDigest(exporterResponse, digest)),
      ...(isCall ? {} : { 'buildx.build.ref': `${builder}/${builder}/${request.ref}` }),
    },
    members: hasMetadata ? { ...provenance, ...toWarningMembers(display.warnings, env) } : {},
    callResult: isCall ? Object.fromEntries(callResult) : {},
    dockerfileName,
    isContextLarge,
  }
}

/** Prints and writes the results of a build, in docker's order. */
async function finish(
  { response, callResult, members, dockerfileName }: BuildOutcome,
  { call }: BuildOptions,
  { flags, out }: BuildKitBuild,
): Promise<void> {
  const all = { ...response, ...callResult }
  if (isQuiet(flags)) out.write(`${findImageId(response)}\n`)
  await reportErrors(async () => {
    if (flags.iidfile !== '') saveImageId(flags.iidfile, findImageId(response))
    if (flags['metadata-file'] !== '') await writeMetadataFile(flags['metadata-file'], all, members)
  })
  if (call) {
    const { output, exitCode, error } = await reportErrors(() => formatCallOutcome(call, all, dockerfileName))
    out.write(output)
    if (error !== undefined) throw new ExitStatus(1, `ERROR: ${error}`)
    if (exitCode !== 0) throw new ExitStatus(exitCode & 0xff)
  }
  const message = response['frontend.result.inlinemessage']
  if (message !== undefined) out.write(`\n${message}\n`)
}

const OLD_FRONTEND = 'unsupported frontend capability moby.buildkit.frontend.contexts'
const TOO_OLD =
  'current frontend does not support --build-context. Named contexts are supported since Dockerfile v1.4. Use #syntax directive in Dockerfile or update to latest BuildKit.'

/** Returns the error for a failed build. BuildKit's text is written as bytes, because an excerpt may not be UTF-8. */
async function toBuildError(error: unknown, { err, signal, findHint }: BuildKitBuild): Promise<unknown> {
  if (error instanceof SolveError) {
    const isTooOld = error.code === GRPC_CODE.unimplemented && error.message.includes(OLD_FRONTEND)
    if (isTooOld) return new ExitStatus(1, `ERROR: failed to build: ${TOO_OLD}`)
    const { text, exitCode } = formatFailure(error)
    err.write(text)
    return new ExitStatus(exitCode, '', await findHint(error.message))
  }
  if (error instanceof ConnectionError) {
    return new ConnectionError(`ERROR: failed to build: ${error.message}`, error.hint)
  }
  if (signal.aborted) return new ExitStatus(1, 'ERROR: failed to build: context canceled')
  const reason = error instanceof EngineError ? `Error response from daemon: ${error.message}` : messageOf(error)
  return new ExitStatus(1, `ERROR: failed to build: ${reason}`)
}

function endDisplay(display: BuildProgress, { err, flags, isDebugging }: BuildKitBuild): void {
  display.end()
  if (!isQuiet(flags) && flags.progress !== 'rawjson') err.write(formatWarnings(display.warnings, isDebugging))
}

/** Checks the name of the builder. The engine's own is the only one, because others need buildx. */
function checkBuilder({ flags, env, builder }: BuildKitBuild): void {
  const requested = flags.builder || env.BUILDX_BUILDER || builder
  if (requested !== builder) throw new Error(`no builder ${goQuote(requested)} found`)
}

function mayHaveManyExporters({ output, push, load }: BuildKitFlags): boolean {
  return output.length + Number(push) + Number(load) > 1
}

function chooseDisplayMode({ flags, env, err }: BuildKitBuild): ProgressMode {
  if (flags.quiet && flags.progress !== 'auto' && flags.progress !== 'quiet') {
    throw new Error(`progress=${flags.progress} and quiet cannot be used together`)
  }
  if (flags.quiet) return 'quiet'
  const requested = flags.progress === 'auto' ? env.BUILDKIT_PROGRESS : flags.progress
  // `none` also suppresses the output at the end.
  return requested === 'none' ? 'quiet' : parseProgressMode(flags.progress, env.BUILDKIT_PROGRESS, err.isTerminal)
}

/** Returns whether only the image id is printed. */
function isQuiet({ quiet, progress }: OutputFlags): boolean {
  return quiet || progress === 'quiet'
}

function checkDefaultLoad(build: BuildKitBuild): void {
  const { BUILDX_NO_DEFAULT_LOAD: text } = build.env
  if (text === undefined || parseGoBool(text) !== undefined) return
  warn(build, `invalid non-bool value for BUILDX_NO_DEFAULT_LOAD: ${text}`)
}

function warn({ err }: BuildKitBuild, message: string): void {
  err.write(`WARNING: ${message}\n`)
}
