import { closeSync, createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOpenableStreams } from './openable-streams.ts'
import { spawnProgram } from './programs.ts'

/** The limit for a program's output, in bytes. */
const MAX_OUTPUT = 16 * 1024 * 1024

export interface CollectedOutput {
  readonly stdout: string
  /** Null if a signal ended the program. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

/** Go's names of signals (syscall.Signal). */
const SIGNAL_NAMES: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

/** Describes how a program ended as Go does (os.ProcessState). */
export function describeExit({ exitCode, signal }: Pick<CollectedOutput, 'exitCode' | 'signal'>): string {
  return signal === null ? `exit status ${exitCode}` : `signal: ${SIGNAL_NAMES[signal] ?? signal}`
}

export interface CollectOptions {
  /** What the program reads from stdin; empty for none. */
  readonly input?: string
  readonly stderr: 'inherit' | 'ignore'
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Runs a program by name or path, without a shell, and collects what it writes to stdout. The program can open its standard
 * streams by name (`/dev/stdin`).
 * @throws ProgramError; the system's error if the program cannot be started; Error if its output exceeds 16 MiB
 */
export async function collectOutput(
  name: string,
  args: readonly string[],
  { input = '', stderr, env = process.env }: CollectOptions,
): Promise<CollectedOutput> {
  // The handlers of signals are installed in the event loop's next turn (src/main.ts). If the program started before,
  // Ctrl-C could end tug by the signal instead of with an exit code.
  await sleep(0)
  const streams = createOpenableStreams(input)
  let child: ReturnType<typeof spawnProgram>
  try {
    const stdio = streams === undefined ? (['pipe', 'pipe'] as const) : ([streams.stdin, streams.stdout] as const)
    child = spawnProgram(name, args, { stdio: [...stdio, stderr], env })
  } catch (error) {
    if (streams !== undefined) closeSync(streams.output)
    throw error
  } finally {
    // The output ends when the last writer closes it, so our descriptor must not stay.
    for (const descriptor of streams === undefined ? [] : [streams.stdin, streams.stdout]) closeSync(descriptor)
  }
  const output = streams === undefined ? child.stdout : createReadStream('', { fd: streams.output })
  // A program that exits without reading its input closes the pipe. Only its output matters.
  child.stdin?.on('error', () => {}).end(input)
  const ended = new Promise<Omit<CollectedOutput, 'stdout'>>((resolve, reject) => {
    child.on('error', reject).on('exit', (exitCode, signal) => resolve({ exitCode, signal }))
  })
  // It is awaited below, when the output has ended: at once, if the program was not started.
  ended.catch(() => {})
  const stdout = await collect(output, () => child.kill())
  return { stdout, ...(await ended) }
}

async function collect(output: Readable | null, stop: () => void): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of output ?? []) {
    chunks.push(Buffer.from(chunk))
    length += chunk.length
    if (length <= MAX_OUTPUT) continue
    stop()
    throw new Error(`the output is longer than ${MAX_OUTPUT} bytes`)
  }
  return Buffer.concat(chunks).toString()
}
