import { ConnectionError, ExitStatus } from '../domain/errors.ts'
import type { ExecBody } from '../engine/api/execs.ts'
import type { Engine } from '../engine/engine.ts'
import { leaveWhenInterrupted } from './signals.ts'
import type { Stdio } from './stdio.ts'
import { stream } from './stream.ts'
import { followWindowSize } from './window-size.ts'

/** What docker's client ends with, and no word, when the daemon is gone before it tells the exit code. */
const UNKNOWN_END = 255

/**
 * Starts an exec with our streams connected, until it ends.
 * @param id of the exec that was created
 * @param body it was created with
 * @returns its exit code
 * @throws ExitStatus 1 when the person detached, as docker has it
 */
export async function runExec(id: string, body: ExecBody, engine: Engine, stdio: Stdio): Promise<number> {
  const { Tty: tty, ConsoleSize, DetachKeys } = body
  const connection = await engine.execs.start(id, ConsoleSize ? { Tty: tty, ConsoleSize } : { Tty: tty })
  const streams = { stdin: body.AttachStdin, stdout: body.AttachStdout, stderr: body.AttachStderr }
  const ended = stream(connection, { stdio, tty, ...streams, detachKeys: DetachKeys })
  const resize = (size: readonly [number, number]) => engine.execs.resize(id, size)
  const stopFollowing = tty && stdio.in.isTerminal ? followWindowSize(stdio.out, resize) : () => {}
  const stopListening = leaveWhenInterrupted()
  try {
    if ((await ended) === 'detached') throw new ExitStatus(1, 'read escape sequence')
  } finally {
    stopListening()
    stopFollowing()
  }
  return engine.execs.exitCode(id).catch((error: unknown) => {
    throw error instanceof ConnectionError ? new ExitStatus(UNKNOWN_END, '', `no exit code: ${error.message}`) : error
  })
}
