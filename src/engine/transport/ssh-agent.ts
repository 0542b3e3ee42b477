import { Duplex, type Readable, type Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SshDestination } from '../../domain/context/endpoint.ts'
import { codeOf, messageOf, SshError } from '../../domain/errors.ts'
import type { ChildProcessByStdio } from '../../programs/programs.ts'
import { http } from './node-http.ts'
import { SshClient } from './ssh-client.ts'

// The timeouts of the steps in which an ssh process ends, in milliseconds.

/** From closing stdin until ssh exits by itself. */
const STDIN_GRACE = 300
/** From SIGTERM until SIGKILL. */
const SIGTERM_GRACE = 1000
/**
 * From the end of stdout until the exit, whose code shows whether ssh failed. It is short when there was output: a
 * process that is the master of other connections runs as long as they do.
 */
const EXIT_GRACE = { withOutput: 200, withoutOutput: 5000 } as const
/** From the exit until stdout counts as ended, although another process keeps it open. */
const OUTPUT_GRACE = 200
/** From the exit until stderr counts as read, although another process keeps it open. */
const STDERR_GRACE = 200

/**
 * Connects to the daemon with `ssh … docker system dial-stdio`, like docker, so ~/.ssh/config and ssh-agent are used.
 */
export class SshAgent extends http.Agent {
  readonly #client: SshClient
  readonly #connections = new Set<ChildConnection>()

  /** @param command a line for the shell that starts ssh (TUG_SSH); empty for `ssh` */
  constructor(destination: SshDestination, command: string) {
    super({ keepAlive: true })
    this.#client = new SshClient(destination, command)
  }

  override createConnection(): Duplex {
    return this.openConnection()
  }

  /** Starts an ssh process. @returns its connection to the daemon */
  openConnection(): Duplex {
    const connection = new ChildConnection(this.#client.start(), this.#client.commandLine)
    this.#connections.add(connection)
    void connection.exited.then(() => this.#connections.delete(connection))
    return connection
  }

  /** Closes all connections and settles when all ssh processes have exited. */
  async close(): Promise<void> {
    this.destroy()
    await Promise.all(Array.from(this.#connections, (connection) => connection.endChild()))
    this.#client.close()
  }
}

/**
 * The stdin and stdout of an ssh process as one stream, with the methods that http.Agent calls on a socket. The
 * stream ends once the process has exited, because only then its exit code and stderr are known. It does not wait for
 * the pipes to close: other processes, such as a master connection (`ControlPersist`), may have inherited them.
 */
class ChildConnection extends Duplex {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  /** Settles when the child has exited, or could not be started. */
  readonly exited: Promise<void>
  #lastOutput = 0

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>, command: string) {
    super()
    this.#child = child
    this.exited = new Promise((resolve) => {
      child.once('exit', () => resolve()).once('error', () => resolve())
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-4096)
    })
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk: Buffer) => {
      this.#lastOutput = Date.now()
      if (!this.push(chunk)) child.stdout.pause()
    })
    child.on('error', (error) => this.destroy(new SshError(startErrorMessage(error))))
    const stderrClosed = waitForEnd(child.stderr)
    void this.#waitForOutputEnd().then(async () => {
      await settlesWithin(this.#lastOutput > 0 ? EXIT_GRACE.withOutput : EXIT_GRACE.withoutOutput, this.exited)
      if (!child.exitCode) {
        this.push(null)
        return
      }
      await settlesWithin(STDERR_GRACE, stderrClosed)
      const failure = `command [${command}] has exited with exit status ${child.exitCode}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${stderr}`
      this.destroy(new SshError(failure))
    })
  }

  /** Settles when stdout has ended, or when the child has exited and has written nothing for OUTPUT_GRACE. */
  async #waitForOutputEnd(): Promise<void> {
    const { stdout } = this.#child
    const closed = waitForEnd(stdout)
    await Promise.race([closed, this.exited])
    while (!(stdout.readableEnded || stdout.destroyed)) {
      await settlesWithin(OUTPUT_GRACE, closed)
      if (!stdout.isPaused() && Date.now() - this.#lastOutput >= OUTPUT_GRACE) return
    }
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Uint8Array, _: BufferEncoding, written: (error?: Error | null) => void): void {
    // Write errors are ignored: when the child is gone, its exit code and stderr are reported instead.
    this.#child.stdin.write(chunk, () => written())
  }

  override _final(ended: (error?: Error | null) => void): void {
    this.#child.stdin.end(() => ended())
  }

  /**
   * Closes the pipes, which makes ssh exit. The child gets no signal before all connections are closed, because it
   * may be the master of the others.
   */
  override _destroy(error: Error | null, destroyed: (error?: Error | null) => void): void {
    const { stdin, stdout, stderr } = this.#child
    for (const stream of [stdin, stdout, stderr]) stream.destroy()
    destroyed(error)
  }

  /** Closes the connection and settles when the child has exited. Sends signals to its process group if necessary. */
  async endChild(): Promise<void> {
    this.destroy()
    const { pid } = this.#child
    if (pid === undefined || (await settlesWithin(STDIN_GRACE, this.exited))) return
    signalGroup(pid, 'SIGTERM')
    if (await settlesWithin(SIGTERM_GRACE, this.exited)) return
    signalGroup(pid, 'SIGKILL')
    await this.exited
  }

  setKeepAlive(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  setTimeout(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal)
  } catch {
    // The group no longer exists.
  }
}

/** Settles when the stream has ended or is closed. */
function waitForEnd(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve).once('close', resolve)
  })
}

/** Returns whether the promise settles within `timeout` milliseconds. */
async function settlesWithin(timeout: number, settled: Promise<void>): Promise<boolean> {
  const stopWaiting = new AbortController()
  const expired = sleep(timeout, false, { signal: stopWaiting.signal }).catch(() => false)
  try {
    return await Promise.race([settled.then(() => true), expired])
  } finally {
    stopWaiting.abort()
  }
}

function startErrorMessage(error: unknown): string {
  return codeOf(error) === 'ENOENT' ? 'exec: "ssh": executable file not found in $PATH' : messageOf(error)
}
