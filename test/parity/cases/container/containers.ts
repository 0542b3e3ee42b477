import { ago } from '../../../support/fake-replies.ts'

/**
 * Containers as `GET /containers/json` lists them. Their age is far in the future (docker says "Less than a second
 * ago" then), so that absolute and relative times are both the same whenever the cases run.
 */
export const YEAR_2100 = 4_102_444_800

export interface ListedContainer {
  readonly Id: string
  readonly Names: readonly string[]
  readonly [field: string]: unknown
}

/** Returns a typical running container with the fields of `overrides`. */
export function container(overrides: Partial<ListedContainer> = {}): ListedContainer {
  return {
    Id: 'c0ffee254729296a45a3885639ac7e10f9d549abcdef0123456789abcdef0001',
    Names: ['/web'],
    Image: 'nginx:1.27',
    ImageID: 'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1',
    Command: 'nginx -g "daemon off;"',
    Created: YEAR_2100,
    Ports: [],
    Labels: {},
    State: 'running',
    Status: 'Up 3 hours',
    HostConfig: { NetworkMode: 'bridge' },
    NetworkSettings: { Networks: { bridge: { NetworkID: 'b1', IPAddress: '172.17.0.2' } } },
    Mounts: [],
    ...overrides,
  }
}

function id(number: number): string {
  return number.toString(16).padStart(4, '0').repeat(16)
}

const port = (PrivatePort: number, Type = 'tcp', PublicPort?: number, IP?: string) => ({
  ...(IP === undefined ? {} : { IP }),
  PrivatePort,
  ...(PublicPort === undefined ? {} : { PublicPort }),
  Type,
})

const portShapes = [
  [port(80)],
  [port(80, 'tcp', 8080, '0.0.0.0')],
  [port(80, 'tcp', 8080, '0.0.0.0'), port(80, 'tcp', 8080, '::')],
  [port(53, 'udp', 53, '127.0.0.1'), port(53, 'tcp', 53, '127.0.0.1')],
  [port(8000), port(8001), port(8002), port(9000)],
  [8000, 8001, 8002].map((number) => port(number, 'tcp', number, '0.0.0.0')),
  [8000, 8001, 8002].flatMap((number) => [port(number, 'tcp', number, '0.0.0.0'), port(number, 'tcp', number, '::')]),
  [8000, 8001, 8002].map((number) => port(number, 'tcp', number + 1000, '0.0.0.0')),
  [port(443, 'tcp', 32769, '0.0.0.0'), port(80, 'tcp', 32768, '0.0.0.0'), port(80, 'udp'), port(5000, 'sctp')],
  [port(9002, 'udp'), port(9001, 'tcp'), port(9000, 'udp'), port(9001, 'udp')],
  [port(80, 'tcp', 80, '192.168.1.10'), port(80, 'tcp', 80, '10.0.0.1'), port(80, 'tcp', 81, '10.0.0.1')],
  [port(80, 'tcp', 8080)],
  [port(80, 'tcp', 8080, '::1'), port(80, 'tcp', 8080, 'fe80::1')],
  Array.from({ length: 12 }, (_, number) => port(3000 + number * (number % 3 === 0 ? 2 : 1), 'tcp', undefined)),
  [port(65535), port(1), port(10), port(100)],
]

const states: readonly (readonly [string, string])[] = [
  ['running', 'Up 3 hours'],
  ['running', 'Up 3 hours (healthy)'],
  ['running', 'Up 12 seconds (health: starting)'],
  ['running', 'Up 2 days (unhealthy)'],
  ['exited', 'Exited (0) 4 minutes ago'],
  ['exited', 'Exited (137) 7 weeks ago'],
  ['paused', 'Up 5 minutes (Paused)'],
  ['restarting', 'Restarting (1) 8 seconds ago'],
  ['created', 'Created'],
  ['dead', 'Dead'],
  ['removing', 'Removal In Progress'],
]

