import { absoluteDirectories, programPath, spawnProgram } from '../../programs/programs.ts'

/** How git is run: the environment it gets, and what ends it early. */
export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal | undefined
}

/** What became of a run of git. */
export interface GitResult {
  /** 1 when a signal ended it. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Both, in the order in which they came. */
  readonly output: string
}

/** Runs git in a directory that exists. @throws ProgramError where there is no git that may be run */
export function runGit(directory: string, args: readonly string[], { env, signal }: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawnProgram(programPath('git', env.PATH ?? ''), args, {
      cwd: directory,
      // git looks for programs by itself, and its working directory is what somebody else wrote.
      env: { ...env, PATH: absoluteDirectories(env.PATH ?? '') },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    })
    const said = { stdout: '', stderr: '', output: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text
        said.output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? 1, ...said }))
  })
}
