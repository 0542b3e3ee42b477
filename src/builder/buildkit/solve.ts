import { setTimeout as after } from 'node:timers/promises'
import { messageOf } from '../../domain/errors.ts'
import type { Connection } from '../../engine/connection.ts'
import { isDiskFull } from '../go-error.ts'
import type { BuildStatus } from '../progress/build-status.ts'
import { announceTo } from './common/announce.ts'
import type { Output, SessionProviders, SolveRequest, SolveResult } from './common/solve-request.ts'
import { Control, type FrontendResult } from './control/control.ts'
import { solveError } from './control/solve-error.ts'
import { GRPC_CODE, GrpcError } from './grpc/status.ts'
import { openSession, type Session } from './session/session.ts'

/** How long the daemon may go on telling what happened after a build is over, in milliseconds, as with docker. */
const LAST_WORDS = 3000

export interface SolveOptions {
  readonly connection: Connection
  readonly request: SolveRequest
  /** What the daemon may ask for; without it there is no session. */
  readonly providers?: SessionProviders
  /** Told of everything that happens, in order. */
  readonly onStatus: (status: BuildStatus) => void
  /** Cancels the build at the daemon. */
  readonly signal: AbortSignal
  /** What is built; by default what the request's frontend makes of its attributes. */
  readonly frontend?: (control: Control, signal: AbortSignal) => Promise<FrontendResult>
}

/**
 * Builds with the engine's BuildKit: opens a session, solves, and tells what happens. When it settles, nothing is left
 * open.
 * @throws SolveError for what the daemon says, with code 1 when it was cancelled; EngineError ConnectionError when the
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
    if (failure === undefined) throw solveError(error)
    const code = isDiskFull(failure) ? GRPC_CODE.resourceExhausted : error.code
    throw solveError(new GrpcError(code, messageOf(failure)))
  } finally {
    session?.close()
  }
}

async function run(control: Control, session: Session | undefined, options: SolveOptions): Promise<SolveResult> {
  const { request, onStatus, signal, frontend = frontendOf(request) } = options
  const statusEnd = new AbortController()
  const statuses = follow(control, request.ref, onStatus, statusEnd.signal)
  const stop = new AbortController()
  const whileWanted = AbortSignal.any([signal, stop.signal])
  try {
    const solved = control.solve(request, session?.id ?? '', whileWanted)
    // A build that has failed needs no frontend any more.
    solved.catch(() => stop.abort())
    const work = () => frontend(control, whileWanted)
    const frontendResponse = await runFrontend(control, request, { work, signal: whileWanted, build: () => solved })
    return { exporterResponse: await solved, frontendResponse }
  } finally {
    stop.abort()
    session?.close()
    const patience = new AbortController()
    await Promise.race([statuses, after(LAST_WORDS, undefined, { signal: patience.signal }).catch(() => {})])
    patience.abort()
    statusEnd.abort()
    await statuses
  }
}

function frontendOf(request: SolveRequest): NonNullable<SolveOptions['frontend']> {
  return (control, signal) => control.runFrontend(request, signal)
}

/** @throws GrpcError what the build itself failed with, where that is known: it says more than the frontend's error */
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
    const isTold = signal.aborted || (await succeeds(control.finish(request, { error }, signal)))
    if (isTold) await build()
    throw error
  }
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  )
}

/** What goes wrong with the status goes wrong with the build too, which has the better words for it. */
async function follow(
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
