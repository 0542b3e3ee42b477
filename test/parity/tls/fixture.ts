import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { CertificateMaker } from '../../support/certificates.ts'
import { launchWithin } from '../../support/launch.ts'
import type { TlsCase, TlsContext } from './cases.ts'

/** The outcome of `ps -q`, and how the client connected to the daemon. */
export interface TlsOutcome {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  /** How the client connected: `nothing`, `plain`, `TLS`, `TLS with the certificate of NAME` or `TLS refused`. */
  readonly seen: string
}

/**
 * Certificates and keys of every kind, and daemons that accept plain HTTP and TLS and record which one a client used.
 */
export class TlsFixture {
  readonly #root: string

  private constructor(root: string) {
    this.#root = root
  }

  static async open(): Promise<TlsFixture> {
    const root = await mkdtemp(join(tmpdir(), 'tug-tls-'))
    const maker = new CertificateMaker(root)
    const authority = await maker.authority('authority')
    const all = await maker.certificate('all', authority)
    const stranger = await maker.certificate('stranger', await maker.authority('other-authority'))
    await makeKeys(root, all)
    const fixture = new TlsFixture(root)
    await fixture.#directory('none', {})
    await fixture.#directory('ca', { 'ca.pem': 'all/ca.pem' })
    await fixture.#directory('no-ca', { 'cert.pem': 'all/cert.pem', 'key.pem': 'all/key.pem' })
    await fixture.#directory('cert-alone', { 'ca.pem': 'all/ca.pem', 'cert.pem': 'all/cert.pem' })
    await fixture.#directory('key-alone', { 'ca.pem': 'all/ca.pem', 'key.pem': 'all/key.pem' })
    await fixture.#directory('directories', { 'ca.pem': 'all/ca.pem' })
    await mkdir(join(root, 'directories', 'cert.pem'))
    await mkdir(join(root, 'directories', 'key.pem'))
    const ca = await readFile(join(all, 'ca.pem'), 'utf8')
    const other = await readFile(join(stranger, 'ca.pem'), 'utf8')
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    await writeFile(join(root, 'bundle.pem'), `# both\n${other}\nand\n${ca}`)
    await writeFile(join(root, 'broken-bundle.pem'), `${broken}${ca}`)
    await writeFile(join(root, 'broken-key.pem'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')
    await writeFile(join(root, 'junk.pem'), 'junk\n')
    await writeFile(join(root, 'empty.pem'), '')
    return fixture
  }

  async close(): Promise<void> {
    await rm(this.#root, { recursive: true })
  }

  /** Runs `ps -q` with the program. */
  async run(program: readonly string[], tlsCase: TlsCase): Promise<TlsOutcome> {
    const home = await mkdtemp(join(tmpdir(), 'tug-tls-home-'))
    const daemon = await TwoWayDaemon.listen(join(this.#root, 'all'))
    const placed = (text: string) => text.replaceAll('<files>', this.#root)
    try {
      const isDefault = tlsCase.certificates.startsWith('~')
      if (isDefault)
        await cp(join(this.#root, tlsCase.certificates.slice(1)), join(home, '.docker'), { recursive: true })
      if (tlsCase.context) await this.#writeContext(home, daemon.host, tlsCase.context)
      const { exit, stdout, stderr } = await execute(
        [...program, ...tlsCase.flags.map(placed), ...(tlsCase.context ? ['-c', 'low'] : []), 'ps', '-q'],
        {
          HOME: home,
          PATH: '/nonexistent',
          ...(tlsCase.context ? {} : { DOCKER_HOST: daemon.host }),
          ...(isDefault ? {} : { DOCKER_CERT_PATH: join(this.#root, tlsCase.certificates) }),
          ...tlsCase.env,
        },
      )
      const hidden = (text: string) =>
        text.replaceAll(this.#root, '<files>').replaceAll(home, '<home>').replaceAll(daemon.hostport, '<hostport>')
      return { exit, stdout: hidden(stdout), stderr: hidden(stderr), seen: daemon.seen }
    } finally {
      await daemon.close()
      await rm(home, { recursive: true })
    }
  }

  async #directory(name: string, files: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(join(this.#root, name))
    for (const [file, source] of Object.entries(files)) {
      await copyFile(join(this.#root, source), join(this.#root, name, file))
    }
  }

  async #writeContext(home: string, host: string, { skipTlsVerify, files }: TlsContext): Promise<void> {
    const id = createHash('sha256').update('low').digest('hex')
    const contexts = join(home, '.docker', 'contexts')
    await mkdir(join(contexts, 'meta', id), { recursive: true })
    const endpoint = { Host: host, SkipTLSVerify: skipTlsVerify }
    const meta = { Name: 'low', Metadata: {}, Endpoints: { docker: endpoint } }
    await writeFile(join(contexts, 'meta', id, 'meta.json'), JSON.stringify(meta))
    if (files === undefined) return
    const directory = join(contexts, 'tls', id, 'docker')
    await mkdir(directory, { recursive: true })
    for (const [name, source] of Object.entries(files)) {
      await copyFile(join(this.#root, source), join(directory, name))
    }
  }
}

/** Creates private keys in all common formats. */
async function makeKeys(root: string, all: string): Promise<void> {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: root, stdio: 'pipe' })
  const key = join(all, 'key.pem')
  openssl('rsa', '-in', key, '-traditional', '-aes128', '-passout', 'pass:secret', '-out', 'encrypted.pem')
  openssl('pkcs8', '-topk8', '-in', key, '-passout', 'pass:secret', '-out', 'encrypted-pkcs8.pem')
  openssl('rsa', '-in', key, '-traditional', '-out', 'traditional.pem')
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'elliptic.pem')
}

/** The first byte of a TLS handshake. */
const HANDSHAKE = 0x16

/** A daemon that accepts plain HTTP and TLS on one port. */
class TwoWayDaemon {
  readonly #sockets = new Set<Socket>()
  readonly #outer = createServer((socket) => this.#take(socket))
  readonly #http = createHttpServer((request, response) => this.#respond(request, response))
  readonly #https: ReturnType<typeof createHttpsServer>
  #port = 0
  #seen = 'nothing'

  private constructor(identity: { cert: Buffer; key: Buffer; ca: Buffer }) {
    this.#https = createHttpsServer(
      { ...identity, requestCert: true, rejectUnauthorized: false },
      (request, response) => this.#respond(request, response),
    ).on('tlsClientError', () => {
      if (this.#seen === 'nothing') this.#seen = 'TLS refused'
    })
  }

  static async listen(certificates: string): Promise<TwoWayDaemon> {
    const file = (name: string) => readFile(join(certificates, name))
    const daemon = new TwoWayDaemon({
      cert: await file('cert.pem'),
      key: await file('key.pem'),
      ca: await file('ca.pem'),
    })
    await new Promise<void>((resolve) => daemon.#outer.listen(0, '127.0.0.1', resolve))
    const address = daemon.#outer.address()
    daemon.#port = typeof address === 'object' && address !== null ? address.port : 0
    return daemon
  }

  get hostport(): string {
    return `127.0.0.1:${this.#port}`
  }

  get host(): string {
    return `tcp://${this.hostport}`
  }

  get seen(): string {
    return this.#seen
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#outer.close(resolve))
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', (chunk) => {
      socket.pause()
      const server = chunk[0] === HANDSHAKE ? this.#https : this.#http
      server.emit('connection', socket)
      socket.unshift(chunk)
      socket.resume()
    })
  }

  #respond({ socket, url = '' }: IncomingMessage, response: ServerResponse): void {
    this.#seen = 'plain'
    if (socket instanceof TLSSocket) {
      const name = socket.getPeerCertificate().subject?.CN
      this.#seen = name === undefined ? 'TLS' : `TLS with the certificate of ${name}`
    }
    response.setHeader('Api-Version', '1.50').setHeader('Ostype', 'linux').setHeader('Connection', 'close')
    response.end(url.endsWith('/_ping') ? 'OK' : '[]')
  }
}

async function execute(
  [file = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Pick<TlsOutcome, 'exit' | 'stdout' | 'stderr'>> {
  const { exitCode, stdout, stderr } = await launchWithin(20_000, { file, args, env, input: undefined })
  return { exit: exitCode ?? -1, stdout: stdout.toString(), stderr: stderr.toString() }
}
