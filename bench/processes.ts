import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A program to run once. */
export interface Invocation {
  /** The absolute path of the program, and its arguments. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** The file that the program reads; /dev/null by default. */
  readonly stdin?: string
  /** What stdout is, which `cat` reads; /dev/null by default. */
  readonly output?: 'pipe' | 'terminal'
}

/** What one run of a program used. */
export interface Usage {
  /** Wall time in seconds. */
  readonly wall: number
  /** User and system time of the process and of the children it waited for, in seconds. */
  readonly cpu: number
  /** The largest resident memory of the process or one of those children, in bytes. */
  readonly peak: number
}

/** Runs programs through `processes.py`, which reports what they used. */
export class Processes {
  readonly #helper: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly #stderr: string

  /** @param scratch a directory for what the programs write to stderr */
  constructor(scratch: string) {
    const script = fileURLToPath(new URL('processes.py', import.meta.url))
    const helper = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#helper = helper
    this.#lines = createInterface({ input: helper.stdout })[Symbol.asyncIterator]()
    this.#stderr = join(scratch, 'stderr')
  }

  /** @throws Error with what the program wrote to stderr, when it does not exit with 0 */
  async run({ argv, env, stdin, output }: Invocation): Promise<Usage> {
    const request = { argv, env, stdin: stdin ?? null, output: output ?? null, stderr: this.#stderr }
    this.#helper.stdin?.write(`${JSON.stringify(request)}\n`)
    const line = await this.#lines.next()
    if (line.done) throw new Error('processes.py ended')
    const { code, ...usage }: Usage & { code: number } = JSON.parse(line.value)
    if (code !== 0) {
      const words = argv.slice(0, 8).join(' ')
      throw new Error(`${words} exited with ${code}:\n${readFileSync(this.#stderr, 'utf8').slice(0, 2000)}`)
    }
    return usage
  }

  close(): void {
    this.#helper.stdin?.end()
  }
}
