import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

const bold = (text: string) =>
  process.stdout.isTTY && process.env.NO_COLOR === undefined ? `\u001b[1m${text}\u001b[0m` : text

/** Runs the demo's commands: prints them with their output, and cleans up at the end. */
export class Stage {
  readonly #interrupted = new AbortController()
  readonly #undo: (() => Promise<unknown>)[] = []
  /** The environment of the commands; DOCKER_HOST names the engine and PATH contains tug. */
  env: NodeJS.ProcessEnv = { ...process.env }
  readonly #directory: string
  /** The command that is running in the foreground. */
  #running: ChildProcess | undefined

  /** @param directory the working directory of the commands */
  constructor(directory: string) {
    this.#directory = directory
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        this.#interrupted.abort(new Error('interrupted'))
        if (this.#running?.pid !== undefined) process.kill(-this.#running.pid, 'SIGINT')
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

  /** Registers a cleanup step. The steps run in reverse order at the end, also after a failure or Ctrl-C. */
  finally(undo: () => Promise<unknown>): void {
    this.#undo.push(undo)
  }

  /** Prints a command line and runs it. @throws Error when it fails */
  async run(line: string, input = ''): Promise<void> {
    const child = this.#show(line, 'inherit')
    child.stdin?.end(input)
    await this.#succeed(line, child)
  }

  /** Prints a command line, runs it and returns its stdout. @throws Error when it fails */
  async capture(line: string): Promise<string> {
    const child = this.#show(line, 'pipe')
    child.stdin?.end()
    child.stdout?.pipe(process.stdout, { end: false })
    const [stdout] = await Promise.all([child.stdout === null ? '' : text(child.stdout), this.#succeed(line, child)])
    return stdout
  }

  /**
   * Runs a command line without printing it. Returns its stdout, or undefined when it fails. Works after Ctrl-C, too.
   */
  async quietly(line: string): Promise<string | undefined> {
    const { code, stdout } = await this.result(line)
    return code === 0 ? stdout : undefined
  }

  /**
   * Runs a command line without printing it and returns its exit code and output. Works after Ctrl-C, too.
   * @param limit in milliseconds; a command that takes longer is killed and has the exit code 1
   */
  async result(line: string, input = '', limit?: number): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = this.#spawn(line, 'pipe', 'pipe')
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limit)
    const read = (stream: Readable | null) => (stream === null ? '' : text(stream))
    const [stdout, stderr, code] = await Promise.all([read(child.stdout), read(child.stderr), exitCode(child)])
    clearTimeout(timer)
    return { code, stdout, stderr }
  }

  /** Prints and runs a command that does not end by itself, calls `meanwhile`, then stops the command with SIGINT. */
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

  /** Prints the page of a web server. @throws Error unless it contains `text` within 30 seconds */
  async visit(url: string, text: string): Promise<void> {
    const deadline = Date.now() + 30_000
    for (;;) {
      this.#stopIfInterrupted()
      const page = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
        (response) => response.text(),
        () => undefined,
      )
      if (page?.includes(text)) {
        console.log(`\n${bold(`$ curl ${url}`)}\n${page.trimEnd()}`)
        return
      }
      if (Date.now() > deadline) throw new Error(`${url} did not respond with "${text}": ${page ?? 'nothing'}`)
      await sleep(100)
    }
  }

  /** Runs the cleanup steps and reports `failure`. Returns the exit code: 0, 130 after Ctrl-C, or 1 after a failure. */
  async end(failure: unknown): Promise<number> {
    for (const undo of this.#undo.reverse()) {
      await undo().catch((error) => console.error(`cleaning up: ${error}`))
    }
    if (this.#interrupted.signal.aborted) {
      console.error('\ninterrupted; everything that was created is removed')
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
    this.#running = child
    child.once('close', () => {
      this.#running = undefined
    })
    return child
  }

  async #succeed(line: string, child: ChildProcess): Promise<void> {
    const code = await exitCode(child)
    this.#stopIfInterrupted()
    if (code !== 0) throw new Error(`\`${line}\` exited with ${code}`)
  }

  #spawn(line: string, stdout: 'inherit' | 'pipe', stderr: 'inherit' | 'pipe'): ChildProcess {
    // The command gets its own session, so that only we forward Ctrl-C, and a second one does not interrupt the
    // cleanup.
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
