import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { info } from './info.ts'

/** Go's zero time. Its age is the largest duration that Go can represent, so the output does not depend on the date. */
const NEVER = -62_135_596_800

const id = (letter: string) => letter.repeat(64)
const digest = (letter: string) => `sha256:${id(letter)}`

const bridge = {
  IPAMConfig: null,
  Links: null,
  Aliases: null,
  DriverOpts: null,
  GwPriority: 0,
  NetworkID: id('b'),
  EndpointID: id('e'),
  Gateway: '172.17.0.1',
  IPAddress: '172.17.0.2',
  MacAddress: '02:42:ac:11:00:02',
  IPPrefixLen: 16,
  IPv6Gateway: 'fd00::1',
  GlobalIPv6Address: 'fd00::2',
  GlobalIPv6PrefixLen: 64,
  DNSNames: null,
}
const shop = {
  ...bridge,
  NetworkID: id('d'),
  IPAddress: '172.20.0.2',
  Gateway: '172.20.0.1',
  DNSNames: ['web', 'c0ff'],
}

/** The fields of NetworkSettings in front of and behind those that API 1.52 removed. */
const settings = {
  SandboxID: id('5'),
  SandboxKey: '/var/run/docker/netns/5',
  Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null },
}
const unknown = {
  HairpinMode: false,
  LinkLocalIPv6Address: '',
  LinkLocalIPv6PrefixLen: 0,
  SecondaryIPAddresses: null,
  SecondaryIPv6Addresses: null,
}
const noEndpoint = {
  EndpointID: '',
  Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  MacAddress: '',
}
const onBridge = {
  EndpointID: bridge.EndpointID,
  Gateway: bridge.Gateway,
  GlobalIPv6Address: bridge.GlobalIPv6Address,
  GlobalIPv6PrefixLen: bridge.GlobalIPv6PrefixLen,
  IPAddress: bridge.IPAddress,
  IPPrefixLen: bridge.IPPrefixLen,
  IPv6Gateway: bridge.IPv6Gateway,
  MacAddress: bridge.MacAddress,
}

const container = (name: string, more: object) => ({
  Id: id('c'),
  Created: '2025-01-02T03:04:05.123456789Z',
  Path: 'sh',
  Args: ['-c', 'sleep 1 && echo "<done>"'],
  State: { Status: 'running', Running: true, Pid: 4242, ExitCode: 0, StartedAt: '2025-01-02T03:04:06Z' },
  Image: digest('a'),
  Name: `/${name}`,
  HostConfig: { NetworkMode: 'bridge', Memory: 9_007_199_254_740_991, PortBindings: {} },
  GraphDriver: { Data: null, Name: 'overlayfs' },
  Mounts: [],
  ...more,
})
const config = { Hostname: 'c0ff', User: '', Env: ['A=<b>&c'], Cmd: ['sh'], Image: 'app', Entrypoint: null }
const labels = { Labels: { b: 'ü', a: '1' } }

const web = { Networks: { bridge, shop } }
const db = { Networks: { shop } }
const olderContainers = {
  web: container('web', {
    Config: { ...config, OnBuild: null, ...labels },
    NetworkSettings: { Bridge: '', ...settings, ...unknown, ...onBridge, ...web },
  }),
  db: container('db', {
    Config: { ...config, OnBuild: null, Labels: {} },
    NetworkSettings: { Bridge: '', ...settings, ...unknown, ...noEndpoint, ...db },
  }),
}
const { GraphDriver: _, ...withoutDriver } = container('db', {})
const newerContainers = {
  web: container('web', { Config: { ...config, ...labels }, NetworkSettings: { ...settings, ...web } }),
  db: {
    ...Object.fromEntries(
      Object.entries(withoutDriver).flatMap((entry) =>
        entry[0] === 'Mounts' ? [['Storage', { RootFS: { Snapshot: { Name: 'overlayfs' } } }], entry] : [entry],
      ),
    ),
    Config: { ...config, Labels: {} },
    NetworkSettings: { ...settings, ...db },
  },
}

