import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Contents } from './daemon.ts'

/**
 * A daemon that sends canned responses, so that only the client's time is measured. `argv[2]` is the path of its socket or
 * its IP address, `argv[3]` its `Contents` in JSON, and `argv[4]` the directory of its certificate, if it has one. Verbs on
 * containers succeed. Prints the value of DOCKER_HOST when it listens.
 */
const [listenAt = '', text = '{}', certificates = ''] = process.argv.slice(2)
const contents: Contents = JSON.parse(text)
const CREATED = Math.floor(Date.now() / 1000) - 86_400
const LINES_AT_ONCE = 10_000
const PIECE = 2 ** 20

const id = (number: number) => number.toString(16).padStart(12, '0').padEnd(64, '5')
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const listOf = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))

const bridge = {
  IPAMConfig: null,
  Links: null,
  Aliases: null,
  NetworkID: id(7),
  EndpointID: id(8),
  Gateway: '172.17.0.1',
  IPAddress: '172.17.0.2',
  IPPrefixLen: 16,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  MacAddress: '02:42:ac:11:00:02',
  DriverOpts: null,
}

const containers = listOf(contents.containers ?? 0, (number) => ({
  Id: id(number),
  Names: [`/happy_turtle_${number}`],
  Image: 'friendlyhello',
  ImageID: `sha256:${id(number % 50)}`,
  Command: 'python app.py',
  Created: CREATED - number * 60,
  Ports: number < 3 ? [{ IP: '0.0.0.0', PrivatePort: 5000, PublicPort: 4000 + number, Type: 'tcp' }] : [],
  Labels: { 'com.example.project': 'get-started', 'com.example.number': String(number) },
  State: number < 3 ? 'running' : 'exited',
  Status: number < 3 ? 'Up 24 hours' : 'Exited (0) 23 hours ago',
  HostConfig: { NetworkMode: 'default' },
  NetworkSettings: { Networks: { bridge } },
  Mounts: [],
}))

const images = listOf(contents.images ?? 0, (number) => ({
  Id: `sha256:${id(number)}`,
  ParentId: '',
  RepoTags: [`gordon/friendlyhello:v0.${number}`],
  RepoDigests: [],
  Created: CREATED - number * 3600,
  Size: 132_000_000 + number,
  SharedSize: -1,
  Labels: {},
  Containers: -1,
}))

const volumes = listOf(contents.volumes ?? 0, (number) => ({
  CreatedAt: '2026-01-02T03:04:05Z',
  Driver: 'local',
  Labels: null,
  Mountpoint: `/var/lib/docker/volumes/data_${number}/_data`,
  Name: `data_${number}`,
  Options: null,
  Scope: 'local',
}))

const responses = {
  containers: json(containers),
  running: json(containers.filter(({ State }) => State === 'running')),
  images: json(images),
  volumes: json({ Volumes: volumes, Warnings: null }),
  version: json({ Version: '28.2.2', ApiVersion: '1.50', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' }),
}

/** Returns what the daemon reports about one container; as much of it as commands read, and lists of some length. */
function inspected(nameOrId: string) {
  return {
    Id: id(Number.parseInt(nameOrId, 16) || 0),
    Created: '2026-01-02T03:04:05.678901234Z',
    Path: 'python',
    Args: ['app.py'],
    State: { Status: 'running', Running: true, Paused: false, Pid: 4242, ExitCode: 0, Error: '' },
    Image: `sha256:${id(1)}`,
    Name: `/${nameOrId}`,
    RestartCount: 0,
    Driver: 'overlay2',
    Platform: 'linux',
    Mounts: listOf(4, (number) => ({
      Type: 'bind',
      Source: `/srv/${number}`,
      Destination: `/data/${number}`,
      RW: true,
    })),
    HostConfig: { Binds: listOf(4, (number) => `/srv/${number}:/data/${number}`), NetworkMode: 'default' },
    Config: {
      Hostname: nameOrId.slice(0, 12),
      Tty: contents.isTty ?? false,
      Env: listOf(20, (number) => `VARIABLE_${number}=value ${number}`),
      Cmd: ['python', 'app.py'],
      Image: 'friendlyhello',
      Labels: { 'com.example.project': 'get-started' },
    },
    NetworkSettings: { Bridge: '', Networks: { bridge } },
  }
}

function statistics(number: number) {
  const usage = { cpu_usage: { total_usage: 4e9, usage_in_usermode: 1e9 }, system_cpu_usage: 9e12, online_cpus: 2 }
  return {
    id: id(number),
    name: `/happy_turtle_${number}`,
    read: '2026-01-02T03:04:05.678901234Z',
    preread: '2026-01-02T03:04:04.678901234Z',
    pids_stats: { current: 3 },
    cpu_stats: usage,
    precpu_stats: { ...usage, cpu_usage: { total_usage: 3.9e9 }, system_cpu_usage: 8.9e12 },
    memory_stats: { usage: 25_000_000, limit: 8_000_000_000, stats: { inactive_file: 1_000_000 } },
    blkio_stats: { io_service_bytes_recursive: [{ major: 8, minor: 0, op: 'Read', value: 4096 }] },
    networks: { eth0: { rx_bytes: 1000, tx_bytes: 2000 } },
  }
}

/** Returns a chunk of a chunked body. Daemons send each line of a log and each event as one. */
function chunk(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n')])
}

/** Returns about 1 MiB of a container's log, in lines of 100 bytes, each in a frame unless there is a terminal. */
function logPiece(): Buffer {
  const line = Buffer.from(`${'a line of a log '.repeat(7).slice(0, 99)}\n`)
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, line.length])
  const sent = chunk(contents.isTty ? line : Buffer.concat([header, line]))
  return Buffer.concat(listOf(LINES_AT_ONCE, () => sent))
}

