import { DEFAULT_DETACH_KEYS, DetachScanner, parseDetachKeys } from '../domain/container/detach-keys.ts'
import type { AttachedSocket, Hijacked } from '../engine/transport/wire.ts'
import { copyInput } from './copy-input.ts'
import { copyOutput, endOf } from './copy-output.ts'
import { enterRawMode } from './raw-mode.ts'
import { outputTarget, type Stdio } from './stdio.ts'

export interface StreamOptions {
  readonly stdio: Stdio
  /** Whether the container's process has a terminal, so that its output is one raw stream. */
  readonly tty: boolean
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  /** As typed; empty for docker's default. */
  readonly detachKeys: string
}

/** The reason why a connection ended. */
export type StreamEnd = 'ended' | 'detached'

/**
 * Copies our stdin to a container's process and its output to our stdout and stderr. This is the only place that
 * closes an attached connection: when the daemon has closed it, or when the detach keys were typed and the input before
 * them is sent. The end of stdin only half-closes the connection. A caller that detects the container's exit in another
 * way destroys the socket.
 * @returns a promise that settles when the output ends, the detach keys are typed, or the socket is destroyed. By then
 * the terminal is restored, stdin is closed and the connection is closed. The promise can be awaited later: a rejection
 * does not count as unhandled
 */
export function stream(connection: Hijacked, options: StreamOptions): Promise<StreamEnd> {
  const { stdio, tty, stdin, detachKeys } = options
  const { socket } = connection
  const restore = stdin && tty && stdio.in.isTerminal ? enterRawMode(stdio.in) : () => {}
  const scanner = tty ? new DetachScanner(parseKeys(detachKeys)) : undefined
  const input = stdin ? copyInput(stdio.in.stream, socket, scanner) : undefined
  const releaseStdin = () => {
    restore()
    input?.stop()
  }
  // Writing to a container that has exited causes an error, which is ignored: its output must still be copied.
  socket.on('error', () => {})
  const done = copyStreams(socket, options, input?.detached)
    .then(async (end) => {
      releaseStdin()
      if (end === 'detached') await connection.finish()
      return end
    })
    .finally(() => {
      releaseStdin()
      socket.destroy()
    })
  done.catch(() => {})
  return done
}

async function copyStreams(
  socket: AttachedSocket,
  { stdio, tty, stdout, stderr }: StreamOptions,
  detached: Promise<void> = new Promise(() => {}),
): Promise<StreamEnd> {
  const out = outputTarget(stdio.out)
  const output =
    stdout || stderr
      ? copyOutput(socket, tty, { stdout: out, stderr: tty ? out : outputTarget(stdio.err) })
      : discardOutput(socket)
  return Promise.race([output.then(() => 'ended' as const), detached.then(() => 'detached' as const)])
}

/** Settles when a connection without output is closed or breaks. */
function discardOutput(socket: AttachedSocket): Promise<void> {
  return endOf(socket.resume()).catch(() => {})
}

/** Parses detach keys. Invalid ones are not possible here, because they are refused before the first request. */
function parseKeys(detachKeys: string): Uint8Array {
  return detachKeys === '' ? DEFAULT_DETACH_KEYS : parseDetachKeys(detachKeys)
}
