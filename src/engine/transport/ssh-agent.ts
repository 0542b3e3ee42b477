import { Duplex, type Readable, type Writable } from 'node:stream'
import type { SshDestination } from '../../domain/context/endpoint.ts'
import { codeOf, messageOf, SshError } from '../../domain/errors.ts'
import { type ChildProcessByStdio, spawnProgram } from '../../programs/programs.ts'
import { http } from './node-http.ts'

/** Reaches the daemon as docker does: `ssh … docker system dial-stdio`, so ~/.ssh/config, agents and jump hosts count. */
export class SshAgent extends http.Agent {
  readonly #destination: SshDestination

  constructor(destination: SshDestination) {
    super({ keepAlive: true })
    this.#destination = destination
  }

  override createConnection(): Duplex {
    const args = sshArguments(this.#destination)
    return new ChildConnection(spawnProgram('ssh', args, { stdio: ['pipe', 'pipe', 'pipe'] }), `ssh ${args.join(' ')}`)
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
 * A child's stdin and stdout as one connection, with what an agent asks of a socket that it keeps. Its end is told only
 * when the child has ended: then it is known whether it failed, and what it said of that on stderr.
 */
class ChildConnection extends Duplex {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>, command: string) {
    super()
    this.#child = child
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-4096)
    })
    child.stdin.on('error', () => {})
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause()
    })
    child.on('error', (error) => this.destroy(new SshError(startFailure(error))))
    child.on('close', (status) => {
      const failure = `command [${command}] has exited with exit status ${status}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${complaint}`
      if (status === 0 || status === null) this.push(null)
      else this.destroy(new SshError(failure))
    })
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

  override _destroy(error: Error | null, destroyed: (error?: Error | null) => void): void {
    this.#child.kill()
    destroyed(error)
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

function startFailure(error: unknown): string {
  return codeOf(error) === 'ENOENT' ? 'exec: "ssh": executable file not found in $PATH' : messageOf(error)
}