function event(number: number): Buffer {
  const attributes = { image: 'friendlyhello', name: `happy_turtle_${number}`, exitCode: '0' }
  const seconds = CREATED + number
  const actor = { ID: id(number), Attributes: attributes }
  const old = { status: 'die', id: id(number), from: 'friendlyhello' }
  const scope = { scope: 'local', time: seconds, timeNano: seconds * 1e9 }
  const fields = { ...old, Type: 'container', Action: 'die', Actor: actor, ...scope }
  return chunk(Buffer.from(`${JSON.stringify(fields)}\n`))
}

/** Sends a chunked body piece by piece, as fast as the client reads, and closes the connection. */
async function send(socket: Socket, head: string, pieces: Iterable<Buffer>): Promise<void> {
  socket.write(head)
  for (const piece of pieces) if (!socket.write(piece)) await once(socket, 'drain')
  socket.end('0\r\n\r\n')
}

function* repeated(piece: Buffer, lines: number): Iterable<Buffer> {
  for (let sent = 0; sent < lines; sent += LINES_AT_ONCE) yield piece
}

const log = logPiece()
const events = Buffer.concat(listOf(contents.events ?? 0, event))
const eventPieces = listOf(Math.ceil(events.length / PIECE), (at) => events.subarray(at * PIECE, (at + 1) * PIECE))

const respond: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://docker')
  const path = pathname.replace(/^\/v[\d.]+/, '')
  const headers = { 'Api-Version': '1.50', Ostype: 'linux', Server: 'Docker/28.2.2 (linux)' }
  const reply = (body: Buffer | string, type = 'application/json') =>
    response
      .writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
      .end(request.method === 'HEAD' ? undefined : body)
  const stream = (pieces: Iterable<Buffer>, type: string) => {
    const fields = Object.entries({ ...headers, 'Content-Type': type, 'Transfer-Encoding': 'chunked' })
    const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`)
    void send(request.socket, `HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`, pieces)
  }
  request.resume()
  const [, object, nameOrId = '', part] = path.split('/')
  if (path.startsWith('/_ping')) reply('OK', 'text/plain')
  else if (path === '/version') reply(responses.version)
  else if (path === '/containers/json') reply(searchParams.has('all') ? responses.containers : responses.running)
  else if (path === '/images/json') reply(responses.images)
  else if (path === '/volumes') reply(responses.volumes)
  else if (path === '/events') stream(eventPieces, 'application/json')
  else if (object !== 'containers') response.writeHead(404, headers).end('{"message":"page not found"}')
  else if (request.method === 'DELETE' || request.method === 'POST') response.writeHead(204, headers).end()
  else if (part === 'json') reply(json(inspected(nameOrId)))
  else if (part === 'stats') reply(json(statistics(Number.parseInt(nameOrId.slice(0, 12), 16) || 0)))
  else if (part === 'logs') {
    stream(
      repeated(log, contents.logLines ?? 0),
      `application/vnd.docker.${contents.isTty ? 'raw' : 'multiplexed'}-stream`,
    )
  } else response.writeHead(404, headers).end('{"message":"page not found"}')
}

const certificateFile = (name: string) => readFileSync(join(certificates, name))
const server =
  certificates === ''
    ? createServer(respond)
    : createTlsServer({ cert: certificateFile('cert.pem'), key: certificateFile('key.pem') }, respond)
server.listen(listenAt.startsWith('/') ? { path: listenAt } : { host: listenAt, port: 0 }, () => {
  const address = server.address()
  console.log(typeof address === 'object' ? `tcp://${listenAt}:${address?.port}` : `unix://${listenAt}`)
})
