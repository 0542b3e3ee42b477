import { Duplex, type Readable, type Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SshDestination } from '../../domain/context/endpoint.ts'
import { codeOf, messageOf, SshError } from '../../domain/errors.ts'
import { type ChildProcessByStdio, spawnProgram } from '../../programs/programs.ts'
import { http } from './node-http.ts'

// How long each step of a child's end may take before the next one, in milliseconds.

/** From the end of our side until ssh ends by itself. */
const STDIN_GRACE = 300
/** From SIGTERM until SIGKILL. */
const SIGTERM_GRACE = 1000
/**
 * From the end of stdout until the child exits with a status that tells whether it failed: short where the far side was
 * reached, as a child that is the master of other connections goes on as long as they do.
 */
const EXIT_GRACE = { reached: 200, notReached: 5000 } as const
/** From its exit until stdout, which something else keeps open, counts as ended. */
const OUTPUT_GRACE = 200
/** From its exit until stderr, which something else keeps open, counts as read. */
const STDERR_GRACE = 200

/** Reaches the daemon as docker does: `ssh … docker system dial-stdio`, so ~/.ssh/config, agents and jump hosts count. */
export class SshAgent extends http.Agent {
  readonly #destination: SshDestination
  readonly #connections = new Set<ChildConnection>()

  constructor(destination: SshDestination) {
    super({ keepAlive: true })
    this.#destination = destination
  }

  override createConnection(): Duplex {
    const args = sshArguments(this.#destination)
    // In a session of its own, as docker has it: Ctrl-C on our terminal is for us, and must not cut the connection.
    const child = spawnProgram('ssh', args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
    const connection = new ChildConnection(child, `ssh ${args.join(' ')}`)
    this.#connections.add(connection)
    void connection.exited.then(() => this.#connections.delete(connection))
    return connection
  }

  /** Closes all connections and settles when no child is left. */
  async close(): Promise<void> {
    this.destroy()
    await Promise.all(Array.from(this.#connections, (connection) => connection.endChild()))
  }
}

function sshArguments({ user, hostname, port, path }: SshDestination): string[] {
  return [
    ...['-o', 'ConnectTimeout=30', '-T'],
    ...(user === '' ? [] : ['-l', user]),
    ...(port === '' ? [] : ['-p', port]),
    ...['--', hostname, 'docker'],
    ...(path === '' ? [] : hostWords(path)),
    ...['system', 'dial-stdio'],
  ]
}

/**
 * The flag that names the socket on the far side, where a shell reads it: what is more than a plain path is quoted, in
 * the form of docker 28.3.2. The path holds nothing that cannot be quoted.
 */
function hostWords(path: string): string[] {
  if (/^[\w./-]+$/.test(path)) return ['--host', `unix://${path}`]
  const word = `--host=unix://${path}`
  return [word.includes("'") ? `"${word.replace(/["\\`$]/g, '\\$&')}"` : `'${word}'`]
}

/**
 * A child's stdin and stdout as one connection, with what an agent asks of a socket that it keeps. Its end is reported
 * once the child has exited: by then it is known whether it failed and what it wrote to stderr. Other processes may
 * have inherited its descriptors and keep them open, such as a master connection (`ControlPersist`), so these are not
 * waited for.
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
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-4096)
    })
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk: Buffer) => {
      this.#lastOutput = Date.now()
      if (!this.push(chunk)) child.stdout.pause()
    })
    child.on('error', (error) => this.destroy(new SshError(startFailure(error))))
    const stderrClosed = closeOf(child.stderr)
    void this.#outputEnd().then(async () => {
      await within(this.#lastOutput > 0 ? EXIT_GRACE.reached : EXIT_GRACE.notReached, this.exited)
      if (!child.exitCode) {
        this.push(null)
        return
      }
      await within(STDERR_GRACE, stderrClosed)
      const failure = `command [${command}] has exited with exit status ${child.exitCode}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${complaint}`
      this.destroy(new SshError(failure))
    })
  }

  /** Settles when stdout has ended, or the child has exited and nothing more has come for a while. */
  async #outputEnd(): Promise<void> {
    const { stdout } = this.#child
    const closed = closeOf(stdout)
    await Promise.race([closed, this.exited])
    while (!(stdout.readableEnded || stdout.destroyed)) {
      await within(OUTPUT_GRACE, closed)
      if (!stdout.isPaused() && Date.now() - this.#lastOutput >= OUTPUT_GRACE) return
    }
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Uint8Array, _: BufferEncoding, written: (error?: Error | null) => void): void {
    // A child that has gone says why by its exit status; that it takes no more is not worth a word.
    this.#child.stdin.write(chunk, () => written())
  }

  override _final(ended: (error?: Error | null) => void): void {
    this.#child.stdin.end(() => ended())
  }

  /**
   * Ends stdin, which ends ssh by itself. It gets no signal before all connections are closed: it may be the master that
   * carries the others.
   */
  override _destroy(error: Error | null, destroyed: (error?: Error | null) => void): void {
    const { stdin, stdout, stderr } = this.#child
    for (const stream of [stdin, stdout, stderr]) stream.destroy()
    destroyed(error)
  }

  /** Closes the connection and settles when the child has exited, which signals to its process group see to. */
  async endChild(): Promise<void> {
    this.destroy()
    const { pid } = this.#child
    if (pid === undefined || (await within(STDIN_GRACE, this.exited))) return
    signalGroup(pid, 'SIGTERM')
    if (await within(SIGTERM_GRACE, this.exited)) return
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
    // It has just ended.
  }
}

/** Settles when the stream has ended or is closed. */
function closeOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve).once('close', resolve)
  })
}

/** Whether the promise settles within so many milliseconds; waits no longer. */
async function within(patience: number, settled: Promise<void>): Promise<boolean> {
  const stopWaiting = new AbortController()
  const expired = sleep(patience, false, { signal: stopWaiting.signal }).catch(() => false)
  try {
    return await Promise.race([settled.then(() => true), expired])
  } finally {
    stopWaiting.abort()
  }
}

function startFailure(error: unknown): string {
  return codeOf(error) === 'ENOENT' ? 'exec: "ssh": executable file not found in $PATH' : messageOf(error)
}
