/** The bytes that a daemon sends in response to one request, and what happens to the connection afterwards. */
export interface RawReply {
  readonly bytes: string
  /** `keep` leaves the connection open without sending anything. */
  readonly after: 'end' | 'keep'
}

/** A command, and the request of it that gets an odd response. All its other requests get ordinary ones. */
export interface ResponseCase {
  readonly kind: string
  readonly args: readonly string[]
  /** Matches the method and the path of the request: `POST /exec/e/start`. */
  readonly request: RegExp
  readonly reply: RawReply
}

export function responseCaseName({ args, request, kind }: ResponseCase): string {
  return `${args.join(' ')} # ${kind} for ${request.source.replaceAll('\\', '')}`
}

const JSON_TYPE = 'Content-Type: application/json\r\n'
const keep = (bytes: string): RawReply => ({ bytes, after: 'keep' })
const end = (bytes: string): RawReply => ({ bytes, after: 'end' })
const counted = (body: string, headers = '') =>
  `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`
const chunked = (body: string, headers = '') => `HTTP/1.1 200 OK\r\n${headers}Transfer-Encoding: chunked\r\n\r\n${body}`

/** Responses to a request for a raw stream that are no upgrade, and upgrades that are odd. */
const upgrades: Readonly<Record<string, RawReply>> = {
  '200 without a body': keep(counted('')),
  '200 with a body': keep(counted('no\n')),
  '200 without a length, kept open': keep('HTTP/1.1 200 OK\r\n\r\n'),
  '200 in chunks without an end': keep(chunked('3\r\nno\n\r\n')),
  '200 with a cut body': end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nno\n'),
  204: keep('HTTP/1.1 204 No Content\r\n\r\n'),
  304: keep('HTTP/1.1 304 Not Modified\r\n\r\n'),
  '404 with a message': keep(`HTTP/1.1 404 Not Found\r\n${JSON_TYPE}Content-Length: 16\r\n\r\n{"message":"no"}`),
  '404 with a cut message': end(`HTTP/1.1 404 Not Found\r\n${JSON_TYPE}Content-Length: 20\r\n\r\n{"message":"no"}`),
  '500 without a length, kept open': keep('HTTP/1.1 500 Internal Server Error\r\n\r\n'),
  '101 without headers': end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  '101 without a reason': end('HTTP/1.1 101\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'),
  '101 after 100 Continue': end(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
  ),
  'nothing at all': end(''),
  'a part of a head': end('HTTP/1.1 101 UPGRADED\r\nConn'),
}

/** Responses to other requests whose bodies are missing, cut or unexpected. */
const bodies: Readonly<Record<string, RawReply>> = {
  '200 without a body': keep(counted('')),
  '200 with a cut body': end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"a"'),
  '200 with cut chunks': end(chunked('4\r\n{"a"\r\n')),
  '200 with half a chunk': end(chunked('9\r\n{"a"')),
  204: keep('HTTP/1.1 204 No Content\r\n\r\n'),
  '204 with a length': keep('HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'),
  304: keep('HTTP/1.1 304 Not Modified\r\n\r\n'),
  '304 with a length': keep('HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'),
  'a response after 100 Continue': keep(`HTTP/1.1 100 Continue\r\n\r\n${counted('')}`),
  'a response after 102 and 103': keep(
    `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${counted('')}`,
  ),
  'six informational responses': keep(`${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(6)}${counted('')}`),
  'an error after 100 Continue': keep('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno'),
  'a bare 101': end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  'a 101 with an upgrade': end('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'),
}

