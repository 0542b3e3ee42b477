import { describeError, ExitStatus } from '../domain/errors.ts'
import { nextTurn } from '../domain/next-turn.ts'
import type { AttachStreams } from '../engine/api/container-streams.ts'
import type { Engine } from '../engine/engine.ts'
import type { Stdio } from './stdio.ts'
import { type StreamEnd, stream } from './stream.ts'
import { type ExitWait, waitForExit } from './wait-for-exit.ts'
import { followWindowSize } from './window-size.ts'

export interface AttachedStart {
  readonly id: string
  readonly tty: boolean
  /** Whether the daemon removes the container when it exits. */
  readonly autoRemove: boolean
  readonly streams: AttachStreams
  /** Starts the container. */
  readonly start: () => Promise<void>
}

/** The client's exit code when the container's exit code cannot be determined. */
const WAIT_FAILED = 125

/**
 * Starts a container and waits for its exit. It connects our streams and begins the wait before the start, so that no
 * output and no exit code is lost.
 * @returns the container's exit code; 0 when the user detached
 * @throws the error of `start`, once the daemon has removed the container; ExitStatus 125 when the exit code is unknown
 */
export async function startAttached(container: AttachedStart, engine: Engine, stdio: Stdio): Promise<number> {
  const { id, tty, autoRemove, streams, start } = container
  const connection = await engine.containerStreams.attach(id, streams)
  const stopWaiting = new AbortController()
  let waiting: ExitWait | undefined
  let ended: Promise<StreamEnd> | undefined
  try {
    waiting = await beginWait(waitForExit(engine, id, autoRemove, stopWaiting.signal))
    const starting = start()
    // It is awaited below, unless the streams fail first.
    starting.catch(() => {})
    // Setting up the streams takes time, and a terminal needs a child process. The daemon handles the start meanwhile.
    await nextTurn()
    ended = stream(connection, { stdio, tty, ...streams })
    await starting
  } catch (error) {
    connection.socket.destroy()
    await ended?.catch(() => {})
    if (autoRemove) await waiting?.removeUnstarted().catch(() => {})
    if (autoRemove) await waiting?.exitCode.catch(() => {})
    stopWaiting.abort()
    throw error
  }
  const { exitCode } = waiting
  const resize = (size: readonly [number, number]) => engine.containerStreams.resize(id, size)
  const stopFollowing = tty && stdio.out.isTerminal ? followWindowSize(stdio.out, resize) : () => {}
  try {
    // With only stdin attached there is no output whose end shows the exit, and stdin may stay open. Like docker, it
    // disconnects when the container exits.
    if (!(streams.stdout || streams.stderr)) void exitCode.catch(() => {}).then(() => connection.socket.destroy())
    if ((await ended) === 'detached') return 0
    return await resultOf(exitCode)
  } finally {
    stopFollowing()
    stopWaiting.abort()
  }
}

/**
 * Waits until the daemon waits for the container. A daemon that refuses does not keep the container from starting.
 * @returns a promise of the exit code, which rejects with the daemon's error. It can be awaited later
 */
async function beginWait(wait: Promise<ExitWait>): Promise<ExitWait> {
  try {
    return await wait
  } catch (error) {
    const exitCode = Promise.reject<number>(error)
    exitCode.catch(() => {})
    return { exitCode, removeUnstarted: async () => {} }
  }
}

async function resultOf(exitCode: Promise<number>): Promise<number> {
  try {
    return await exitCode
  } catch (error) {
    throw new ExitStatus(WAIT_FAILED, `error waiting for container: ${describeError(error)}`)
  }
}
