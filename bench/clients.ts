import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { findExecutable } from '../test/support/engines/packages.ts'

const ROOT = join(import.meta.dirname, '..')

/** A client to measure: its name in the table and the command that starts it. */
export interface Client {
  readonly name: string
  readonly command: readonly string[]
}

/** The name of the reference client. */
export const REFERENCE = 'docker'

/**
 * Copies docker, tug and Node, and returns docker and both forms of tug. The kernel keeps a file that was just written in
 * larger pieces than one that it has read from the disk, and maps it in less time: a quarter of the time of `docker ps`
 * depends on that. So all clients have to be in the same state.
 * @param isOnDisk whether the copies are to be read from the disk at their first start, as after a restart of the machine
 * @throws Error when a client is missing
 */
export function copyClients(directory: string, { isOnDisk = false } = {}): Client[] {
  const docker = findExecutable(REFERENCE)
  if (docker === undefined) throw new Error('`docker` is not on PATH')
  const tug = join(ROOT, 'dist/tug')
  if (!existsSync(tug)) throw new Error('dist/tug is missing: run `npm run build`')
  mkdirSync(directory)
  const copy = (file: string, name: string) => {
    const copied = join(directory, name)
    copyFileSync(file, copied)
    if (isOnDisk) execFileSync('python3', ['-c', FORGET, copied])
    return copied
  }
  return [
    { name: 'docker', command: [copy(docker, 'docker')] },
    { name: 'dist/tug', command: [copy(tug, 'tug')] },
    { name: 'node bin/tug.js', command: [copy(process.execPath, 'node'), '--', join(ROOT, 'bin/tug.js')] },
  ]
}

/** A Python program that writes a file to the disk and has the kernel forget its content, which Node cannot. */
const FORGET = `
import os, sys
file = os.open(sys.argv[1], os.O_RDONLY)
os.fsync(file)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
`

/**
 * Returns the peak memory of a running process and its children in bytes, because docker builds with a plugin; 0 when
 * the process has ended.
 */
export function highWaterMark(pid: number | string | undefined): number {
  try {
    const own = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    return childrenOf(pid).reduce((sum, child) => sum + highWaterMark(child), own)
  } catch {
    return 0
  }
}

/** Returns the child processes of all threads of a process. */
function childrenOf(pid: number | string | undefined): string[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').match(/\d+/g) ?? [])
}

/** Prints a row of the table and returns it. */
export function report(row: string[]): string[] {
  console.log(row.join(' | '))
  return row
}

/** The times of builds on one engine. */
export interface Table {
  /** The engine's version. */
  readonly engine: string
  readonly rows: readonly (readonly string[])[]
}

/** Returns a page with a table for each engine, and one column for each client. @param script the file that writes it */
export function comparison(page: {
  title: string
  script: string
  clients: readonly Client[]
  tables: readonly Table[]
}): string {
  const version = execFileSync(REFERENCE, ['--version'], { encoding: 'utf8' }).trim()
  const tables = page.tables.map(
    ({ engine, rows }) => `## Engine ${engine}

| measured | ${page.clients.map(({ name }) => name).join(' | ')} |
| --- | ${page.clients.map(() => '---:').join(' | ')} |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`,
  )
  return `# ${page.title}

Written by \`node bench/${page.script}.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, Node \
${process.versions.node}, compared with ${version}. The clients take turns. The times are medians, and the factors medians of
the ratios to docker's time in the same round. Most of each time is the engine's work.

${tables.join('\n')}`
}