const commands: readonly (readonly [args: string, request: RegExp])[] = [
  ['events', /GET \/events/],
  ['logs a', /GET \/containers\/a\/logs/],
  ['pull x', /POST \/images\/create/],
  ['save -o <dir>/out x', /GET \/images\/get/],
  ['export -o <dir>/out a', /GET \/containers\/a\/export/],
  ['wait a', /POST \/containers\/a\/wait/],
  ['run x', /POST \/containers\/c\/wait/],
  ['run -d x', /POST \/containers\/create/],
  ['run x', /POST \/containers\/c\/start/],
  ['start a', /POST \/containers\/a\/start/],
  ['stats --no-stream a', /GET \/containers\/a\/stats/],
  ['ps', /GET \/containers\/json/],
  ['inspect a', /GET \/containers\/a\/json/],
  ['cp a:/f <dir>/out', /GET \/containers\/a\/archive/],
  ['exec a b', /POST \/containers\/a\/exec/],
  ['exec a b', /GET \/exec\/e\/json/],
]

const upgraded: readonly (readonly [args: string, request: RegExp])[] = [
  ['exec a b', /POST \/exec\/e\/start/],
  ['run x', /POST \/containers\/c\/attach/],
  ['run -i x', /POST \/containers\/c\/attach/],
  ['start -a a', /POST \/containers\/a\/attach/],
  ['attach a', /POST \/containers\/a\/attach/],
]

const list = '[{"Id":"0123456789abcdef"}]'
const MEGABYTE = 1024 * 1024

/** Lengths of chunks, where `$` is the right one in hexadecimal. */
const chunkLengths = [
  '-$',
  '0x$',
  '0X$',
  '+$',
  ' $',
  '$ ',
  '$\t',
  '$;a=b',
  '$ ;a',
  '',
  ' ',
  ';',
  'g',
  '$g',
  '$,',
  '0000000000000$',
  '00000000000000000$',
  'ffffffffffffffff',
  '7fffffffffffffff',
  '8000000000000000',
  '10000000000000000',
  '1e1',
  '$\0',
  '$\x0b',
  '-0',
  '0x0',
]

const chunkBodies: Readonly<Record<string, (body: string) => string>> = {
  'chunks with line feeds alone': (body) => `${body.length.toString(16)}\n${body}\n0\n\n`,
  'chunks with a wrong end': (body) => `${body.length.toString(16)}\r\n${body}XX0\r\n\r\n`,
  'chunks with a trailer': (body) => `${body.length.toString(16)}\r\n${body}\r\n0\r\nA: b\r\n\r\n`,
  'chunks with a malformed trailer': (body) => `${body.length.toString(16)}\r\n${body}\r\n0\r\nnothing\r\n\r\n`,
  'chunks without the last line': (body) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n`,
  'a chunk with a line of 5,000 bytes': (body) =>
    `${body.length.toString(16)};${'x'.repeat(5000)}\r\n${body}\r\n0\r\n\r\n`,
}

/** Heads of responses, with the body that follows. */
const heads: Readonly<Record<string, (body: string) => string>> = {
  'a negative length': (body) => `HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n${body}`,
  'a hexadecimal length': (body) => `HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n${body}`,
  'a length with a sign': (body) => `HTTP/1.1 200 OK\r\nContent-Length: +${body.length}\r\n\r\n${body}`,
  'a length with an exponent': (body) => `HTTP/1.1 200 OK\r\nContent-Length: 1e2\r\n\r\n${body}`,
  'a length past 64 bits': (body) => `HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n${body}`,
  'no value for the length': (body) => `HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n${body}`,
  'the same length twice': (body) =>
    `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'two different lengths': (body) =>
    `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nContent-Length: 1\r\n\r\n${body}`,
  'a list of lengths': (body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}, ${body.length}\r\n\r\n${body}`,
  'a length that is too long': (body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`,
  'a length that is too short': (body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length - 1}\r\n\r\n${body}`,
  'a length beside chunks': (body) =>
    `HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  'the encoding identity': (body) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n${body}`,
  'an unknown encoding': (body) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body}`,
  'the encoding CHUNKED': (body) =>
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  'no reason': (body) => `HTTP/1.1 200\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a status of two digits': (body) => `HTTP/1.1 20 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a status of four digits': (body) => `HTTP/1.1 2000 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a status in letters': (body) => `HTTP/1.1 abc OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a negative status': (body) => `HTTP/1.1 -20 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'the status 999': (body) => `HTTP/1.1 999 Odd\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'the status 099': (body) => `HTTP/1.1 099 Odd\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'HTTP/1.0': (body) => `HTTP/1.0 200 OK\r\n\r\n${body}`,
  'HTTP/2.0': (body) => `HTTP/2.0 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'HTTP/1.9': (body) => `HTTP/1.9 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'http in small letters': (body) => `http/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'line feeds alone': (body) => `HTTP/1.1 200 OK\nContent-Length: ${body.length}\n\n${body}`,
  'a header without a colon': (body) => `HTTP/1.1 200 OK\r\nnothing\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a header with an empty name': (body) => `HTTP/1.1 200 OK\r\n: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a space before the colon': (body) => `HTTP/1.1 200 OK\r\nContent-Length : ${body.length}\r\n\r\n${body}`,
  'a folded header': (body) => `HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a folded first header': (body) => `HTTP/1.1 200 OK\r\n b: c\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a NUL in a header': (body) => `HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a header of 1 MB': (body) =>
    `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1_000_000)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  '5,000 headers': (body) =>
    `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(5000)}Content-Length: ${body.length}\r\n\r\n${body}`,
  'spaces around values': (body) => `HTTP/1.1 200 OK\r\nContent-Length: \t ${body.length} \t\r\n\r\n${body}`,
  'an empty first line': (body) => `\r\nHTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
}

