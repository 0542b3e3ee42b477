import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchWithin } from '../support/launch.ts'
import { nodeProgram, programUnderTest } from './programs.ts'

/**
 * The short form of `npm run bench`: what a command needs for n, 4n and 16n objects, in counts, which do not depend on how
 * busy the machine is.
 */
const N = 100
const SIZES = [N, 4 * N, 16 * N] as const
const ROWS = [625, 2500, 10_000] as const
const LINES = [320_000, 1_280_000, 5_120_000] as const

/** As many requests are sent at the same time at most (src/cli/each.ts). */
const PARALLEL_REQUESTS = 50

/** What a row of a list may add to the peak of memory, in bytes. */
const MEMORY_OF_ROW = 8000

/** By how much the peak of memory may differ for the same work, in bytes, because garbage is collected at other times. */
const SLACK = 24 * 2 ** 20

/** The peak of memory for a stream of any length, in bytes: less than the log of the most lines has. */
const MEMORY_OF_STREAM = 150 * 2 ** 20

/**
 * A module that writes the peak of resident memory to a file when a Node program ends. On Linux, what `resourceUsage` says
 * includes the peak of the process that started the program.
 */
const REPORT_PEAK = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
process.on('exit', () => {
  const file = '/proc/self/status'
  const ofLinux = existsSync(file) ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  writeFileSync(process.env.PEAK_FILE, String(1024 * (ofLinux ?? process.resourceUsage().maxRSS)))
})
`

const TIMEOUT_MS = 60_000

const id = (number: number) => number.toString(16).padStart(12, '0').padEnd(64, '5')
const ids = (n: number) => Array.from({ length: n }, (_, number) => id(number))

/** A daemon with any number of objects that counts requests and connections. */
class CountingDaemon {
  requests = 0
  connections = 0
  readonly #server: Server
  #objects = 0

  constructor() {
    this.#server = createServer((request, response) => {
      this.requests += 1
      const path = (request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*/, '')
      response.setHeader('Api-Version', '1.50').setHeader('Ostype', 'linux')
      const { status, body } = responseTo(`${request.method} ${path}`, this.#objects)
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
    })
    this.#server.on('connection', () => {
      this.connections += 1
    })
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve) => void this.#server.listen(path, resolve))
  }

  /** Begins to count again, with another number of objects. */
  restart(objects: number): void {
    this.#objects = objects
    this.requests = 0
    this.connections = 0
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

interface Canned {
  readonly status: number
  readonly body?: string | Buffer
}

function responseTo(request: string, objects: number): Canned {
  const ok = (value: unknown): Canned => ({ status: 200, body: JSON.stringify(value) })
  if (/^(GET|HEAD) \/_ping/.test(request)) return { status: 200, body: 'OK' }
  if (request === 'GET /containers/json') return ok(ids(objects).map(containerOf))
  if (request === 'GET /images/json') return ok(ids(objects).map(imageOf))
  if (/\/logs$/.test(request)) return { status: 200, body: logOf(objects) }
  const inspected = /^GET \/containers\/(\w+)\/json$/.exec(request)?.[1]
  if (inspected) return ok({ Id: inspected, Name: '/web', State: {}, Config: { Tty: false }, HostConfig: {} })
  return { status: 204 }
}

const containerOf = (Id: string) => ({ Id, Names: [`/${Id}`], Image: 'img', Command: 'sh', Created: 1, Ports: [] })
const imageOf = (Id: string) => ({ Id: `sha256:${Id}`, RepoTags: [`${Id}:1`], Created: 1, Size: 1, Labels: null })

/** A log with as many lines, each in a frame of its own. */
function logOf(lines: number): Buffer {
  const line = Buffer.from('the quick brown fox jumps over the lazy dog\n')
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, line.length])
  const frame = Buffer.concat([header, line])
  return Buffer.alloc(lines * frame.length, frame)
}

interface Needs {
  readonly requests: number
  readonly connections: number
  /** The peak of resident memory in bytes; 0 for the executable, which cannot say it. */
  readonly memory: number
}

const node = nodeProgram()
const forms = [{ name: 'executable', program: programUnderTest() }, ...(node ? [{ name: 'node', program: node }] : [])]

describe.each(forms)('$name', ({ program }) => {
  let directory = ''
  let daemon: CountingDaemon

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-growth-'))
    daemon = new CountingDaemon()
    await daemon.listen(join(directory, 'socket'))
    await writeFile(join(directory, 'peak.mjs'), REPORT_PEAK)
  })
  afterEach(async () => {
    daemon.close()
    await rm(directory, { recursive: true })
  })

  /** Runs a command with each number of objects. @param args returns its arguments for a number */
  async function needsOf(args: (n: number) => readonly string[], sizes: readonly number[]): Promise<Needs[]> {
    const needs: Needs[] = []
    for (const n of sizes) needs.push(await needsAt(args(n), n))
    return needs
  }

  async function needsAt(args: readonly string[], n: number): Promise<Needs> {
    daemon.restart(n)
    const [file = '', ...words] = program
    const env = {
      HOME: directory,
      DOCKER_HOST: `unix://${directory}/socket`,
      NODE_OPTIONS: `--import=${directory}/peak.mjs`,
      PEAK_FILE: `${directory}/peak`,
    }
    const ending = await launchWithin(TIMEOUT_MS, { file, args: [...words, ...args], env, input: undefined })
    expect(ending).toMatchObject({ exitCode: 0, isTimedOut: false })
    expect(ending.stderr.toString()).toBe('')
    const { requests, connections } = daemon
    const peak = program === node ? Number(await readFile(`${directory}/peak`, 'utf8')) : 0
    return { requests, connections, memory: peak }
  }

  test.each([
    'rm',
    'stop',
    'start',
    'inspect --type container',
  ])('%s sends one request for each container, over a bounded number of connections', async (line) => {
    const [few, more, many] = await needsOf((n) => [...line.split(' '), ...ids(n)], SIZES)
    expect(few?.requests).toBe(N + 1)
    expect(more?.requests).toBe(4 * N + 1)
    expect(many?.requests).toBe(16 * N + 1)
    expect(many?.connections).toBeLessThanOrEqual(PARALLEL_REQUESTS)
  })

  test.each([
    'ps -a',
    'ps -a --format json',
    'images',
    'images --format json',
  ])('%s sends the same requests for any number of rows, and needs memory in proportion', async (line) => {
    const [few, more, many] = await needsOf(() => line.split(' '), ROWS)
    expect([more?.requests, many?.requests]).toEqual([few?.requests, few?.requests])
    expect(many?.connections).toBe(few?.connections)
    expect((many?.memory ?? 0) - (few?.memory ?? 0)).toBeLessThan((ROWS[2] - ROWS[0]) * MEMORY_OF_ROW + SLACK)
  })

  test('logs sends the same requests for any number of lines, and needs at most 150 MiB', async () => {
    const [few, , many] = await needsOf(() => ['logs', 'web'], LINES)
    expect(many?.requests).toBe(few?.requests)
    expect(many?.memory).toBeLessThan(MEMORY_OF_STREAM)
  })
})
