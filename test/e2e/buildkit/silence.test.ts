import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { RunningProgram } from '../session/program.ts'

/** Podman has no BuildKit. */
const withBuildKit = combinations().filter(({ engine }) => engine.kind !== 'podman')

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-silence-'))
  await writeFile(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
})
afterEach(() => rm(directory, { recursive: true }))

/** A server that accepts connections and reads requests, but never responds. */
class SilentServer implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Duplex>()
  /** Settles when it has received a request. */
  readonly requested: Promise<void>

  private constructor(server: Server, event: 'data' | 'upgrade') {
    this.#server = server
    const requested = Promise.withResolvers<void>()
    this.requested = requested.promise
    server.on('connection', (socket: Duplex) => {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      if (event === 'data') socket.on('data', () => requested.resolve())
    })
    server.on('upgrade', () => requested.resolve())
  }

  static async open(): Promise<SilentServer> {
    const silent = new SilentServer(createServer(), 'data')
    silent.#server.listen(0, '127.0.0.1')
    await once(silent.#server, 'listening')
    return silent
  }

  /** Starts a daemon that responds only to pings. */
  static async daemon(path: string): Promise<SilentServer> {
    const headers = { 'Api-Version': '1.45', 'Builder-Version': '2', Ostype: 'linux' }
    const server = createHttpServer((request, response) => {
      if (request.url?.endsWith('/_ping')) response.writeHead(200, headers).end()
    })
    const silent = new SilentServer(server, 'upgrade')
    server.listen(path)
    await once(server, 'listening')
    return silent
  }

  get host(): string {
    const address = this.#server.address()
    return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }
}

describe.each(programs)('$name and a daemon that stops responding', (program) => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the build', async (signal) => {
    const socket = join(directory, 'silent.sock')
    await using daemon = await SilentServer.daemon(socket)
    const shell = await Shell.open(program, { socket })
    try {
      await using build = new RunningProgram(shell, `tug build ${directory}`)
      // docker waits half a minute for the daemon.
      await daemon.requested
      build.signal(signal)
      expect(await build.ending()).toMatchObject({ exitCode: 130, stdout: '' })
    } finally {
      await shell.close()
    }
  })
})

describe.each(withBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
  })
  afterAll(() => shell.close())

  const CANCELED = 'failed to solve: Canceled: context canceled'
  test.each([
    ['a registry that is pulled from', 'FROM <host>/base\n', '', CANCELED],
    ['a registry that is pushed to', '', '--push -t <host>/image', 'context canceled'],
    ['a server that is copied from', 'FROM scratch\nADD http://<host>/file /\n', '', CANCELED],
    ['a server with the Dockerfile', '', '-f http://<host>/Dockerfile', CANCELED],
  ])('%s is silent', async (_, dockerfile, args, reason) => {
    await using silent = await SilentServer.open()
    if (dockerfile !== '') await writeFile(join(directory, 'Dockerfile'), dockerfile.replace('<host>', silent.host))
    await using build = new RunningProgram(shell, `tug build ${args.replace('<host>', silent.host)} ${directory}`)
    await silent.requested
    build.signal('SIGINT')
    const { exitCode, stdout, stderr } = await build.ending()
    expect(stderr.split('\n').filter((line) => line.startsWith('ERROR'))).toEqual([`ERROR: failed to build: ${reason}`])
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' })
  })
})