const names = [
  ['/web'],
  ['/db', '/web/database'],
  ['/web/database', '/db'],
  ['/sad_wozniak'],
  ['/名前コンテナ'],
  ['/émile-zola'],
  ['/a'],
  ['/app_web_1', '/proxy/app', '/proxy/web'],
  [],
]

const commands = [
  '/bin/sh',
  'nginx -g "daemon off;"',
  'docker-entrypoint.sh postgres -c max_connections=200',
  '12345678901234567890',
  '123456789012345678901',
  'sh -c \'echo "ünïcödé ✓ 漢字漢字漢字漢字"\'',
  'printf "a\\tb\\nc"',
  'line one\nline two',
  '',
]

const images = [
  'nginx:1.27',
  'registry.example.com:5000/team/project/service:2025.01-rc.1',
  'alpine@sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1',
  'ghcr.io/acme/tool:v1@sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1',
  'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1',
  '9bea9f2796e2',
  '',
  'postgres',
]

const labels: readonly Readonly<Record<string, string>>[] = [
  {},
  { one: '1' },
  { zebra: 'z', apple: 'a', 'com.docker.compose.project': 'shop' },
  { empty: '', equals: 'a=b,c=d', 'with space': 'x y', html: '<b>&"\'' },
]

const mounts = [
  [],
  [{ Type: 'bind', Source: '/srv/data', Destination: '/data', Mode: 'ro', RW: false, Propagation: 'rprivate' }],
  [
    { Type: 'volume', Name: 'pgdata', Source: '/var/lib/docker/volumes/pgdata/_data', Driver: 'local', RW: true },
    { Type: 'volume', Name: id(77), Source: '', Driver: 'local', RW: true },
    { Type: 'tmpfs', Source: '', Destination: '/run', RW: true },
    { Type: 'bind', Source: '/a/very/long/path/on/the/host', Destination: '/x', RW: true },
  ],
]

/** At most one network each, because docker prints several in random order. */
const networks = [{ bridge: { NetworkID: 'b1' } }, { 'shop_backend-net': { NetworkID: 'a' } }, {}]

function pick<T>(values: readonly T[], position: number, fallback: T): T {
  return values[position % values.length] ?? fallback
}

/** Forty containers with all forms of ports, states, names, commands, images, labels, mounts and networks. */
export const fortyContainers: readonly ListedContainer[] = Array.from({ length: 40 }, (_, number) => {
  const [State, Status] = pick(states, number, ['running', 'Up'])
  return container({
    Id: id(number * 977 + 1),
    Names: pick(names, number, []),
    Command: pick(commands, number, ''),
    Image: pick(images, number, ''),
    ImageID: `sha256:${number % 8 === 4 ? '9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1' : id(number)}`,
    Ports: pick(portShapes, number, []),
    State,
    Status,
    Labels: pick(labels, number, {}),
    Mounts: pick(mounts, number, []),
    NetworkSettings: { Networks: pick(networks, number, {}) },
    SizeRw: pick([0, 1, 999, 1000, 12_345, 1_050_000, 1_234_567_890, 5e13], number, 0),
    SizeRootFs: pick([0, 7_654_321, 133_000_000, 2_000_000_000_000], number, 0),
  })
})

/** Containers of different ages, from seconds to years, whose texts show docker's rounding. */
export const agedContainers: readonly ListedContainer[] = (
  [
    [0.5, 'm'],
    [1.25, 'm'],
    [2.5, 'm'],
    [59.5, 'm'],
    [1.25, 'h'],
    [1.75, 'h'],
    [47.4, 'h'],
    [2.5, 'd'],
    [13.5, 'd'],
    [2.5, 'w'],
    [8.2, 'w'],
    [300, 'd'],
    [750, 'd'],
    [4000, 'd'],
  ] as const
).map(([amount, unit], number) =>
  container({ Id: id(number + 500), Names: [`/aged${number}`], Created: ago(amount, unit) }),
)
