import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { Duplex, type Readable, type Writable } from 'node:stream'
import type { SshDestination } from '../domain/endpoint.ts'
import { SshError } from '../domain/errors.ts'
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
    const child = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'pipe'] })
    return childDuplex(child, `ssh ${args.join(' ')}`)
  }
}

function sshArguments({ user, hostname, port, path }: SshDestination): string[] {
  return [
    ...(user === '' ? [] : ['-l', user]),
    ...(port === '' ? [] : ['-p', port]),
    ...['-o', 'ConnectTimeout=30', '-T', '--', hostname, 'docker'],
    ...(path === '' ? [] : ['--host', `unix://${path}`]),
    ...['system', 'dial-stdio'],
  ]
}

/** A child's stdin and stdout as one connection; its stderr becomes the error when it fails. */
function childDuplex(child: ChildProcessByStdio<Writable, Readable, Readable>, command: string): Duplex {
  const connection = Duplex.from({ writable: child.stdin, readable: child.stdout })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4096)
  })
  child.stdin.on('error', () => {})
  const fail = (how: string) =>
    connection.destroy(
      new SshError(
        `command [${command}] has ${how}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${complaint}`,
      ),
    )
  child.on('error', (error) => fail(`failed to start (${error.message})`))
  child.on('close', (status) => {
    if (status !== 0 && status !== null) fail(`exited with exit status ${status}`)
  })
  connection.on('close', () => child.kill())
  return connection
}
