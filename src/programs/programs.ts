/** Finds and starts programs. No other module does, so that none is started from the working directory. */
import type {
  ChildProcess,
  ChildProcessByStdio,
  SpawnOptions,
  SpawnSyncOptions,
  SpawnSyncReturns,
} from 'node:child_process'
import { accessSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

export type { ChildProcess, ChildProcessByStdio }

/** A program was not found or must not be run. The message is that of Go's os/exec. */
export class ProgramError extends Error {
  override name = 'ProgramError'

  constructor(program: string, reason: string) {
    super(`exec: ${JSON.stringify(program)}: ${reason}`)
  }
}

/** What separates the directories of PATH on the systems that tug runs on. */
const SEPARATOR = ':'

const NOT_FOUND = 'executable file not found in $PATH'
const RELATIVE = 'cannot run executable found relative to current directory'

/**
 * Returns the path of a program. A name with a slash is a path already; other names are looked up on PATH. A program in a
 * relative directory, such as `.`, is refused, because anyone who can write to the working directory could put it there
 * (Go's exec.LookPath).
 * @throws ProgramError
 */
export function programPath(name: string, searchPath = process.env.PATH ?? ''): string {
  if (name.includes('/')) return name
  const found = searchPath === '' ? undefined : candidates(name, searchPath).find(isProgram)
  if (found === undefined) throw new ProgramError(name, NOT_FOUND)
  if (!isAbsolute(found)) throw new ProgramError(name, RELATIVE)
  return found
}

/** Returns whether a program is on PATH and may be run. */
export function hasProgram(name: string, searchPath: string): boolean {
  try {
    programPath(name, searchPath)
    return true
  } catch {
    return false
  }
}

/** Returns a PATH without its relative directories. */
export function absoluteDirectories(searchPath: string): string {
  return searchPath.split(SEPARATOR).filter(isAbsolute).join(SEPARATOR)
}

/** An empty entry of PATH means the working directory. */
function candidates(name: string, searchPath: string): string[] {
  return searchPath.split(SEPARATOR).map((directory) => join(directory || '.', name))
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, process.getBuiltinModule('node:fs').constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

type Piped = SpawnOptions & { stdio: ['pipe', 'pipe', 'pipe'] }
type OutputPiped = SpawnOptions & { stdio: ['ignore', 'pipe', 'pipe'] }
type ErrorsIgnored = SpawnOptions & { stdio: ['pipe', 'pipe', 'ignore'] }

/** Starts a program by name or path, without a shell. @throws ProgramError */
export function spawnProgram(
  name: string,
  args: readonly string[],
  options: Piped,
): ChildProcessByStdio<Writable, Readable, Readable>
export function spawnProgram(
  name: string,
  args: readonly string[],
  options: OutputPiped,
): ChildProcessByStdio<null, Readable, Readable>
export function spawnProgram(
  name: string,
  args: readonly string[],
  options: ErrorsIgnored,
): ChildProcessByStdio<Writable, Readable, null>
export function spawnProgram(name: string, args: readonly string[], options: SpawnOptions): ChildProcess
export function spawnProgram(name: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return childProcess().spawn(programPath(name), args, options)
}

/** Runs a program by name or path and waits for its end. @throws ProgramError */
export function runProgram(
  name: string,
  args: readonly string[],
  options: SpawnSyncOptions = {},
): SpawnSyncReturns<string> {
  return childProcess().spawnSync(programPath(name), args, { ...options, encoding: 'utf8' })
}

/** Loads node:child_process in advance, so that the first program starts faster. */
export function preloadChildProcess(): void {
  childProcess()
}

/** Loads node:child_process when it is first used, because most commands start no program. */
function childProcess() {
  return process.getBuiltinModule('node:child_process')
}