function casesOf(
  targets: readonly (readonly [args: string, request: RegExp])[],
  kinds: Readonly<Record<string, RawReply>>,
): ResponseCase[] {
  return targets.flatMap(([args, request]) =>
    Object.entries(kinds).map(([kind, reply]) => ({ kind, args: args.split(' '), request, reply })),
  )
}

const chunkFramings = (body: string): Record<string, RawReply> => ({
  ...Object.fromEntries(
    chunkLengths.map((length) => [
      `the chunk length ${JSON.stringify(length)}`,
      end(chunked(`${length.replace('$', body.length.toString(16))}\r\n${body}\r\n0\r\n\r\n`)),
    ]),
  ),
  ...Object.fromEntries(Object.entries(chunkBodies).map(([name, bytes]) => [name, end(chunked(bytes(body)))])),
})

const headFramings = (body: string): Record<string, RawReply> =>
  Object.fromEntries(Object.entries(heads).map(([name, bytes]) => [name, end(bytes(body))]))

/** Responses with a typical value in every field. */
const typical: readonly (readonly [args: string, request: RegExp, value: unknown])[] = [
  [
    'ps',
    /GET \/containers\/json/,
    [
      {
        Id: '0123456789abcdef',
        Names: ['/n'],
        Image: 'busybox',
        ImageID: 'sha256:aa',
        Command: 'sh',
        Created: 1_700_000_000,
        Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }],
        State: 'running',
        Status: 'Up',
      },
    ],
  ],
  [
    'images --digests',
    /GET \/images\/json/,
    [
      {
        Id: 'sha256:0123456789abcdef',
        RepoTags: ['a:b'],
        RepoDigests: ['a@sha256:bb'],
        Created: 1_700_000_000,
        Size: 10,
      },
    ],
  ],
  ['network ls', /GET \/networks/, [{ Name: 'n', Id: '0123456789abcdef', Scope: 'local', Driver: 'bridge' }]],
  ['volume ls', /GET \/volumes/, { Volumes: [{ Name: 'v', Driver: 'local', Mountpoint: '/x', Scope: 'local' }] }],
  [
    'history a',
    /GET \/images\/a\/history/,
    [{ Id: 'sha256:aa', Created: 1_700_000_000, CreatedBy: 'sh', Tags: ['a:b'], Size: 10, Comment: 'c' }],
  ],
  ['search a', /GET \/images\/search/, [{ star_count: 5, is_official: true, name: 'n', description: 'd' }]],
  ['top a', /GET \/containers\/a\/top/, { Titles: ['PID', 'CMD'], Processes: [['1', 'sh']] }],
  ['diff a', /GET \/containers\/a\/changes/, [{ Path: '/a', Kind: 1 }]],
  [
    'events',
    /GET \/events/,
    { Type: 'container', Action: 'start', Actor: { ID: 'x', Attributes: { name: 'n' } }, time: 1_700_000_000 },
  ],
  [
    'pull x',
    /POST \/images\/create/,
    {
      status: 'Downloading',
      id: 'aa',
      progressDetail: { current: 1, total: 2 },
      errorDetail: { code: 0, message: '' },
    },
  ],
  ['wait a', /POST \/containers\/a\/wait/, { StatusCode: 3, Error: { Message: '' } }],
  ['rmi a', /DELETE \/images\/a/, [{ Untagged: 'a:b', Deleted: 'sha256:aa' }]],
  ['commit a', /POST \/commit/, { Id: 'sha256:aa' }],
  ['container prune -f', /POST \/containers\/prune/, { ContainersDeleted: ['a'], SpaceReclaimed: 5 }],
  [
    'stats --no-stream a',
    /GET \/containers\/a\/stats/,
    {
      id: 'x',
      name: '/n',
      pids_stats: { current: 1 },
      cpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 1000, online_cpus: 2 },
      memory_stats: { usage: 100, limit: 1000, stats: { inactive_file: 1 } },
      networks: { eth0: { rx_bytes: 1, tx_bytes: 2 } },
    },
  ],
  [
    'service ls',
    /GET \/services/,
    [
      {
        ID: 's',
        Version: { Index: 1 },
        Spec: { Name: 'n', TaskTemplate: { ContainerSpec: { Image: 'i' } }, Mode: { Replicated: { Replicas: 1 } } },
        Endpoint: { Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }] },
        ServiceStatus: { RunningTasks: 1, DesiredTasks: 1 },
      },
    ],
  ],
  [
    'secret ls',
    /GET \/secrets/,
    [{ ID: 's', Version: { Index: 1 }, Spec: { Name: 'n', Labels: { a: 'b' }, Driver: { Name: 'd' } } }],
  ],
]

