import { setImmediate as nextTurn } from 'node:timers/promises'
import { ExitStatus, messageOf } from '../domain/errors.ts'
import type { AttachStreams } from '../engine/api/container-streams.ts'
import type { Engine } from '../engine/engine.ts'
import type { Stdio } from './stdio.ts'
import { type StreamEnd, stream } from './stream.ts'
import { followWindowSize } from './window-size.ts'

export interface AttachedStart {
  readonly id: string
  readonly tty: boolean
  /** Whether the daemon removes the container when it ends. */
  readonly autoRemove: boolean
  readonly streams: AttachStreams
  readonly start: () => Promise<void>
}

/** What the client ends with when it cannot learn how the container ended. */
const UNKNOWN_END = 125

/**
 * Starts a container with our streams connected to it before, so that nothing of its output is lost, and waits for its
 * end, so that its exit code is not.
 * @returns its exit code; 0 when the person detached
 * @throws what `start` throws, once the daemon is done with the container; ExitStatus 125 when the end is unknown
 */
export async function startAttached(container: AttachedStart, engine: Engine, stdio: Stdio): Promise<number> {
  const { id, tty, autoRemove, streams, start } = container
  const connection = await engine.containerStreams.attach(id, streams)
  const stopWaiting = new AbortController()
  let exitCode: Promise<number> | undefined
  let ended: Promise<StreamEnd> | undefined
  try {
    const condition = autoRemove ? 'removed' : 'next-exit'
    exitCode = (await engine.containerStreams.wait(id, condition, stopWaiting.signal)).exitCode
    const starting = start()
    // Somebody awaits it below, unless our streams fail.
    starting.catch(() => {})
    // Serving our streams takes a moment to set up, a terminal even a program: meanwhile the daemon starts.
    await nextTurn()
    ended = stream(connection, { stdio, tty, ...streams })
    await starting
  } catch (error) {
    connection.socket.destroy()
    await ended?.catch(() => {})
    if (autoRemove) await exitCode?.catch(() => {})
    stopWaiting.abort()
    throw error
  }
  const resize = (size: readonly [number, number]) => engine.containerStreams.resize(id, size)
  const stopFollowing = tty && stdio.out.isTerminal ? followWindowSize(stdio.out, resize) : () => {}
  try {
    // With stdin alone no output tells of the container's end, and stdin may stay open: docker leaves then.
    if (!(streams.stdout || streams.stderr)) void exitCode.catch(() => {}).then(() => connection.socket.destroy())
    if ((await ended) === 'detached') return 0
    return await endOf(exitCode)
  } finally {
    stopFollowing()
    stopWaiting.abort()
  }
}

async function endOf(exitCode: Promise<number>): Promise<number> {
  try {
    return await exitCode
  } catch (error) {
    throw new ExitStatus(UNKNOWN_END, `error waiting for container: ${messageOf(error)}`)
  }
}
