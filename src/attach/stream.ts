import type { Duplex } from 'node:stream'
import { DEFAULT_DETACH_KEYS, DetachScanner, parseDetachKeys } from '../domain/container/detach-keys.ts'
import type { Hijacked } from '../engine/transport/wire.ts'
import { copyInput } from './copy-input.ts'
import { copyOutput, endOf } from './copy-output.ts'
import { enterRawMode } from './raw-mode.ts'
import { outputTarget, type Stdio } from './stdio.ts'

export interface StreamOptions {
  readonly stdio: Stdio
  /** Whether the process has a terminal: its output is one raw stream then. */
  readonly tty: boolean
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  /** As typed; empty for docker's own. */
  readonly detachKeys: string
}

/** How a connection came to its end. */
export type StreamEnd = 'ended' | 'detached'

/**
 * Serves a connection to a container's process: our stdin to it, its output to us. This is the one place that decides
 * when an attached connection may be closed: when the daemon has closed it, or when the detach keys were typed and what
 * was typed before them is sent. The end of stdin only ends our side of the connection. A caller that knows the
 * container's end otherwise destroys the socket.
 * @returns settles when the output ends, the detach keys are typed, or the socket is destroyed. By then the terminal is
 * as before, stdin let go and the connection closed. It may be looked at late
 */
export function stream(connection: Hijacked, options: StreamOptions): Promise<StreamEnd> {
  const { stdio, tty, stdin, detachKeys } = options
  const { socket } = connection
  const restore = stdin && tty && stdio.in.isTerminal ? enterRawMode(stdio.in) : () => {}
  const scanner = tty ? new DetachScanner(keysOf(detachKeys)) : undefined
  const input = stdin ? copyInput(stdio.in.stream, socket, scanner) : undefined
  const letGoOfStdin = () => {
    restore()
    input?.stop()
  }
  // A container that ends while we type breaks our side of the connection; its output has the last word.
  socket.on('error', () => {})
  const done = serve(socket, options, input?.detached)
    .then(async (end) => {
      letGoOfStdin()
      if (end === 'detached') await connection.finish()
      return end
    })
    .finally(() => {
      letGoOfStdin()
      socket.destroy()
    })
  done.catch(() => {})
  return done
}

async function serve(
  socket: Duplex,
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

/** Settles when a connection that brings no output is closed, or breaks. */
function discardOutput(socket: Duplex): Promise<void> {
  return endOf(socket.resume()).catch(() => {})
}

/** Keys that cannot be read never come here: the daemon refuses them. */
function keysOf(detachKeys: string): Uint8Array {
  return detachKeys === '' ? DEFAULT_DETACH_KEYS : parseDetachKeys(detachKeys)
}
