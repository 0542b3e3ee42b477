import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeDaemon } from '../../bench/daemon.ts'

const ID = '000000000000'

/** Commands that are typed often. The most frequent ones are first, because they determine the order. */
const COMMANDS = [
  ['ps'],
  ['images'],
  ['inspect', ID],
  ['exec', ID, 'true'],
  ['run', '--rm', 'busybox', 'true'],
  ['stop', ID],
  ['rm', ID],
  ['logs', ID],
  ['version'],
  ['start', ID],
  ['kill', ID],
  ['rmi', 'busybox'],
  ['tag', 'a', 'b'],
  ['pull', 'busybox'],
  ['build', '/nonexistent'],
  ['network', 'ls'],
  ['volume', 'ls'],
  ['info'],
]

/** The length of a directory's path from which on a socket in it may have a path that is too long. */
const MAX_LENGTH = 50

/**
 * Records which functions typical commands use, in files for Bun's option `bytecodeOrder`. Bun stores the bytecode of
 * these functions together, so that a command reads fewer pages of the executable.
 * @param executable for this machine
 * @param build is called with the files; they are removed afterwards
 */
export async function withBytecodeOrder(
  executable: string,
  build: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir().length > MAX_LENGTH ? '/tmp' : tmpdir(), 'tug-order-'))
  const daemon = await startFakeDaemon(directory, { containers: 3, images: 50 })
  try {
    const files = COMMANDS.map((_, index) => join(directory, String(index)))
    for (const [index, argv] of COMMANDS.entries()) {
      await run(executable, argv, { DOCKER_HOST: daemon.host, HOME: directory, BUN_BYTECODE_ORDER_OUT: files[index] })
    }
    await build(files)
  } finally {
    await daemon.close()
    rmSync(directory, { recursive: true })
  }
}

/** Runs a command. Its exit code says nothing, because the fake daemon refuses some of the requests. */
function run(executable: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(executable, argv, { env, timeout: 10_000 }, (error) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve()
    })
    child.stdin?.end()
  })
}
