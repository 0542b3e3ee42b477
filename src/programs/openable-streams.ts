import { closeSync, constants, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { programPath, runProgram } from './programs.ts'

const { O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants

/** The directory of Linux's shared memory, and the type of its file system (linux/magic.h, TMPFS_MAGIC). */
const SHARED_MEMORY = { path: '/dev/shm', type: 0x01021994 }

/** Descriptors for the standard streams of a program, and for what the program writes. All belong to the caller. */
export interface OpenableStreams {
  readonly stdin: number
  readonly stdout: number
  /** Reads what the program writes to stdout. */
  readonly output: number
}

/**
 * Creates standard streams that a program can open by name. What the runtimes call pipes are sockets, and on Linux those
 * cannot be opened: `cat /dev/stdin` fails. stdout is a named pipe whose name is removed at once. stdin is a file in memory,
 * because a named pipe without writers cannot be opened either, and because the input may be a secret.
 * @returns undefined where sockets work as well, and if such streams cannot be created
 */
export function createOpenableStreams(input: string): OpenableStreams | undefined {
  if (process.platform !== 'linux') return undefined
  const descriptors: number[] = []
  const open = (path: string, flags: number) => {
    const descriptor = openSync(path, flags, 0o600)
    descriptors.push(descriptor)
    return descriptor
  }
  let directory: string | undefined
  try {
    const stdin = input === '' ? open('/dev/null', O_RDONLY) : openMemoryFile(input, open)
    directory = mkdtempSync(join(tmpdir(), 'tug-pipe-'))
    const path = join(directory, 'stdout')
    const mkfifo = programPath('mkfifo', [process.env.PATH, '/usr/bin', '/bin'].join(delimiter))
    if (runProgram(mkfifo, ['-m', '600', path]).status !== 0) throw new Error('no pipe')
    // Opening one end alone would wait for the other.
    const waiting = open(path, O_RDONLY | O_NONBLOCK)
    const streams = { stdin, stdout: open(path, O_WRONLY), output: open(path, O_RDONLY) }
    closeSync(waiting)
    return streams
  } catch {
    for (const descriptor of descriptors) closeSync(descriptor)
    return undefined
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
  }
}

/** Opens an unnamed file in memory that contains a text. @throws Error if there is no such memory */
function openMemoryFile(content: string, open: (path: string, flags: number) => number): number {
  if (statfsSync(SHARED_MEMORY.path).type !== SHARED_MEMORY.type) throw new Error('no shared memory')
  const directory = mkdtempSync(join(SHARED_MEMORY.path, 'tug-input-'))
  try {
    const file = open(join(directory, 'input'), O_CREAT | O_EXCL | O_RDWR)
    const bytes = Buffer.from(content)
    // With a position, the program reads from the beginning.
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, done)
    return file
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
