import { readFileSync } from 'node:fs'
import type { ContainerSummary } from '../../../src/domain/container/container.ts'
import type { ImageSummary } from '../../../src/domain/image/image.ts'

/** Returns the lines of a file in this directory. */
export function lines(name: string): string[] {
  return read(name)
    .split('\n')
    .filter((line) => line !== '')
}

/** Reads a file in this directory. */
export function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

const created = 1_700_000_000
const sha = (digit: string) => `sha256:${digit.repeat(64)}`

const container: ContainerSummary = {
  Id: 'a'.repeat(64),
  Names: ['/one'],
  Image: 'busybox',
  ImageID: sha('b'),
  Command: 'sleep 100',
  Created: created,
  Ports: [],
  Labels: { b: '<1>&', a: '2' },
  State: 'running',
  Status: 'Up 2 minutes',
  NetworkSettings: { Networks: { bridge: {} } },
  Mounts: [{ Name: '0123456789abcdefghij', Driver: 'local' }],
}

/** The rows for which templates are executed. */
export const TEMPLATE_ROWS: readonly ContainerSummary[] = [
  container,
  {
    ...container,
    Names: ['/日本'],
    Labels: { 'com.x-y_z': 'v' },
    ImageManifestDescriptor: { platform: { architecture: 'arm', os: 'linux', variant: 'v7' } },
  },
]

const port = (ip: string | undefined, privatePort: number, publicPort: number | undefined, type = 'tcp') => ({
  ...(ip === undefined ? {} : { IP: ip }),
  PrivatePort: privatePort,
  ...(publicPort === undefined ? {} : { PublicPort: publicPort }),
  Type: type,
})

/** Containers with unusual values in every field. */
export const CONTAINERS: readonly ContainerSummary[] = [
  container,
  {},
  { ...container, Names: ['/x/y', '/p/q'], NetworkSettings: null, SizeRw: 1125, SizeRootFs: 999_950 },
  { ...container, Names: ['/a/link', '/own'], Command: '日本語日本語日本語日本語日本語' },
  { ...container, Image: sha('b'), Command: '/entrypoint.sh --verbose --everything' },
  { ...container, Image: 'UPPER', Command: 'a "quoted" \\ \n\t\u0001\u200b\u{1f600}' },
  { ...container, Image: `localhost:5000/x:tag@${sha('c')}`, Created: 0 },
  {
    ...container,
    Image: `docker.io/library/foo@${sha('c')}`,
    Mounts: [{ Source: '/short/日本語日本語' }, { Name: 'v' }],
  },
  { ...container, Image: 'index.docker.io/a/b:latest', Status: 'Up 2 hours (healthy)', State: 'paused' },
  {
    ...container,
    Ports: [
      port('0.0.0.0', 80, 80),
      port('::', 80, 80),
      port('0.0.0.0', 81, 81),
      port('::', 81, 81),
      port(undefined, 443, undefined),
      port(undefined, 444, undefined, 'udp'),
      port('127.0.0.1', 90, 9090),
      port('::1', 90, 9090),
      port(undefined, 445, undefined),
      port(undefined, 82, undefined, 'sctp'),
    ],
    ImageManifestDescriptor: {
      platform: { architecture: 'amd64', os: 'windows', 'os.version': '10.0.17763', 'os.features': ['a', 'b'] },
    },
  },
]

/** Formats of `ps`. */
export const CONTAINER_FORMATS: readonly string[] = [
  '',
  'table',
  'raw',
  'json',
  '{{json .}}',
  'table {{.Names}}\\t{{.Ports}}\\t{{.Networks}}',
  '{{.ID}} {{.Size}} {{.CreatedAt}} {{.RunningFor}}',
  '{{.Platform}}|{{json .Platform}}|{{.Mounts}}|{{.LocalVolumes}}|{{.Labels}}|{{.Command}}',
]

const image: ImageSummary = {
  Id: sha('a'),
  RepoTags: ['busybox:latest'],
  RepoDigests: [`busybox@${sha('1')}`],
  Created: created,
  Size: 123_456_789,
  SharedSize: -1,
  Containers: -1,
}