const named = { Id: digest('a'), RepoTags: ['app:latest'], RepoDigests: [`app@${digest('d')}`] }
const described = {
  Architecture: 'amd64',
  Os: 'linux',
  Size: 12_345_678,
  RootFS: { Type: 'layers', Layers: [digest('1')] },
  Metadata: { LastTagTime: '2025-01-02T03:04:05Z' },
  Descriptor: { mediaType: 'application/vnd.oci.image.index.v1+json', digest: digest('a'), size: 856 },
}
const Created = '2025-01-02T03:04:05.5Z'
const sh = ['/bin/sh', '-c', 'a && b']
const imageConfig = { Cmd: sh, Entrypoint: null, Env: ['PATH=/bin'], Labels: null, OnBuild: null }
const olderImages = {
  app: {
    ...{ ...named, Parent: '', Comment: '', Created, DockerVersion: '', Author: '' },
    ...described,
    Config: { ...imageConfig, User: '', Volumes: null, WorkingDir: '/app' },
  },
  old: {
    ...{ ...named, Parent: digest('9'), Comment: 'by hand', Created, DockerVersion: '20.10.5', Author: 'me' },
    ...described,
    Config: { ...imageConfig, User: 'me', Volumes: { '/data': {} }, WorkingDir: '' },
  },
  bare: {
    ...{ ...named, Parent: '', Comment: '', Created, DockerVersion: '', Author: '' },
    ...described,
    Config: {
      Cmd: null,
      Entrypoint: null,
      Env: null,
      Labels: null,
      OnBuild: null,
      User: '',
      Volumes: null,
      WorkingDir: '',
    },
  },
}
const newerImages = {
  app: { ...named, Created, ...described, Config: { Env: ['PATH=/bin'], Cmd: sh, WorkingDir: '/app' } },
  old: {
    ...{ ...named, Comment: 'by hand', Created, Author: 'me', ...described },
    ...{ Parent: digest('9'), DockerVersion: '20.10.5' },
    Config: { User: 'me', Env: ['PATH=/bin'], Cmd: sh, Volumes: { '/data': {} } },
  },
  bare: { ...named, Created, ...described, Config: {} },
}

const network = {
  Name: 'shop',
  Id: id('d'),
  Created: '2025-01-02T03:04:05.5Z',
  Scope: 'local',
  Driver: 'bridge',
  EnableIPv4: true,
  EnableIPv6: false,
  IPAM: { Driver: 'default', Options: {}, Config: [{ Subnet: '172.20.0.0/16', Gateway: '172.20.0.1' }] },
  Internal: false,
  Attachable: false,
  Ingress: false,
  ConfigFrom: { Network: '' },
  ConfigOnly: false,
  Containers: { [id('c')]: { Name: 'web', EndpointID: id('e'), MacAddress: '', IPv4Address: '172.20.0.2/16' } },
  Options: {},
  Labels: {},
}
/** What API 1.52 adds to a network. */
const Status = { IPAM: { Subnets: { '172.20.0.0/16': { IPsInUse: 4, DynamicIPsAvailable: 65_532 } } } }

const volume = {
  ...{ CreatedAt: '2025-01-02T03:04:05Z', Driver: 'local', Labels: null },
  ...{ Mountpoint: '/var/lib/docker/volumes/data/_data', Name: 'data', Options: null, Scope: 'local' },
}
const meta = { Version: { Index: 10 }, CreatedAt: '2025-01-02T03:04:05Z', UpdatedAt: '2025-01-02T03:04:06Z' }
const resources = (more: object) => ({ Resources: { Limits: { MemoryBytes: 1000 }, ...more }, ForceUpdate: 0 })
const service = (more: object) => ({
  ...{ ID: 's1', ...meta },
  Spec: {
    Name: 's',
    Labels: {},
    TaskTemplate: { ContainerSpec: { Image: 'app' }, ...resources(more) },
    Mode: { Replicated: { Replicas: 1 } },
  },
})
const swarmFile = (kind: string) => ({ ID: `${kind}1`, ...meta, Spec: { Name: kind, Labels: {} } })

