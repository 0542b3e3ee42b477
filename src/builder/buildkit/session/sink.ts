import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { pathErrorText } from '../../../domain/errors.ts'
import { osPath } from '../../../domain/go/bytes.ts'
import { directoryPath, joinPath } from '../../../domain/go/path.ts'
import { randomHex } from '../../../files/random-name.ts'
import { isSpecialFile } from '../../../files/special-file.ts'
import { pathError } from '../../go-error.ts'
import type { Output } from '../common/solve-request.ts'

/** The destination of a stream of bytes. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>
  /** Completes the output after the last bytes. */
  finish(): Promise<void>
  /** Removes an incomplete output. */
  abandon(): void
}

/** Opens an output. @throws Error with Go's text */
export function openSink(output: Exclude<Output, { kind: 'directory' }>): Sink {
  if (output.kind === 'stream') return streamSink(output.stream)
  return isSpecialFile(output.path) ? directSink(output.path) : fileSink(output.path)
}

function directSink(path: string): Sink {
  const file = openFile(path, path)
  return {
    write: async (bytes) => writeAll(file, bytes, path),
    finish: async () => closeSync(file),
    abandon: () => closeSync(file),
  }
}

/** Writes to a temporary file, which gets its name when it is complete. */
function fileSink(path: string): Sink {
  const directory = temporaryDirectory(path)
  const temporary = joinPath(directory, 'output')
  const file = openFile(temporary, path)
  return {
    write: async (bytes) => writeAll(file, bytes, path),
    finish: async () => {
      closeSync(file)
      renameSync(osPath(temporary), osPath(path))
      rmSync(osPath(directory), { recursive: true })
    },
    abandon: () => {
      closeSync(file)
      rmSync(osPath(directory), { recursive: true, force: true })
    },
  }
}

/** Creates a temporary directory next to the file, so that the file can be renamed. */
function temporaryDirectory(path: string): string {
  // mkdtemp takes no paths that are not UTF-8.
  const directory = joinPath(directoryPath(path), `.tug-output-${randomHex(6)}`)
  try {
    mkdirSync(osPath(directory), { mode: 0o700 })
    return directory
  } catch (error) {
    throw pathError('open', path, error)
  }
}

function openFile(path: string, displayedPath: string): number {
  try {
    return openSync(osPath(path), 'w', 0o666)
  } catch (error) {
    throw pathError('open', displayedPath, error)
  }
}

function writeAll(file: number, bytes: Uint8Array, displayedPath: string): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
  } catch (error) {
    throw pathError('write', displayedPath, error)
  }
}

/**
 * Writes to a stream. Its errors, which its owner handles too, end the transfer, which would otherwise wait forever.
 */
function streamSink(stream: NodeJS.WritableStream): Sink {
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => {})
  stream.once('error', (error: unknown) => broken.reject(new Error(pathErrorText('write', '/dev/stdout', error))))
  stream.once('close', () => broken.reject(new Error('write /dev/stdout: file already closed')))
  return {
    write: async (bytes) => {
      const isFull = !stream.write(Buffer.from(bytes))
      if (!stream.writable) await broken.promise
      if (isFull) await Promise.race([once(stream, 'drain'), broken.promise])
    },
    finish: async () => {},
    abandon: () => {},
  }
}
