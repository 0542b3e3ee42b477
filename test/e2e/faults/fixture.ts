import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asTug } from '../../parity/compare.ts'
import { isReference } from '../../parity/programs.ts'
import { FakeDaemon, type FakeDaemonOptions } from '../../support/fake-daemon.ts'
import { type Outcome, type Program, Shell } from '../../support/run.ts'

/** A shell whose DOCKER_HOST is a socket in a separate directory, on which a test starts a daemon. */
export interface FaultFixture {
  readonly shell: Shell
  readonly directory: string
  readonly socket: string
  close(): Promise<void>
}

/** Opens a shell for a program. No daemon is listening yet. */
export async function openFaultFixture(program: Program): Promise<FaultFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'tug-faults-'))
  const socket = join(directory, 'docker.sock')
  const shell = await Shell.open(program, { socket, env: { TZ: 'UTC', DOCKER_BUILDKIT: '0' } })
  const close = async () => {
    await shell.close()
    await rm(directory, { recursive: true, force: true })
  }
  return { shell, directory, socket, close }
}

/** Runs a fake daemon on the socket of the shell while `work` runs. */
export async function withDaemon<T>(
  { socket }: FaultFixture,
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

/** Returns docker's recorded outcome with the name of the program under test in usage lines. */
export function inWordsOf(program: Program, recorded: Outcome): Outcome {
  if (isReference(program.command)) return recorded
  return { ...recorded, stdout: asTug(recorded.stdout), stderr: asTug(recorded.stderr) }
}

/** Matches stack traces and texts of the JavaScript runtime, which no message may contain. */
export const STACK_TRACE = /\n\s+at |node:internal|Unhandled|undefined|\[object Object\]|bun\.sh|TypeError|panic/