const inspected = (
  containers: Readonly<Record<string, object>>,
  images: Readonly<Record<string, object>>,
): Replies => ({
  ...Object.fromEntries(
    Object.entries(containers).map(([name, object]) => [`GET /containers/${name}/json`, json(object)]),
  ),
  ...Object.fromEntries(Object.entries(images).map(([name, object]) => [`GET /images/${name}/json`, json(object)])),
})

const listedContainer = {
  Id: id('c'),
  Names: ['/web'],
  Image: 'app',
  ImageID: digest('a'),
  Command: "sh -c 'sleep 1'",
  Created: NEVER,
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { PrivatePort: 443, Type: 'tcp' },
  ],
  Labels: { app: 'web' },
  State: 'running',
  Status: 'Up 10 minutes (healthy)',
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: { Networks: { bridge } },
  Mounts: [{ Type: 'volume', Name: 'data', Source: '', Destination: '/data', Driver: 'local', Mode: 'z', RW: true }],
  SizeRw: 1024,
  SizeRootFs: 5_000_000,
}
const listedImage = {
  Id: digest('a'),
  RepoTags: ['app:latest', 'app:v1'],
  RepoDigests: [`app@${digest('d')}`],
  ParentId: '',
  Created: NEVER,
  Size: 4_261_550,
  SharedSize: 1_000_000,
  Labels: { a: 'b' },
  Containers: 1,
}
const cacheRecord = {
  ID: 'zzzzzzzzzzzzzzzzzzzzzzzzz',
  Type: 'regular',
  Description: 'mount / from exec /bin/sh -c make',
  InUse: false,
  Shared: false,
  Size: 12_345_678,
  CreatedAt: '1620-01-02T03:04:05Z',
  LastUsedAt: '1621-01-02T03:04:05Z',
  UsageCount: 3,
}
const usedVolume = { ...volume, UsageData: { RefCount: 1, Size: 5_000_000 } }
const unusedVolume = { ...volume, Name: 'left', UsageData: { RefCount: 0, Size: 1234 } }
const usage = {
  LayersSize: 5_000_000,
  Images: [listedImage, { ...listedImage, Id: digest('f'), RepoTags: null, RepoDigests: null, Containers: 0 }],
  Containers: [listedContainer, { ...listedContainer, Id: id('f'), Names: ['/old'], State: 'exited', SizeRw: 77 }],
  Volumes: [usedVolume, unusedVolume],
  BuildCache: [{ ...cacheRecord, ' Parents': ['p1', 'p2'] }],
}
const usageByKind = {
  ImageUsage: { ActiveCount: 1, TotalCount: 2, Reclaimable: 3_261_550, TotalSize: 5_000_000, Items: usage.Images },
  ContainerUsage: { ActiveCount: 1, TotalCount: 2, Reclaimable: 77, TotalSize: 1101, Items: usage.Containers },
  VolumeUsage: { ActiveCount: 1, TotalCount: 2, Reclaimable: 1234, TotalSize: 5_001_234, Items: usage.Volumes },
  BuildCacheUsage: {
    ...{ ActiveCount: 0, TotalCount: 1, Reclaimable: 12_345_678, TotalSize: 12_345_678 },
    Items: [{ ...cacheRecord, Parents: ['p1', 'p2'] }],
  },
}

const times = { scope: 'local', time: 1_700_000_000, timeNano: 1_700_000_000_120_000_000 }
const attributes = { name: 'web', image: 'app', 'com.example.z': 'ä, b=c' }
const start = { Type: 'container', Action: 'start', Actor: { ID: id('c'), Attributes: attributes }, ...times }
const exec = { Type: 'container', Action: 'exec_create: sh', Actor: { ID: id('c'), Attributes: {} }, ...times }
const tag = { Type: 'image', Action: 'tag', Actor: { ID: digest('a'), Attributes: { name: 'app:v1' } }, ...times }
const connect = { Type: 'network', Action: 'connect', Actor: { ID: id('d'), Attributes: { name: 'shop' } }, ...times }
const newerEvents = [start, exec, tag, connect]
const olderEvents = [
  { status: 'start', id: id('c'), from: 'app', ...start },
  { status: 'exec_create: sh', id: id('c'), from: '', ...exec },
  { status: 'tag', id: digest('a'), ...tag },
  connect,
]

