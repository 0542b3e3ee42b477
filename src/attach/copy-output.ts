import { FrameReader } from '../domain/container/frames.ts'
import { codeOf, ExitStatus, systemReason } from '../domain/errors.ts'
import type { AttachedSource } from '../engine/transport/wire.ts'
import { isForwardingSignals } from './signals.ts'
import type { OutputTarget } from './stdio.ts'

export interface OutputTargets {
  readonly stdout: OutputTarget
  readonly stderr: OutputTarget
}

/** The exit code of a program that was ended by SIGPIPE. */
const SIGPIPE_EXIT_CODE = 128 + 13

/**
 * Copies a container's output to our own streams, with backpressure. Settles when the connection has ended and
 * everything is written.
 * @param isRaw whether it is a raw stream, with a terminal; otherwise it is multiplexed
 * @throws ExitStatus when the reader of our output is gone; Error with the daemon's message when it sent one
 */
export function copyOutput(connection: AttachedSource, isRaw: boolean, targets: OutputTargets): Promise<void> {
  return whileWritable(targets, () => copy(connection, isRaw, targets))
}

/** Copies output from the body of a response, like `copyOutput`. */
export async function copyResponse(
  body: AsyncIterable<Uint8Array>,
  isRaw: boolean,
  targets: OutputTargets,
): Promise<void> {
  const chunks = body[Symbol.asyncIterator]()
  try {
    await whileWritable(targets, () => copyBody({ [Symbol.asyncIterator]: () => chunks }, isRaw, targets))
  } finally {
    // The copy may still wait for the output to drain, although its reader is gone. Closing the body closes the
    // connection, which would otherwise keep the process alive.
    void chunks.return?.()
  }
}

async function whileWritable(targets: OutputTargets, work: () => Promise<void>): Promise<void> {
  const all = [...new Set([targets.stdout, targets.stderr])]
  const writeErrors = Promise.race(all.map(rejectOnError))
  try {
    await Promise.race([work(), writeErrors])
  } finally {
    // The output before an error is flushed too.
    await Promise.race([Promise.all(all.map(flush)), writeErrors])
  }
}

function copy(source: AttachedSource, isRaw: boolean, targets: OutputTargets): Promise<void> {
  const frames = isRaw ? undefined : new FrameReader()
  const full = new Set<OutputTarget>()
  const write = (target: OutputTarget, bytes: Uint8Array) => {
    if (target.write(bytes) || full.has(target)) return
    full.add(target)
    source.pause()
    target.once('drain', () => {
      full.delete(target)
      if (full.size === 0) source.resume()
    })
  }
  return new Promise((resolve, reject) => {
    endOf(source).then(resolve, (error: unknown) => reject(connectionErrorOf(error)))
    source.on('data', (chunk: Uint8Array) => {
      try {
        if (!frames) return write(targets.stdout, chunk)
        for (const { stream, bytes } of frames.read(chunk)) write(targets[stream], bytes)
      } catch (error) {
        reject(toWriteError(error))
      }
    })
  })
}

async function copyBody(body: AsyncIterable<Uint8Array>, isRaw: boolean, targets: OutputTargets): Promise<void> {
  const frames = isRaw ? undefined : new FrameReader()
  for await (const chunk of body) {
    const parts = frames ? frames.read(chunk) : [{ stream: 'stdout' as const, bytes: chunk }]
    for (const { stream, bytes } of parts) {
      const drained = writeTo(targets[stream], bytes)
      if (drained !== undefined) await drained
    }
  }
}

/**
 * Writes to a target.
 * @returns a promise that settles when it has drained; undefined when it accepts more immediately
 */
function writeTo(target: OutputTarget, bytes: Uint8Array): Promise<void> | undefined {
  try {
    if (target.write(bytes)) return undefined
  } catch (error) {
    throw toWriteError(error)
  }
  return new Promise((resolve) => target.once('drain', resolve))
}

/** Settles when a stream has ended or is closed, even if that was before the call. @throws the stream's error */
export function endOf(source: AttachedSource): Promise<void> {
  if (source.errored) return Promise.reject(source.errored)
  if (source.readableEnded || source.destroyed) return Promise.resolve()
  return new Promise((resolve, reject) => {
    source.on('end', resolve).on('close', resolve).on('error', reject)
  })
}

/** Gives a connection reset Go's message. */
function connectionErrorOf(error: unknown): unknown {
  return codeOf(error) === 'ECONNRESET' ? new Error('read: connection reset by peer', { cause: error }) : error
}

/** Rejects when the target has an error. The listener stays, so that a later error does not end the process. */
function rejectOnError(target: OutputTarget): Promise<never> {
  return new Promise((_, reject) => {
    target.on('error', (error) => reject(toWriteError(error)))
  })
}

/**
 * Converts a write error to one with Go's message. After a broken pipe, a Go program is ended by SIGPIPE without a
 * message, unless it handles all signals, as docker's client does when it forwards them. Then it reports the error.
 */
function toWriteError(error: unknown): unknown {
  const isPipe = codeOf(error) === 'EPIPE' || (error instanceof Error && codeOf(error.cause) === 'EPIPE')
  if (isPipe && !isForwardingSignals()) return new ExitStatus(SIGPIPE_EXIT_CODE)
  if (isPipe) return new ExitStatus(1, 'write /dev/stdout: broken pipe')
  return codeOf(error) === undefined ? error : new Error(`write /dev/stdout: ${systemReason(error)}`)
}

/** Waits until everything that was written to a target has been sent. */
function flush(target: OutputTarget): Promise<void> {
  return new Promise((resolve) => {
    target.write(new Uint8Array(0), () => resolve())
  })
}
