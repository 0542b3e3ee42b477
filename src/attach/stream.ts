import type { Duplex } from 'node:stream'
import { DEFAULT_DETACH_KEYS, DetachScanner, parseDetachKeys } from '../domain/container/detach-keys.ts'
import { copyInput, type InputCopy } from './copy-input.ts'
import { copyOutput } from './copy-output.ts'
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
 * Serves a connection to a container's process: our stdin to it, its output to us.
 * @returns settles when the output ends, the detach keys are typed, or the socket is destroyed; with stdin alone, when
 * that ends. By then the terminal is as before, stdin let go and the connection closed. It may be looked at late
 */
export function stream(socket: Duplex, options: StreamOptions): Promise<StreamEnd> {
  const { stdio, tty, stdin, detachKeys } = options
  const restore = stdin && tty && stdio.in.isTerminal ? enterRawMode(stdio.in) : () => {}
  const scanner = tty ? new DetachScanner(keysOf(detachKeys)) : undefined
  const input = stdin ? copyInput(stdio.in.stream, socket, scanner) : undefined
  // A container that ends while we type breaks our side of the connection; its output has the last word.
  socket.on('error', () => {})
  const done = serve(socket, options, input).finally(() => {
    restore()
    input?.stop()
    socket.destroy()
  })
  done.catch(() => {})
  return done
}

async function serve(socket: Duplex, options: StreamOptions, input: InputCopy | undefined): Promise<StreamEnd> {
  const { stdio, tty, stdout, stderr } = options
  if (!stdout && !stderr) return (await input?.done) ?? 'ended'
  const out = outputTarget(stdio.out)
  const output = copyOutput(socket, tty, { stdout: out, stderr: tty ? out : outputTarget(stdio.err) })
  const { promise: detached, resolve: detach } = Promise.withResolvers<StreamEnd>()
  void input?.done.then((how) => {
    if (how === 'detached') detach(how)
  })
  return Promise.race([output.then((): StreamEnd => 'ended'), detached])
}

/** Keys that cannot be read never come here: the daemon refuses them. */
function keysOf(detachKeys: string): Uint8Array {
  return detachKeys === '' ? DEFAULT_DETACH_KEYS : parseDetachKeys(detachKeys)
}
