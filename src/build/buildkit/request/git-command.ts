import { spawn } from 'node:child_process'

/** What became of a run of git. */
interface GitOutcome {
  readonly isGood: boolean
  /** The first line. */
  readonly line: string
  /** All of stdout. */
  readonly output: string
  /** What git complained of. */
  readonly error: string
}

/** Runs git in a folder, in English. @throws Error by the system, such as ENOENT where there is no git */
export type Git = (...args: readonly string[]) => Promise<GitOutcome>

/** @param folder an existing one */
export function gitIn(folder: string, env: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Git {
  return (...args) =>
    new Promise((resolve, reject) => {
      const child = spawn('git', ['-c', 'log.showSignature=false', ...args], {
        cwd: folder,
        env: { ...env, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
        signal,
      })
      let output = ''
      let error = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        error += text
      })
      child.on('error', reject)
      child.on('close', (code) => {
        const [line = ''] = output.split('\n')
        resolve({ isGood: code === 0, line, output, error: error.replace(/\n$/, '') })
      })
    })
}
