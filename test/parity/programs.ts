import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Returns the program under test: the one that `TUG_BIN` names, or the built executable. */
export function programUnderTest(): string[] {
  return [locate(process.env.TUG_BIN ?? path.join(root, 'dist/tug'))]
}

/** Returns the form of tug that npm installs and Node runs; undefined where `TUG_BIN` names the program under test. */
export function nodeProgram(): string[] | undefined {
  return process.env.TUG_BIN ? undefined : [process.execPath, '--', locate(path.join(root, 'bin/tug.js'))]
}

/** Returns the docker client to record from: the file that `REFERENCE` names, or `docker` on PATH. */
export function referenceProgram(): string[] {
  return [locate(process.env.REFERENCE ?? 'docker')]
}

/**
 * Returns what `docker --version` prints for the reference client.
 * @throws Error when its version is not 28.x
 */
export function referenceVersion(): string {
  const [file = ''] = referenceProgram()
  const version = execFileSync(file, ['--version'], { encoding: 'utf8' }).trim()
  if (!/version 28\./.test(version)) throw new Error(`the reference is docker 28.x, but ${file} is ${version}`)
  return version
}

/** Whether the program is the reference client itself, whose usage lines say `docker`. */
export function isReference([file = '']: readonly string[]): boolean {
  return path.basename(file).startsWith('docker')
}

/**
 * Whether the suites on real engines record their goldens instead of comparing, which `npm run record` requests.
 * @throws Error when the program under test is not the reference client
 */
export function isRecording(program: readonly string[]): boolean {
  if (process.env.TUG_RECORD_LIVE !== '1') return false
  if (!isReference(program)) throw new Error('only docker may record: use npm run record')
  return true
}

/**
 * Returns the buildx plugin that the reference client builds with.
 * @throws Error when `REFERENCE_BUILDX` is not set
 */
export function referenceBuildPlugin(): string {
  const plugin = process.env.REFERENCE_BUILDX
  if (plugin === undefined)
    throw new Error('set REFERENCE_BUILDX to the file of the docker-buildx plugin, version 0.29')
  return locate(plugin)
}

/** Resolves a path, or looks a bare name up on PATH. */
function locate(program: string): string {
  const candidates = program.includes('/')
    ? [path.resolve(program)]
    : (process.env.PATH ?? '').split(':').map((directory) => path.join(directory, program))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined)
    throw new Error(`${program} does not exist: run \`npm run build\`, or set TUG_BIN or REFERENCE`)
  return found
}