/** Valid and invalid image references. */
const NAMES = [
  'a:1',
  'library/a:2',
  'docker.io/a:3',
  'docker.io/library/a/b:4',
  'index.docker.io/a:5',
  'foo.bar/a:6',
  'foo:5000/a:7',
  'localhost/a:8',
  'Upper/a:9',
  'UP.com/a:1',
  'a__b:1',
  'a___b:1',
  'a--b:1',
  'a..b:1',
  '-a:1',
  'a:-1',
  'a:_1',
  `a:${'x'.repeat(128)}`,
  `a:${'x'.repeat(129)}`,
  `x/${'y'.repeat(250)}:1`,
  `x/${'y'.repeat(254)}:1`,
  '[::1]:5000/a:1',
  'a'.repeat(64),
  `${'a'.repeat(64)}:1`,
  'foo_bar.com/x:1',
  'foo-.com/x:1',
  'docker.io/docker.io/a:1',
  'library/library:1',
  'LOCALHOST/a:1',
  `a:1@${sha('1')}`,
  `a@${sha('2')}`,
  `a@sha256:${'3'.repeat(32)}`,
  `a@md5:${'3'.repeat(32)}`,
  `a@sha512:${'3'.repeat(128)}`,
  `a@sha256:${'A'.repeat(64)}`,
  '',
  ':',
  '/',
  'a/',
  'é:1',
  '<none>:<none>',
]

/** Images with and without names, tags and digests. */
export const IMAGES: readonly ImageSummary[] = [
  image,
  { ...image, RepoTags: ['x/y:1', 'x/y:2'], RepoDigests: [`x/y@${sha('2')}`, `x/y@${sha('3')}`] },
  { ...image, RepoTags: [], RepoDigests: [`q@${sha('4')}`, `q@${sha('5')}`] },
  { ...image, RepoTags: [], RepoDigests: [] },
  { ...image, RepoTags: null, RepoDigests: null, Created: -62_135_596_800, SharedSize: 5, Containers: 3 },
  { ...image, RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'], Created: 0 },
  { ...image, RepoTags: ['<none>:<none>'], RepoDigests: [`docker.io/library/foo@${sha('6')}`], Size: 0 },
  ...NAMES.map((name) => ({
    ...image,
    RepoTags: name.includes('@') ? null : [name],
    RepoDigests: name.includes('@') ? [name] : [],
  })),
]

export const IMAGE_FORMATS: readonly string[] = [
  '',
  'table',
  'raw',
  'json',
  '{{.Repository}}:{{.Tag}} {{.Digest}}',
  'table {{.ID}}\\t{{.Repository}}',
  'table {{.Digest}}\\t{{.VirtualSize}}',
  '{{.CreatedAt}} {{.CreatedSince}} {{.SharedSize}} {{.UniqueSize}} {{.Containers}}',
  '{{upper .Tag}} {{len .Repository}}',
  '{{upper .Foo}}',
  '{{',
]

const manifest = (architecture: string, isAvailable: boolean, containers: readonly string[] | null) => ({
  ID: sha(architecture === 'amd64' ? 'a' : 'b'),
  Available: isAvailable,
  Kind: 'image',
  Size: { Content: 1_234_567, Total: 5_234_567 },
  ImageData: {
    Platform: { architecture, os: 'linux', variant: architecture === 'arm' ? 'v7' : '' },
    Containers: containers,
  },
})

/** Lists of images with their platforms, for the tree. */
export const TREES: Readonly<Record<string, readonly ImageSummary[]>> = {
  empty: [],
  plain: [
    { ...image, RepoTags: ['b:1', 'a:1', '日本:1', 'aaa:1'] },
    { ...image, RepoTags: ['two'], Created: created + 1, Containers: 1 },
    { ...image, RepoTags: [], RepoDigests: [] },
    { ...image, RepoTags: [], Created: 5 },
  ],
  platforms: [
    image,
    {
      ...image,
      Created: created + 1,
      RepoTags: ['alpine:3', 'alpine:latest'],
      Containers: 2,
      Manifests: [
        manifest('amd64', true, ['c1']),
        manifest('arm', false, null),
        { ...manifest('x', true, null), Kind: 'unknown' },
      ],
    },
    {
      ...image,
      RepoTags: ['registry.example.com/some/very/long/repository/name:with-a-long-tag'],
      Created: 1,
      Manifests: [manifest('arm', true, [])],
    },
    { ...image, RepoTags: null, RepoDigests: null, Created: 6, Containers: 1 },
  ],
}
