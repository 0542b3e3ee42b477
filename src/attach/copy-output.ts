import type { Readable } from 'node:stream'
import { FrameReader } from '../domain/container/frames.ts'
import { codeOf, ExitStatus, systemReason } from '../domain/errors.ts'
import { hearsSignals } from './signals.ts'
import type { OutputTarget } from './stdio.ts'

export interface OutputTargets {
  readonly stdout: OutputTarget
  readonly stderr: OutputTarget
}

/** The shell's status for a program that wrote to a pipe nobody reads. */
const BROKEN_PIPE_STATUS = 128 + 13

/**
 * Copies what a container writes to our own streams, no faster than these take it. Settles when the connection has
 * ended and all is written.
 * @param isRaw one stream of a terminal; otherwise frames of stdout and stderr
 * @throws ExitStatus when our reader is gone; Error with the daemon's message when it sent one
 */
export function copyOutput(connection: Readable, isRaw: boolean, targets: OutputTargets): Promise<void> {
  return whileWritable(targets, () => copy(connection, isRaw, targets))
}

/** Copies what a container has written, as `copyOutput` does, from the body of a response. */
export async function copyResponse(
  body: AsyncIterable<Uint8Array>,
  isRaw: boolean,
  targets: OutputTargets,
): Promise<void> {
  const chunks = body[Symbol.asyncIterator]()
  try {
    await whileWritable(targets, () => copyBody({ [Symbol.asyncIterator]: () => chunks }, isRaw, targets))
  } finally {
    // Copying may wait for room that never comes, as the reader is gone; the connection would then hold the process.
    void chunks.return?.()
  }
}

async function whileWritable(targets: OutputTargets, work: () => Promise<void>): Promise<void> {
  const all = [...new Set([targets.stdout, targets.stderr])]
  const broken = Promise.race(all.map(failureOf))
  try {
    await Promise.race([work(), broken])
  } finally {
    // What came before an error is output like any other.
    await Promise.race([Promise.all(all.map(flush)), broken])
  }
}

function copy(source: Readable, isRaw: boolean, targets: OutputTargets): Promise<void> {
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
    endOf(source).then(resolve, (error: unknown) => reject(breakOff(error)))
    source.on('data', (chunk: Uint8Array) => {
      try {
        if (!frames) return write(targets.stdout, chunk)
        for (const { stream, bytes } of frames.read(chunk)) write(targets[stream], bytes)
      } catch (error) {
        reject(writeFailure(error))
      }
    })
  })
}

async function copyBody(body: AsyncIterable<Uint8Array>, isRaw: boolean, targets: OutputTargets): Promise<void> {
  const frames = isRaw ? undefined : new FrameReader()
  for await (const chunk of body) {
    const parts = frames ? frames.read(chunk) : [{ stream: 'stdout' as const, bytes: chunk }]
    for (const { stream, bytes } of parts) {
      const room = written(targets[stream], bytes)
      if (room !== undefined) await room
    }
  }
}

/** Settles when the target has room for more; at once, as undefined, where it has now. */
function written(target: OutputTarget, bytes: Uint8Array): Promise<void> | undefined {
  try {
    if (target.write(bytes)) return undefined
  } catch (error) {
    throw writeFailure(error)
  }
  return new Promise((resolve) => target.once('drain', resolve))
}

/** Settles when a connection has ended or is closed, also when that was before. @throws what broke it */
export function endOf(source: Readable): Promise<void> {
  if (source.errored) return Promise.reject(source.errored)
  if (source.readableEnded || source.destroyed) return Promise.resolve()
  return new Promise((resolve, reject) => {
    source.on('end', resolve).on('close', resolve).on('error', reject)
  })
}

/** Node names a code; people know Go's words. */
function breakOff(error: unknown): unknown {
  return codeOf(error) === 'ECONNRESET' ? new Error('read: connection reset by peer', { cause: error }) : error
}

/** Fails when the target does. The listener stays: an error that comes late must not end the process. */
function failureOf(target: OutputTarget): Promise<never> {
  return new Promise((_, reject) => {
    target.on('error', (error) => reject(writeFailure(error)))
  })
}

/**
 * In Go's words. A Go program whose reader goes away dies of SIGPIPE without a word, unless it listens to signals, as
 * docker's client does to pass them on; then it says what happened.
 */
function writeFailure(error: unknown): unknown {
  const isPipe = codeOf(error) === 'EPIPE' || (error instanceof Error && codeOf(error.cause) === 'EPIPE')
  if (isPipe && !hearsSignals()) return new ExitStatus(BROKEN_PIPE_STATUS)
  if (isPipe) return new ExitStatus(1, 'write /dev/stdout: broken pipe')
  return codeOf(error) === undefined ? error : new Error(`write /dev/stdout: ${systemReason(error)}`)
}

/** Waits until what was written has left us. */
function flush(target: OutputTarget): Promise<void> {
  return new Promise((resolve) => {
    target.write(new Uint8Array(0), () => resolve())
  })
}