/** Engine 29 sends the progress bars and errors of transfers without the texts that its predecessors computed. */
const bar = (current: number) => ({ current, total: 2_000_000 })
const layer = { id: '1111aaaa2222' }
const pulled = (text: (text: string) => object) => [
  { status: 'Pulling from library/app', id: 'latest' },
  { status: 'Pulling fs layer', progressDetail: {}, ...layer },
  { status: 'Downloading', progressDetail: bar(500_000), ...text('[==>  ]  500kB/2MB'), ...layer },
  { status: 'Download complete', progressDetail: { hidecounts: true }, ...layer },
  { status: 'Pull complete', progressDetail: {}, ...layer },
  { status: `Digest: ${digest('d')}` },
  { status: 'Status: Downloaded newer image for app:latest' },
]
const pushed = (error: object) => [
  { status: 'The push refers to repository [docker.io/library/app]' },
  { status: 'Preparing', progressDetail: {}, ...layer },
  { errorDetail: { message: 'denied: requested access to the resource is denied' }, ...error },
]

const sample = {
  name: '/web',
  id: id('c'),
  read: '2025-01-02T03:04:05Z',
  preread: '2025-01-02T03:04:04Z',
  num_procs: 2,
  pids_stats: { current: 5 },
  blkio_stats: { io_service_bytes_recursive: [{ op: 'read', value: 1_234_567 }] },
  cpu_stats: { cpu_usage: { total_usage: 250_000_000 }, system_cpu_usage: 2_000_000_000, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 100_000_000 }, system_cpu_usage: 1_000_000_000 },
  memory_stats: { usage: 55_555_555, stats: { inactive_file: 5555 }, limit: 1_073_741_824 },
  networks: { eth0: { rx_bytes: 1000, tx_bytes: 2_500_000 } },
}

const version = {
  Version: '29.7.2',
  ApiVersion: '1.55',
  MinAPIVersion: '1.40',
  GitCommit: '4c9b3b0',
  GoVersion: 'go1.26.1',
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: '6.8.0-51-generic',
  BuildTime: '2026-01-22T13:41:31.000000000+00:00',
}
const engineInfo = { ...info, ServerVersion: '29.7.2', FirewallBackend: { Driver: 'nftables' } }
const manager = { ...info.Swarm, LocalNodeState: 'active', ControlAvailable: true }

const stat = { name: 'd', size: 0, mode: 0o20_000_000_755, mtime: '2025-01-02T03:04:05Z', linkTarget: '' }
const directory = {
  headers: { 'X-Docker-Container-Path-Stat': Buffer.from(JSON.stringify(stat)).toString('base64') },
}

/** What is the same in all API versions. */
const same: Replies = {
  'GET /volumes/data': json(volume),
  'GET /volumes': json({ Volumes: [volume], Warnings: null }),
  'GET /tasks/t': json({ ID: 't', ...meta, ServiceID: 's1', Spec: { ContainerSpec: { Image: 'app' } } }),
  'GET /nodes/n': json({ ID: 'n', ...meta, Spec: { Role: 'manager', Availability: 'active' } }),
  'GET /secrets/secret': json(swarmFile('secret')),
  'GET /configs/config': json(swarmFile('config')),
  'GET /plugins/p/json': json({ Id: 'p', Name: 'p:latest', Enabled: true, Settings: {}, Config: {} }),
  'POST /containers/create': json({
    Id: id('c'),
    Warnings: ['Following platforms got an empty list of port bindings'],
  }),
  'POST /containers/web/exec': json({ Id: 'x' }, 201),
  'POST /exec/x/start': { hijack: true, frames: [{ stdout: 'hello\n' }] },
  'GET /exec/x/json': json({ ExitCode: 3 }),
  'HEAD /containers/web/archive': directory,
  'PUT /containers/web/archive': { status: 200 },
  'GET /containers/web/archive': { ...directory, chunks: [Buffer.alloc(1024)] },
  'POST /images/load': { lines: [{ stream: 'Loaded image: app:latest\n' }] },
  'POST /containers/web/stop': noContent,
  'POST /build/prune': json({ CachesDeleted: ['a'], SpaceReclaimed: 1000 }),
  'GET /containers/*/json': failure(404, 'No such container: x'),
  'GET /images/*/json': failure(404, 'No such image: x'),
  'GET /networks/*': failure(404, 'network x not found'),
  'GET /volumes/*': failure(404, 'get x: no such volume'),
}

