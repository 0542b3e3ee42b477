import type {
  ChildProcess,
  ChildProcessByStdio,
  ExecFileException,
  ExecFileOptions,
  SpawnOptions,
  SpawnSyncOptions,
  SpawnSyncReturns,
} from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

export type { ChildProcess, ChildProcessByStdio }

/** A program that is not there or must not be run; the message is Go's. */
export class ProgramError extends Error {
  override name = 'ProgramError'

  constructor(program: string, reason: string) {
    super(`exec: ${JSON.stringify(program)}: ${reason}`)
  }
}

const NOT_FOUND = 'executable file not found in $PATH'
const RELATIVE = 'cannot run executable found relative to current directory'

/**
 * The file that a program's name stands for. A name with a slash in it is a path already. Others are looked for on PATH,
 * and what is found in a directory that is not absolute, such as `.`, is refused: whoever can write to the working
 * directory could name a program like that (Go's exec.LookPath).
 * @throws ProgramError
 */
export function programPath(name: string, searchPath = process.env.PATH ?? ''): string {
  if (name.includes('/')) return name
  const found = searchPath === '' ? undefined : candidates(name, searchPath).find(isProgram)
  if (found === undefined) throw new ProgramError(name, NOT_FOUND)
  if (!isAbsolute(found)) throw new ProgramError(name, RELATIVE)
  return found
}

/** Whether a program can be found and may be run. */
export function hasProgram(name: string, searchPath: string): boolean {
  try {
    programPath(name, searchPath)
    return true
  } catch {
    return false
  }
}

/** A PATH without the directories that are not absolute. */
export function absoluteDirectories(searchPath: string): string {
  return searchPath.split(delimiter).filter(isAbsolute).join(delimiter)
}

/** An empty entry of PATH means the working directory. */
function candidates(name: string, searchPath: string): string[] {
  return searchPath.split(delimiter).map((directory) => join(directory || '.', name))
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

type Piped = SpawnOptions & { stdio: ['pipe', 'pipe', 'pipe'] }
type OutputPiped = SpawnOptions & { stdio: ['ignore', 'pipe', 'pipe'] }
type ErrorsIgnored = SpawnOptions & { stdio: ['pipe', 'pipe', 'ignore'] }

/** Starts a program by its name or path, without a shell. @throws ProgramError */
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

/** Runs a program by its name or path and collects its output. @throws ProgramError */
export function execProgram(
  name: string,
  args: readonly string[],
  options: ExecFileOptions,
  done: (error: ExecFileException | null, stdout: string) => void,
): ChildProcess {
  return childProcess().execFile(programPath(name), args, { ...options, encoding: 'utf8' }, done)
}

/** Runs a program by its name or path and waits for its end. @throws ProgramError */
export function runProgram(
  name: string,
  args: readonly string[],
  options: SpawnSyncOptions = {},
): SpawnSyncReturns<string> {
  return childProcess().spawnSync(programPath(name), args, { ...options, encoding: 'utf8' })
}

/** Loads what starts a program, so that starting one takes less time. */
export function prepareToSpawn(): void {
  childProcess()
}

/** Loaded here alone: most commands start no program. */
function childProcess() {
  return process.getBuiltinModule('node:child_process')
}
