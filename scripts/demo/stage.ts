import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

const bold = (shown: string) =>
  process.stdout.isTTY && process.env.NO_COLOR === undefined ? `\u001b[1m${shown}\u001b[0m` : shown

/** Where the demo plays: shows commands and their output, and undoes in the end what was done. */
export class Stage {
  readonly #interrupted = new AbortController()
  readonly #undo: (() => Promise<unknown>)[] = []
  /** What the commands get; DOCKER_HOST and PATH lead to the engine and to tug. */
  env: NodeJS.ProcessEnv = { ...process.env }
  readonly #directory: string
  /** The command whose output is being shown. */
  #shown: ChildProcess | undefined

  /** @param directory where the commands are typed */
  constructor(directory: string) {
    this.#directory = directory
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        this.#interrupted.abort(new Error('interrupted'))
        if (this.#shown?.pid !== undefined) process.kill(-this.#shown.pid, 'SIGINT')
      })
    }
  }

  /** Aborted by Ctrl-C. */
  get interrupted(): AbortSignal {
    return this.#interrupted.signal
  }

  say(line: string): void {
    this.#stopIfInterrupted()
    console.log(`\n# ${line}`)
  }

  /** Has `undo` run at the end, also when a step fails or Ctrl-C ends the demo; the last one first. */
  finally(undo: () => Promise<unknown>): void {
    this.#undo.push(undo)
  }

  /** Shows a command line and runs it. Throws an `Error` when it fails. */
  async run(line: string, input = ''): Promise<void> {
    const child = this.#show(line, 'inherit')
    child.stdin?.end(input)
    await this.#succeed(line, child)
  }

  /** The same for a command whose stdout, which it returns, matters to what follows. */
  async capture(line: string): Promise<string> {
    const child = this.#show(line, 'pipe')
    child.stdin?.end()
    child.stdout?.pipe(process.stdout, { end: false })
    const [stdout] = await Promise.all([child.stdout === null ? '' : text(child.stdout), this.#succeed(line, child)])
    return stdout
  }

  /** Runs a command line unseen: its stdout, or undefined when it fails. Works after Ctrl-C, too. */
  async quietly(line: string): Promise<string | undefined> {
    const child = this.#spawn(line, 'pipe', 'ignore')
    child.stdin?.end()
    const [stdout, code] = await Promise.all([child.stdout === null ? '' : text(child.stdout), exitCode(child)])
    return code === 0 ? stdout : undefined
  }

  /** Shows a command line that goes on by itself; does `meanwhile`, then ends it with Ctrl-C's signal. */
  async runUntil(line: string, meanwhile: () => Promise<void>): Promise<void> {
    const child = this.#show(line, 'inherit')
    const code = exitCode(child)
    try {
      await meanwhile()
    } finally {
      child.kill('SIGINT')
    }
    const isOver = await Promise.race([code, sleep(30_000, undefined, { ref: false })])
    console.log('^C')
    if (isOver !== 0) throw new Error(`\`${line}\` ${isOver === undefined ? 'did not end' : `exited with ${isOver}`}`)
  }

  /** Shows what a web server on this machine responses. Throws an `Error` unless it contains `wanted` within 30 s. */
  async visit(port: number, wanted: string): Promise<void> {
    const url = `http://127.0.0.1:${port}/`
    const deadline = Date.now() + 30_000
    for (;;) {
      this.#stopIfInterrupted()
      const page = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
        (response) => response.text(),
        () => undefined,
      )
      if (page?.includes(wanted)) {
        console.log(`\n${bold(`$ curl ${url}`)}\n${page.trimEnd()}`)
        return
      }
      if (Date.now() > deadline) throw new Error(`${url} did not response "${wanted}": ${page ?? 'nothing'}`)
      await sleep(100)
    }
  }

  /** Undoes everything. Returns the exit code: 0, or 130 after Ctrl-C, or 1 with `failure` told on stderr. */
  async end(failure: unknown): Promise<number> {
    for (const undo of this.#undo.reverse()) {
      await undo().catch((error) => console.error(`cleaning up: ${error}`))
    }
    if (this.#interrupted.signal.aborted) {
      console.error('\ninterrupted; all that was made is removed')
      return 130
    }
    if (failure === undefined) return 0
    console.error(`\n${failure instanceof Error ? failure.message : failure}`)
    return 1
  }

  #show(line: string, stdout: 'inherit' | 'pipe'): ChildProcess {
    this.#stopIfInterrupted()
    console.log(`\n${bold(`$ ${line}`)}`)
    const child = this.#spawn(line, stdout, 'inherit')
    this.#shown = child
    child.once('close', () => {
      this.#shown = undefined
    })
    return child
  }

  async #succeed(line: string, child: ChildProcess): Promise<void> {
    const code = await exitCode(child)
    this.#stopIfInterrupted()
    if (code !== 0) throw new Error(`\`${line}\` exited with ${code}`)
  }

  #spawn(line: string, stdout: 'inherit' | 'pipe', stderr: 'inherit' | 'ignore'): ChildProcess {
    // A session of its own: of a terminal's Ctrl-C it learns from us, and cleaning up is not interrupted by another.
    return spawn('sh', ['-c', line.includes('$(') ? line : `exec ${line}`], {
      cwd: this.#directory,
      env: this.env,
      stdio: ['pipe', stdout, stderr],
      detached: true,
    })
  }

  #stopIfInterrupted(): void {
    this.#interrupted.signal.throwIfAborted()
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}
