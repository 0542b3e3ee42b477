import { execa } from 'execa'

/** The directories a daemon needs on its PATH, also where a plain user's PATH leaves them out. */
export const SYSTEM_PATH = [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':')

/**
 * Runs a tool to its end and returns its stdout. Throws an `Error` with the last lines of its output when it fails.
 * @param timeout milliseconds
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

/** The last `count` lines of `text`, for an error message. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