const older: Replies = {
  ...same,
  ...inspected(olderContainers, olderImages),
  'GET /networks/shop': json(network),
  'GET /networks': json([network]),
  'GET /services/s': json(service({})),
  'GET /containers/json': json([listedContainer]),
  'GET /images/json': json([listedImage]),
  'GET /system/df': json(usage),
  'GET /events': { lines: olderEvents },
  'GET /info': json({ ...engineInfo, Swarm: manager }),
  'GET /version': json(version),
  'GET /containers/web/stats': json(sample),
  'POST /images/create': { lines: pulled((progress) => ({ progress })) },
  'POST /images/docker.io/library/app/push': {
    lines: pushed({ error: 'denied: requested access to the resource is denied' }),
  },
}

const newer: Replies = {
  ...same,
  ...inspected(newerContainers, newerImages),
  'GET /networks/shop': json({ ...network, Status }),
  'GET /networks': json([network]),
  'GET /services/s': json(service({})),
  'GET /containers/json': json([{ ...listedContainer, Health: { Status: 'healthy', FailingStreak: 0 } }]),
  'GET /images/json': json([listedImage]),
  'GET /events': { lines: newerEvents },
  'GET /info': json({ ...engineInfo, Swarm: manager, NRI: { Info: [['version', '1']] } }),
  'GET /version': json(version),
  'GET /containers/web/stats': json({ ...sample, os_type: 'linux' }),
  'POST /images/create': { lines: pulled(() => ({})) },
  'POST /images/docker.io/library/app/push': { lines: pushed({}) },
}

/**
 * The responses of Engine 29 in the forms of its API versions (moby api/docs/CHANGELOG.md). API 1.52 sends the disk usage
 * in both forms, 1.53 only in the newer one. 1.53 also says where an image comes from.
 */
export const responsesOfEngine29 = {
  '1.52': { ...newer, 'GET /system/df': json({ ...usageByKind, ...usage }) },
  '1.55': {
    ...newer,
    ...inspected(newerContainers, {
      ...newerImages,
      app: { ...newerImages.app, Identity: { Build: [{ Ref: 'ref', CreatedAt: Created }] } },
    }),
    'GET /system/df': json(usageByKind),
  },
} as const satisfies Record<string, Replies>

/** The fields at the top of an object that the newer responses have in addition, by the last word of the command line. */
export const additionsOfEngine29: Readonly<Record<string, readonly string[]>> = {
  'network inspect shop': ['Status'],
  'inspect shop': ['Status'],
  'image inspect app': ['Identity'],
  'inspect app': ['Identity'],
}

const FIELDS = [
  '{{.NetworkSettings.IPAddress}} {{.NetworkSettings.Gateway}}/{{.NetworkSettings.IPPrefixLen}}',
  '{{.NetworkSettings.MacAddress}} {{.NetworkSettings.GlobalIPv6Address}} {{.NetworkSettings.EndpointID}}',
  '{{json .NetworkSettings}}',
  '{{.NetworkSettings.Bridge}}{{.NetworkSettings.HairpinMode}} {{.NetworkSettings.SecondaryIPAddresses}}',
  '{{json .Config}}',
  '{{.GraphDriver.Name}}',
  '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}',
  '{{.HostConfig.Memory}} {{json .Args}}',
]
const IMAGE_FIELDS = [
  '{{.Author}}|{{.Comment}}|{{.Parent}}|{{.DockerVersion}}',
  '{{json .Config}}',
  '{{json .Config.Env}} {{json .Config.Labels}} {{.Config.User}} {{.Config.WorkingDir}}',
  '{{.Config.Cmd}} {{.Config.Entrypoint}} {{.Config.OnBuild}} {{.Config.Volumes}}',
]

