import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asTug } from '../../parity/compare.ts'
import { isReference } from '../../parity/programs.ts'
import { FakeDaemon, type FakeDaemonOptions } from '../../support/fake-daemon.ts'
import { type Outcome, type Program, Shell } from '../../support/run.ts'

/** A shell whose DOCKER_HOST is a socket in a directory of its own, on which a test puts the daemon that it needs. */
export interface FaultBench {
  readonly shell: Shell
  readonly directory: string
  readonly socket: string
  close(): Promise<void>
}

export async function openFaultBench(program: Program): Promise<FaultBench> {
  const directory = await mkdtemp(join(tmpdir(), 'tug-faults-'))
  const socket = join(directory, 'docker.sock')
  const shell = await Shell.open(program, { socket, env: { TZ: 'UTC', DOCKER_BUILDKIT: '0' } })
  const close = async () => {
    await shell.close()
    await rm(directory, { recursive: true, force: true })
  }
  return { shell, directory, socket, close }
}

/** Puts a fake daemon on the bench's socket while `work` runs. */
export async function withDaemon<T>(
  { socket }: FaultBench,
  options: FakeDaemonOptions,
  work: (daemon: FakeDaemon) => Promise<T>,
): Promise<T> {
  const daemon = new FakeDaemon(options)
  await daemon.listen(socket)
  try {
    return await work(daemon)
  } finally {
    await daemon.close()
  }
}

/** What docker responded, as the program under test is to response it: `docker` in usage lines is the program's own name. */
export function inWordsOf(program: Program, recorded: Outcome): Outcome {
  if (isReference(program.command)) return recorded
  return { ...recorded, stdout: asTug(recorded.stdout), stderr: asTug(recorded.stderr) }
}

/** What no message of a program for people contains, whatever the message says. */
export const STACK_TRACE = /\n\s+at |node:internal|Unhandled|undefined|\[object Object\]|bun\.sh|TypeError|panic/
