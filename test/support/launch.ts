import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A program to run. Its output is collected. */
export interface Launch {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env: NodeJS.ProcessEnv
  /** What the program reads from stdin; undefined for /dev/null. */
  readonly input: string | undefined
}

/** How a program ended, and what it has written. */
interface Ending {
  /** Null if a signal ended the program. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: Buffer
  readonly stderr: Buffer
}

/** A program that was started. */
export interface Launched {
  /** Rejects if the program cannot be started. */
  readonly pid: Promise<number>
  /** Resolves when the program has ended and its output is closed. */
  readonly ending: Promise<Ending>
  kill(signal: NodeJS.Signals): void
}

/** How a program ended that had a limited time. */
export interface TimedEnding extends Ending {
  /** Whether the program was killed because its time was over. */
  readonly isTimedOut: boolean
}

/** What the launcher is asked to do. */
export type LauncherRequest =
  | ({ readonly kind: 'run'; readonly id: number } & Launch)
  | { readonly kind: 'kill'; readonly id: number; readonly signal: NodeJS.Signals }

/** What the launcher reports about the program with an id. */
export type LauncherReport =
  | { readonly kind: 'started'; readonly id: number; readonly pid: number | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | ({ readonly kind: 'ended'; readonly id: number } & Ending)

interface Pending {
  readonly pid: PromiseWithResolvers<number>
  readonly ending: PromiseWithResolvers<Ending>
}

const LAUNCHER = fileURLToPath(new URL('./launcher.ts', import.meta.url))

const pending = new Map<number, Pending>()
let launcher: ChildProcess | undefined
let lastId = 0

/**
 * Runs a program through a launcher: a small process that lives as long as this one. To start a program, Node copies the
 * page tables of the process that starts it, which takes 6 ms in a test worker of 250 MB and 0.7 ms in the launcher.
 */
export function launch(program: Launch): Launched {
  const id = ++lastId
  const waiting: Pending = { pid: Promise.withResolvers(), ending: Promise.withResolvers() }
  // A program that cannot be started rejects both, and not everyone awaits both.
  for (const { promise } of [waiting.pid, waiting.ending]) promise.catch(() => {})
  launcher ??= startLauncher()
  pending.set(id, waiting)
  launcher.channel?.ref()
  send({ kind: 'run', id, ...program })
  return {
    pid: waiting.pid.promise,
    ending: waiting.ending.promise,
    kill: (signal) => send({ kind: 'kill', id, signal }),
  }
}

/**
 * Runs a program like `launch`, and kills it when its time is over.
 * @param timeout in milliseconds
 * @param onStart gets what sends signals to the program
 */
export async function launchWithin(
  timeout: number,
  program: Launch,
  onStart?: (kill: Launched['kill']) => void,
): Promise<TimedEnding> {
  const { ending, kill } = launch(program)
  onStart?.(kill)
  let isTimedOut = false
  const timer = setTimeout(() => {
    isTimedOut = true
    kill('SIGKILL')
  }, timeout)
  return { ...(await ending.finally(() => clearTimeout(timer))), isTimedOut }
}

function send(request: LauncherRequest): void {
  launcher?.send(request)
}

function startLauncher(): ChildProcess {
  const child = fork(LAUNCHER, {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.on('message', (report: LauncherReport) => settle(report))
  child.on('exit', () => {
    launcher = undefined
    for (const id of pending.keys()) settle({ kind: 'failed', id, message: 'the launcher of programs has ended' })
  })
  // A process with nothing else to do may end.
  child.unref()
  return child
}

function settle(report: LauncherReport): void {
  const waiting = pending.get(report.id)
  if (waiting === undefined) return
  if (report.kind === 'started') {
    if (report.pid !== undefined) waiting.pid.resolve(report.pid)
    return
  }
  pending.delete(report.id)
  if (report.kind === 'ended') waiting.ending.resolve(report)
  else for (const { reject } of [waiting.pid, waiting.ending]) reject(new Error(report.message))
  if (pending.size === 0) launcher?.channel?.unref()
}