const lines: readonly (readonly string[])[] = [
  ...['web', 'db', 'app', 'old', 'bare', 'shop', 'data'].map((name) => ['inspect', name]),
  ['container', 'inspect', 'web', 'db'],
  ['image', 'inspect', 'app'],
  ['image', 'inspect', 'old', 'bare'],
  ['inspect', '--format', 'json', 'web'],
  ...FIELDS.flatMap((format) => ['web', 'db'].map((name) => ['inspect', '-f', format, name])),
  ...IMAGE_FIELDS.flatMap((format) => ['app', 'old', 'bare'].map((name) => ['image', 'inspect', '-f', format, name])),
  ['network', 'inspect', 'shop'],
  ['network', 'inspect', '-f', '{{range .IPAM.Config}}{{.Subnet}}{{end}}', 'shop'],
  ['network', 'ls'],
  ['network', 'ls', '--format', 'json'],
  ['volume', 'inspect', 'data'],
  ['volume', 'ls'],
  ['service', 'inspect', 's'],
  ...[['task', 't'] as const, ['node', 'n'] as const].map(([type, name]) => ['inspect', '--type', type, name]),
  ...['secret', 'config'].map((type) => ['inspect', '--type', type, type]),
  ['inspect', '--type', 'plugin', 'p'],
  ['ps'],
  ['ps', '--format', 'json'],
  ['ps', '-q'],
  ['ps', '--format', '{{.Names}} {{.Status}} {{.Ports}} {{.Networks}} {{.Mounts}}'],
  ['images'],
  ['images', '-q'],
  ['images', '--format', 'json'],
  ['images', '--format', '{{.Repository}} {{.Containers}} {{.SharedSize}}'],
  ['system', 'df'],
  ['system', 'df', '-v'],
  ['system', 'df', '--format', 'json'],
  ['system', 'df', '--format', '{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}'],
  ['system', 'df', '-v', '--format', '{{json .BuildCache}}'],
  [
    'system',
    'df',
    '-v',
    '--format',
    '{{range .BuildCache}}{{.Parent}}{{end}}{{range .Volumes}}{{.Name}} {{.Links}};{{end}}',
  ],
  ['events', '--since', '1', '--until', '2'],
  ['events', '--since', '1', '--until', '2', '--format', 'json'],
  ['events', '--since', '1', '--until', '2', '--format', '{{.Status}}|{{.ID}}|{{.From}}|{{.Action}}'],
  ['info', '--format', '{{.KernelMemoryTCP}} {{json .Plugins}} {{json .SecurityOptions}} {{json .Runtimes}}'],
  ['info', '--format', '{{.ServerVersion}} {{.FirewallBackend.Driver}} {{.Swarm.ControlAvailable}}'],
  ['version', '--format', '{{json .Server}}'],
  ['version', '--format', '{{.Server.APIVersion}} {{.Server.MinAPIVersion}}'],
  ['stats', '--no-stream', 'web'],
  ['stats', '--no-stream', '--format', 'json', 'web'],
  ['pull', 'app'],
  ['pull', '-q', 'app'],
  ['push', 'app'],
  ['create', '-p', '80', 'app'],
  ['exec', 'web', 'echo', 'hello'],
  ['cp', 'web:/d', '-'],
  ['cp', '-', 'web:/d'],
  ['stop', 'web'],
]

const cases: ParityCase[] = [
  ...each([], lines, { apiVersion: '1.55', replies: older, stdin: 'an archive' }).map((parityCase) =>
    // tug requests several objects at the same time.
    parityCase.argv.includes('inspect') ? { ...parityCase, parallel: true } : parityCase,
  ),
  // tug pings Engine 29 again before an upload, which can be sent only once.
  { argv: ['load', '-q'], replies: older, stdin: 'an archive' },
  {
    ...{ argv: ['info'], apiVersion: '1.55', replies: older },
    lenient: { stdout: { compare: 'presence', because: 'the client section describes tug' } },
  },
]

/** Engine 29, to which docker 28 and tug send requests of API version 1.50. */
export const engine29: ParityGroup = { name: 'engine-29', cases }
