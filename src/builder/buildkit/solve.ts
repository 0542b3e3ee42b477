import { setTimeout as after } from 'node:timers/promises'
import { messageOf } from '../../domain/errors.ts'
import type { Connection } from '../../engine/connection.ts'
import { isDiskFull } from '../go-error.ts'
import type { BuildStatus } from '../progress/build-status.ts'
import { announceTo } from './common/announce.ts'
import type { Output, SessionProviders, SolveRequest, SolveResult } from './common/solve-request.ts'
import { Control, type FrontendResult } from './control/control.ts'
import { toSolveError } from './control/solve-error.ts'
import { GRPC_CODE, GrpcError } from './grpc/status.ts'
import { openSession, type Session } from './session/session.ts'

/** The longest time that status events are awaited after the end of a build, in milliseconds; as in docker. */
const STATUS_TIMEOUT = 3000

export interface SolveOptions {
  readonly connection: Connection
  readonly request: SolveRequest
  /** The data that the daemon may request; without it there is no session. */
  readonly providers?: SessionProviders
  /** Called with every status event, in order. */
  readonly onStatus: (status: BuildStatus) => void
  /** Cancels the build, at the daemon too. */
  readonly signal: AbortSignal
  /** Produces the result of the build; by default the daemon runs the frontend of the request. */
  readonly frontend?: (control: Control, signal: AbortSignal) => Promise<FrontendResult>
}

/**
 * Builds with the engine's BuildKit: opens a session, solves the request, and reports the progress. All connections are
 * closed when it settles.
 * @throws SolveError when the build fails, with code 1 when it was canceled; EngineError ConnectionError when the
 *   engine has no BuildKit or cannot be reached
 */
export async function solve(options: SolveOptions): Promise<SolveResult> {
  const { connection, request, providers, onStatus, signal } = options
  const outputs = new Map(
    request.exporters.flatMap(({ output }, index): [number, Output][] => (output ? [[index, output]] : [])),
  )
  const failures: unknown[] = []
  const announce = announceTo(onStatus)
  const session =
    providers &&
    (await openSession({
      connection,
      providers,
      outputs,
      announce: (step, work) => announce(`[auth] ${step}`, work),
      onOutputFailure: (error) => failures.push(error),
      signal,
    }))
  try {
    const control = await Control.open(connection, signal)
    try {
      return await run(control, session, options)
    } finally {
      control.close()
    }
  } catch (error) {
    if (!(error instanceof GrpcError)) throw error
    const [failure] = failures
    if (failure === undefined) throw toSolveError(error)
    const code = isDiskFull(failure) ? GRPC_CODE.resourceExhausted : error.code
    throw toSolveError(new GrpcError(code, messageOf(failure)))
  } finally {
    session?.close()
  }
}

async function run(control: Control, session: Session | undefined, options: SolveOptions): Promise<SolveResult> {
  const { request, onStatus, signal, frontend = frontendOf(request) } = options
  const statusEnd = new AbortController()
  const statuses = followStatus(control, request.ref, onStatus, statusEnd.signal)
  const stop = new AbortController()
  const buildSignal = AbortSignal.any([signal, stop.signal])
  try {
    const solved = control.solve(request, session?.id ?? '', buildSignal)
    // A build that has failed does not need its frontend.
    solved.catch(() => stop.abort())
    const work = () => frontend(control, buildSignal)
    const frontendResponse = await runFrontend(control, request, { work, signal: buildSignal, build: () => solved })
    return { exporterResponse: await solved, frontendResponse }
  } finally {
    stop.abort()
    session?.close()
    const timeout = new AbortController()
    await Promise.race([statuses, after(STATUS_TIMEOUT, undefined, { signal: timeout.signal }).catch(() => {})])
    timeout.abort()
    statusEnd.abort()
    await statuses
  }
}

function frontendOf(request: SolveRequest): NonNullable<SolveOptions['frontend']> {
  return (control, signal) => control.runFrontend(request, signal)
}

/**
 * Runs the frontend.
 * @throws GrpcError the error of the build if known, because it is more precise than the frontend's
 */
async function runFrontend(
  control: Control,
  request: SolveRequest,
  { work, signal, build }: { work: () => Promise<FrontendResult>; signal: AbortSignal; build: () => Promise<unknown> },
): Promise<Readonly<Record<string, Uint8Array>>> {
  try {
    const result = await work()
    await control.finish(request, { result }, signal)
    return result?.metadata ?? {}
  } catch (error) {
    if (!(error instanceof GrpcError)) throw error
    const isReported = signal.aborted || (await succeeds(control.finish(request, { error }, signal)))
    if (isReported) await build()
    throw error
  }
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  )
}

/** Passes on status events. A gRPC error is ignored, because the build fails too and has the better message. */
async function followStatus(
  control: Control,
  ref: string,
  onStatus: (status: BuildStatus) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const status of control.status(ref, signal)) onStatus(status)
  } catch (error) {
    if (!(error instanceof GrpcError)) throw error
  }
}
