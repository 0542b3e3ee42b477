import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { startEngine, startMirror } from '../../test/support/engines/start.ts'
import { REFERENCE } from '../clients.ts'
import type { Bench, Case, OpenSubject } from './case.ts'

const MEBIBYTE = 2 ** 20

/** A private engine with one container, `box`, that has busybox and waits. */
export interface BenchEngine {
  readonly host: string
  /** A directory for the files of the cases. */
  readonly directory: string
  /** Runs docker, which is not measured. */
  docker(...args: string[]): void
  /** Runs a program, which is not measured, with DOCKER_HOST. */
  run(file: string, ...args: string[]): void
}

/** Starts an engine, 20.10 of Debian, for cases. */
export async function onEngine(
  { scratch }: Bench,
  casesOn: (engine: BenchEngine) => readonly Case[],
): Promise<OpenSubject> {
  const mirror = await startMirror()
  const engine = await startEngine({ from: 'machine', mirrorUrl: mirror.url }).catch(async (error: unknown) => {
    await mirror.stop()
    throw error
  })
  const close = async () => {
    await engine.stop()
    await mirror.stop()
  }
  const host = `unix://${engine.socket}`
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: '0' }
  const run = (file: string, ...args: string[]) => void execFileSync(file, args, { env, stdio: 'ignore' })
  const docker = (...args: string[]) => run(REFERENCE, ...args)
  try {
    docker('run', '--detach', '--interactive', '--name', 'box', 'busybox')
    return { cases: casesOn({ host, directory: scratch, docker, run }), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Creates a file whose bytes do not compress. @param size in MiB */
export function createLargeFile(path: string, size: number): void {
  const file = openSync(path, 'w')
  for (let written = 0; written < size; written++) writeSync(file, randomBytes(MEBIBYTE))
  closeSync(file)
}

/** Creates a directory with small files, 200 in each of its directories. */
export function createSmallFiles(path: string, count: number): void {
  for (let at = 0; at < count; at++) {
    const directory = join(path, `directory${Math.floor(at / 200)}`)
    if (at % 200 === 0) mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, `file${at}`), `file ${at}\n`)
  }
}