/** Yields copies of a value with one part, at any depth, replaced by `null` or by a value of another type. */
function* withWrongPart(value: unknown, path = 'the value'): Generator<[name: string, changed: unknown]> {
  for (const wrong of [null, Array.isArray(value) || typeof value === 'object' ? 5 : {}]) {
    yield [`${JSON.stringify(wrong)} for ${path}`, wrong]
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) {
    for (const [name, changed] of withWrongPart(part, `${path}.${key}`)) {
      yield [name, Array.isArray(value) ? [changed] : { ...value, [key]: changed }]
    }
  }
}

const wrongParts = typical.flatMap(([args, request, value]) =>
  [...withWrongPart(value)].map(([kind, changed]): ResponseCase => {
    const reply = keep(counted(JSON.stringify(changed), JSON_TYPE))
    return { kind, args: args.split(' '), request, reply }
  }),
)

export const responseCases: readonly ResponseCase[] = [
  ...casesOf(upgraded, upgrades),
  ...casesOf(commands, bodies),
  ...casesOf([['ps -q', /GET \/containers\/json/]], { ...chunkFramings(list), ...headFramings(list) }),
  ...casesOf([['pull -q x', /POST \/images\/create/]], chunkFramings('{"status":"Pulling"}\n')),
  ...casesOf([['save -o <dir>/out x', /GET \/images\/get/]], chunkFramings('archive')),
  ...casesOf([['export -o <dir>/out a', /GET \/containers\/a\/export/]], headFramings('archive')),
  ...wrongParts,
  ...casesOf([['ps', /GET \/containers\/json/]], {
    'an error with a message of 1 MB': keep(
      `HTTP/1.1 500 No\r\nContent-Length: ${MEGABYTE}\r\n\r\n${'x'.repeat(MEGABYTE)}`,
    ),
    'an error with a message that has no end': keep(`HTTP/1.1 500 No\r\n\r\n${'x'.repeat(2 * MEGABYTE)}`),
  }),
]
