import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Shell } from '../../support/run.ts'

/** The exit code of a program, or the signal that ended it. */
export interface Ending {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | NodeJS.Signals
}

/**
 * A `tug` command line that runs in the background with pipes as its streams. `await using` kills it after the test.
 */
export class RunningProgram {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #ended: Promise<Ending>
  #stdout = ''
  #stderr = ''
  #peakMemory = 0

  /** @param line a command line for the shell's `exec`, which may contain redirections */
  constructor(shell: Shell, line: string, { readsStdout = true } = {}) {
    this.#child = spawn('sh', ['-c', `exec ${line}`], { env: shell.env, stdio: 'pipe' })
    this.#child.stdin.on('error', () => {})
    this.#child.stdout.setEncoding('utf8')
    if (readsStdout) {
      this.#child.stdout.on('data', (text: string) => {
        this.#stdout += text
      })
    }
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
    this.#ended = once(this.#child, readsStdout ? 'close' : 'exit').then(([code, signal]) => ({
      stdout: this.#stdout,
      stderr: this.#stderr,
      exitCode: code ?? signal,
    }))
  }

  get stdin(): Writable {
    return this.#child.stdin
  }

  /** The peak memory in bytes that `sampleMemory` has measured. */
  get peakMemory(): number {
    return this.#peakMemory
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Measures the peak memory until the program exits. */
  async sampleMemory(): Promise<void> {
    while (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#peakMemory = Math.max(this.#peakMemory, highWaterMark(this.#child.pid))
      await sleep(50)
    }
  }

  /** Waits until the program has filled the pipe, which is not read. */
  async waitForFullPipe(): Promise<void> {
    await once(this.#child.stdout, 'readable')
    await sleep(500)
  }

  /** Waits until stdout and stderr together contain `expected`. @param timeout in milliseconds */
  async waitFor(expected: string | RegExp, timeout = 40_000): Promise<void> {
    const deadline = Date.now() + timeout
    const isPrinted = () => {
      const output = this.#stdout + this.#stderr
      return typeof expected === 'string' ? output.includes(expected) : expected.test(output)
    }
    while (!isPrinted()) {
      if (Date.now() > deadline)
        throw new Error(`the output does not contain ${expected} after ${timeout} ms:\n${this.#stdout}${this.#stderr}`)
      await sleep(20)
    }
  }

  /** Waits for the exit. @param timeout in milliseconds @throws Error when the program does not exit in time */
  async ending(timeout = 40_000): Promise<Ending> {
    const ended = await Promise.race([this.#ended, sleep(timeout, undefined, { ref: false })])
    if (!ended) throw new Error(`the program did not exit within ${timeout} ms:\n${this.#stdout}${this.#stderr}`)
    return ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}

function highWaterMark(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
