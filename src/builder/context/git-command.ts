import { absoluteDirectories, programPath, spawnProgram } from '../../programs/programs.ts'

/** The environment that git runs in, and a signal that stops it. */
export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal | undefined
}

/** The result of a run of git. */
export interface GitResult {
  /** The exit code; 1 when a signal ended git. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** stdout and stderr, in the order of arrival. */
  readonly output: string
}

/** Runs git in an existing directory. @throws ProgramError when no git is installed in an absolute directory of PATH */
export function runGit(directory: string, args: readonly string[], { env, signal }: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawnProgram(programPath('git', env.PATH ?? ''), args, {
      cwd: directory,
      // git looks for programs itself, and its working directory contains files of other people.
      env: { ...env, PATH: absoluteDirectories(env.PATH ?? '') },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    })
    const texts = { stdout: '', stderr: '', output: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text
        texts.output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? 1, ...texts }))
  })
}
