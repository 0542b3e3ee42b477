import { ConnectionError, ExitStatus } from '../domain/errors.ts'
import type { ExecBody } from '../engine/api/execs.ts'
import type { Engine } from '../engine/engine.ts'
import { exitOnInterrupt } from './signals.ts'
import type { Stdio } from './stdio.ts'
import { stream } from './stream.ts'
import { followWindowSize } from './window-size.ts'

/**
 * The exit code of docker's client, without a message, when the connection to the daemon fails before the exit code is
 * read.
 */
const INSPECT_FAILED = 255

/**
 * Starts an exec with our streams connected and waits for its end.
 * @param id of the exec
 * @param body of the request that created it
 * @returns the exit code of the exec
 * @throws ExitStatus 1 when the user detached, like docker
 */
export async function runExec(id: string, body: ExecBody, engine: Engine, stdio: Stdio): Promise<number> {
  const { Tty: tty, ConsoleSize, DetachKeys } = body
  const connection = await engine.execs.start(id, ConsoleSize ? { Tty: tty, ConsoleSize } : { Tty: tty })
  const streams = { stdin: body.AttachStdin, stdout: body.AttachStdout, stderr: body.AttachStderr }
  const ended = stream(connection, { stdio, tty, ...streams, detachKeys: DetachKeys })
  const resize = (size: readonly [number, number]) => engine.execs.resize(id, size)
  const stopFollowing = tty && stdio.in.isTerminal ? followWindowSize(stdio.out, resize) : () => {}
  const stopListening = exitOnInterrupt()
  try {
    if ((await ended) === 'detached') throw new ExitStatus(1, 'read escape sequence')
  } finally {
    stopListening()
    stopFollowing()
  }
  return engine.execs.exitCode(id).catch((error: unknown) => {
    throw error instanceof ConnectionError
      ? new ExitStatus(INSPECT_FAILED, '', `no exit code: ${error.message}`)
      : error
  })
}
