import { execa } from 'execa'

/** PATH with the directories that daemons need and the PATH of an ordinary user may lack. */
export const SYSTEM_PATH = [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':')

/**
 * Runs a program and returns its stdout.
 * @param timeout in milliseconds
 * @throws Error with the last lines of its output when it fails
 */
export async function command(file: string, args: readonly string[], timeout = 600_000): Promise<string> {
  const result = await execa(file, args, {
    all: true,
    reject: false,
    timeout,
    stdin: 'ignore',
    env: { PATH: SYSTEM_PATH, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  })
  if (result.failed) {
    throw new Error(`${file} ${args.join(' ')} failed: ${result.shortMessage}\n${lastLines(result.all, 20)}`)
  }
  return result.stdout
}

/** Returns the last `count` lines of `text`, for an error message. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
