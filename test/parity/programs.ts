import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The program under test: `TUG_BIN`, or the built executable. A bare name is looked up on PATH. */
export function programUnderTest(): string[] {
  return [located(process.env.TUG_BIN ?? path.join(root, 'dist/tug'))]
}

/** What npm installs: the same commands, started by Node. Not part of a run that names its own program. */
export function nodeProgram(): string[] | undefined {
  return process.env.TUG_BIN ? undefined : [process.execPath, '--', located(path.join(root, 'bin/tug.js'))]
}

/** The docker client to record from: `REFERENCE`, or `docker`. */
export function referenceProgram(): string[] {
  return [located(process.env.REFERENCE ?? 'docker')]
}

/** Whether the program is the reference itself, whose usage lines say `docker`. */
export function isReference([file = '']: readonly string[]): boolean {
  return path.basename(file).startsWith('docker')
}

/** docker builds with BuildKit by a plugin, which its goldens are recorded with: `REFERENCE_BUILDX`, version 0.29. */
export function referenceBuildPlugin(): string {
  const plugin = process.env.REFERENCE_BUILDX
  if (plugin === undefined) throw new Error('set REFERENCE_BUILDX to the plugin docker-buildx 0.29')
  return located(plugin)
}

function located(program: string): string {
  const candidates = program.includes('/')
    ? [path.resolve(program)]
    : (process.env.PATH ?? '').split(':').map((directory) => path.join(directory, program))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined) throw new Error(`no program ${program}: run npm run build first, or set TUG_BIN`)
  return found
}
