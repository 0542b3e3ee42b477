import { createHash } from 'node:crypto'
import { json, type Replies, type Reply } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { basic } from './credentials.ts'

const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const SCHEMA2 = 'application/vnd.docker.distribution.manifest.v2+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const OCI = 'application/vnd.oci.image.manifest.v1+json'
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const typed = (type: string, text: string, status = 200): Reply => ({
  status,
  chunks: [text],
  headers: { 'Content-Type': type },
})
const refused = (status: number, ...errors: unknown[]): Reply => json({ errors }, status)

interface FakeImage {
  readonly platform: { readonly architecture: string; readonly os: string }
  readonly type: string
  readonly text: string
  readonly config: string
  readonly layer: string
}

function image(type: string, platform: object, options: { indent?: number; more?: object } = {}): FakeImage {
  const config = JSON.stringify({ ...platform, config: { Cmd: ['sh'] }, rootfs: { type: 'layers', diff_ids: [] } })
  const layer = digestOf(`layer for ${config}`)
  const manifest = {
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/octet-stream', size: config.length, digest: digestOf(config) },
    layers: [{ mediaType: 'application/gzip', size: 32, digest: layer }],
    ...options.more,
  }
  return {
    platform: { architecture: '', os: '', ...platform },
    type,
    text: JSON.stringify(manifest, undefined, options.indent ?? 3),
    config,
    layer,
  }
}

const amd64 = image(SCHEMA2, { architecture: 'amd64', os: 'linux' })
const arm = image(SCHEMA2, { architecture: 'arm', os: 'linux', variant: 'v7' })
const oci = image(
  OCI,
  { architecture: 'arm64', os: 'linux' },
  { indent: 2, more: { annotations: { b: '<&>', a: 'ü' } } },
)
const windows = image(
  OCI,
  { architecture: 'amd64', os: 'windows', 'os.version': '10.0', 'os.features': ['win32k'] },
  { indent: 0, more: { mediaType: undefined } },
)
const nameless = image(SCHEMA2, {})
const images = { amd64, arm, oci, windows, nameless }

const entry = ({ type, text }: FakeImage, platform: object) => ({
  mediaType: type,
  size: text.length,
  digest: digestOf(text),
  platform,
})
const entries = [
  entry(amd64, { architecture: 'amd64', os: 'linux', features: ['sse4'] }),
  entry(arm, { architecture: 'arm', os: 'linux', variant: 'v6' }),
  entry(oci, { architecture: 'arm64', os: 'linux', 'os.version': '<1>', 'os.features': ['a', 'b'] }),
]
const list = JSON.stringify({ schemaVersion: 2, mediaType: LIST, manifests: entries }, undefined, 3)
const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: entries, annotations: { k: 'v' } })

/** Returns the responses of a repository, by tag and by digest. */
function repository(name: string): Replies {
  const found = Object.entries(images).flatMap(([tag, { type, text, config }]) => [
    [`GET /v2/${name}/manifests/${tag}`, typed(type, text)],
    [`GET /v2/${name}/manifests/${digestOf(text)}`, typed(type, text)],
    [`GET /v2/${name}/blobs/${digestOf(config)}`, typed('application/octet-stream', config)],
  ])
  return Object.fromEntries(found)
}

const registry: Replies = {
  'GET /v2/': json({}),
  ...repository('box'),
  ...repository('team/other'),
  'GET /v2/box/manifests/list': typed(LIST, list),
  'GET /v2/box/manifests/index': typed(`${INDEX}; charset=utf-8`, index),
  [`GET /v2/box/manifests/${digestOf(index)}`]: typed(INDEX, index),
  'GET /v2/box/manifests/missing': refused(404, { code: 'MANIFEST_UNKNOWN', message: 'unknown', detail: { Tag: 'a' } }),
  'GET /v2/none/*': refused(404, { code: 'NAME_UNKNOWN', message: 'unknown', detail: { name: 'none' } }),
  'POST /v2/*/blobs/uploads/': { status: 201 },
  'HEAD /v2/*': { status: 200, headers: { 'Content-Length': '32', 'Content-Type': 'application/octet-stream' } },
}

const wrong = `sha256:${'0'.repeat(64)}`
/** Responses of registries for a manifest, by its tag. */
const responses: Readonly<Record<string, Reply>> = {
  bare: refused(404, { code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }),
  codeless: refused(404, { message: 'words' }),
  denied: refused(403, { code: 'DENIED', message: 'you may not', detail: 'x' }),
  several: refused(404, { code: 'WEIRD', message: 'hm' }, { code: 'DENIED' }),
  limited: refused(429, { code: 'TOOMANYREQUESTS', message: 'slow down' }),
  limits: typed('text/plain', 'slow', 429),
  unauthorized: refused(401, { code: 'UNAUTHORIZED', message: 'authentication required', detail: null }),
  stranger: refused(401, { code: 'UNAUTHORIZED', message: 'who are you', detail: [] }),
  junk401: typed('application/json', 'junk', 401),
  html401: typed('text/html', '<p>', 401),
  html403: typed('text/html', '<p>', 403),
  html404: typed('text/html', '<p>', 404),
  junk404: typed('application/json', '<p>', 404),
  empty404: json({}, 404),
  details403: json({ details: 'not you' }, 403),
  oauth: {
    ...refused(401, { code: 'UNAUTHORIZED', message: 'authentication required', detail: 1 }),
    headers: { 'WWW-Authenticate': 'Bearer realm="http://x/",error="insufficient_scope"' },
  },
  expired: {
    ...refused(401),
    headers: { 'WWW-Authenticate': 'Bearer realm="http://x/",error="invalid_token",error_description="too old"' },
  },
  broken: typed('text/plain', 'oops', 500),
  text: typed('text/plain', '{}'),
  cut: typed(OCI, '{'),
  'oci-other': typed(OCI, '{"mediaType":"x"}'),
  'schema2-other': typed(SCHEMA2, '{"mediaType":"x"}'),
  'list-other': typed(LIST, '{"mediaType":"x"}'),
  'index-other': typed(INDEX, '{"mediaType":"x"}'),
  'no-config': typed(OCI, JSON.stringify({ schemaVersion: 2, config: { digest: wrong } })),
  'empty-index': typed(INDEX, '{"schemaVersion":2,"manifests":[]}'),
  moved: { status: 307, headers: { Location: '/v2/box/manifests/amd64' } },
  circle: { status: 307, headers: { Location: '/v2/box/manifests/circle' } },
}
const strange = Object.fromEntries(
  Object.entries(responses).map(([tag, reply]) => [`GET /v2/box/manifests/${tag}`, reply]),
)
const faults: Replies = { ...strange, ...registry }

const R = '<hostport>'
const online = { daemon: 'tcp', replies: registry } as const
const offline = { daemon: 'none' } as const
const manifest = (...tail: string[]) => ['manifest', ...tail]

/** Returns the files of a manifest list in docker's store, one for each image. */
function storedList(
  domain: string,
  names: readonly (keyof typeof images)[],
  options: { raw?: boolean; path?: string } = {},
) {
  const { raw = true, path = 'box' } = options
  return Object.fromEntries(
    names.map((name) => {
      const { type, text, platform } = images[name]
      const descriptor = { mediaType: type, digest: digestOf(text), size: Buffer.byteLength(text), platform }
      const head = JSON.stringify({
        Ref: `${domain === '<hostfile>' ? R : domain}/${path}:${name}`,
        Descriptor: descriptor,
        ...(raw ? { Raw: Buffer.from(text).toString('base64') } : {}),
      })
      const member = type === OCI ? 'OCIManifest' : 'SchemaV2Manifest'
      const compact = JSON.stringify(JSON.parse(text)).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)
      const file = `.docker/manifests/${domain}_box-multi/${domain}_${path.replaceAll('/', '_')}-${name}`
      return [file, `${head.slice(0, -1)},"${member}":${compact}}`]
    }),
  )
}

const tokenChallenge = {
  'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': `Bearer realm="http://127.0.0.1:1/token",service="s"` } },
}
const E = 'example.com'
const multi = storedList(E, ['amd64', 'arm', 'oci'])
const file = (name: string) => `.docker/manifests/example.com_box-multi/example.com_box-${name}`
const here = (name: string) => `.docker/manifests/<hostfile>_box-multi/<hostfile>_box-${name}`

const inspectCases: ParityCase[] = [
  ...each(
    manifest('inspect', '--insecure'),
    ['amd64', 'arm', 'oci', 'windows', 'nameless', 'list', 'index', 'missing'].map((tag) => [`${R}/box:${tag}`]),
    online,
  ),
  ...each(
    manifest('inspect', '--insecure', '-v'),
    ['amd64', 'oci', 'windows', 'nameless', 'list', 'index', 'missing'].map((tag) => [`${R}/box:${tag}`]),
    online,
  ),
  ...each(
    manifest('inspect', '--insecure', '--verbose=true'),
    [
      [`${R}/box@${digestOf(oci.text)}`],
      [`${R}/box:oci@${digestOf(oci.text)}`],
      [`${R}/box:amd64@${digestOf(oci.text)}`],
      [`${R}/box@${digestOf(index)}`],
      [`${R}/box@${wrong}`],
    ],
    online,
  ),
  ...each(
    manifest('inspect', '--insecure'),
    [[`${R}/box`], [`${R}/none:1`], [`${R}/BOX:1`], [`${R}/box:`], ['']],
    online,
  ),
  ...each(manifest('inspect'), [[`${R}/box:amd64`], ['-v', `${R}/box:list`]], { ...online, note: 'no TLS' }),
  ...each(
    manifest('inspect', '--insecure'),
    Object.keys(responses).map((tag) => [`${R}/box:${tag}`]),
    { daemon: 'tcp', replies: faults },
  ),
  {
    argv: manifest('inspect', '--insecure', `${R}/box:amd64`),
    note: 'a password is required',
    daemon: 'tcp',
    replies: { ...registry, 'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } } },
  },
  {
    argv: manifest('inspect', '--insecure', `${R}/box:amd64`),
    note: 'a password is stored',
    daemon: 'tcp',
    config: { auths: { [R]: basic('gordon', 'secret') } },
    replies: { ...registry, 'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } } },
  },
  {
    argv: manifest('inspect', '--insecure', `${R}/box:amd64`),
    note: 'the token issuer is unreachable',
    daemon: 'tcp',
    replies: { ...registry, ...tokenChallenge },
  },
  {
    argv: manifest('inspect', '--insecure', `${R}/box:amd64`),
    note: 'no token realm',
    daemon: 'tcp',
    replies: { ...registry, 'GET /v2/': { status: 401, headers: { 'WWW-Authenticate': 'Bearer service="s"' } } },
  },
  ...each(
    manifest('inspect'),
    [
      [`${E}/box:multi`],
      ['-v', `${E}/box:multi`],
      [`${E}/box:multi`, `${E}/box:oci`],
      ['-v', `${E}/box:multi`, `${E}/box:oci`],
      [`${E}/box:multi`, `${E}/box:none`],
      [`${E}/box:none`, `${E}/box:oci`],
      ['BAD', `${E}/box:oci`],
      [`${E}/box:multi`, 'BAD'],
    ],
    { ...offline, files: multi },
  ),
  {
    argv: manifest('inspect', `${E}/box:multi`),
    note: 'an empty list',
    ...offline,
    files: { '.docker/manifests/example.com_box-multi': 'directory' },
  },
  {
    argv: manifest('inspect', `${E}/box:multi`, `${E}/box:amd64`),
    note: 'no JSON',
    ...offline,
    files: { ...multi, [file('amd64')]: 'junk' },
  },
  {
    argv: manifest('inspect', 'box:multi'),
    note: 'a list of another registry',
    ...offline,
    files: { '.docker/manifests/docker.io_library_box-multi/x': multi[file('amd64')] ?? '' },
  },
  ...each(manifest('inspect'), [[], ['a', 'b', 'c'], ['--nope', 'a'], ['-v=x', 'a']], offline),
  ...each(manifest('inspect'), [['127.0.0.1:1/box'], ['--insecure', '127.0.0.1:1/box:1']], offline),
]

const createCases: ParityCase[] = [
  {
    argv: manifest('create', '--insecure', `${R}/box:multi`, `${R}/box:amd64`, `${R}/box:oci`, `${R}/box:windows`),
    ...online,
    outputs: [here('amd64'), here('oci'), here('windows')],
  },
  {
    argv: manifest('create', '--insecure', `${R}/box:multi`, `${R}/box:amd64`, `${R}/box:missing`, `${R}/box:arm`),
    ...online,
    outputs: [here('amd64'), here('missing'), here('arm')],
  },
  ...each(
    manifest('create', '--insecure'),
    [
      [`${R}/box:multi`, `${R}/box:list`],
      [`${R}/box:multi`, `${R}/box:index`],
      [`${R}/box:multi`, 'BAD'],
      ['BAD', `${R}/box:amd64`],
      ['one'],
      [],
    ],
    online,
  ),
  { argv: manifest('create', `${R}/box:multi`, `${R}/box:amd64`), note: 'no TLS', ...online },
  ...each(
    manifest('create', '--insecure'),
    [
      [`${R}/box:multi`, `${R}/box:amd64`],
      ['-a', `${R}/box:multi`, `${R}/box:amd64`, `${R}/box:nameless`],
    ],
    {
      ...online,
      note: 'the list exists',
      files: storedList('<hostfile>', ['amd64']),
      outputs: [here('amd64'), here('nameless')],
    },
  ),
  {
    argv: manifest('create', '--insecure', '--amend', `${R}/box:multi`, `${R}/box:amd64`),
    note: 'stored by an older client',
    ...online,
    files: storedList('<hostfile>', ['amd64'], { raw: false }),
    outputs: [here('amd64')],
  },
]

const annotateCases: ParityCase[] = [
  ...each(
    manifest('annotate'),
    [
      ['--os', 'linux', '--arch', 'arm', '--variant', 'v6', `${E}/box:multi`, `${E}/box:oci`],
      ['--os-version', '1<2', '--os-features', 'a,b', '--os-features', 'a', `${E}/box:multi`, `${E}/box:oci`],
      ['--arch', 's390x', `${E}/box:multi`, `${E}/box:oci`],
      [`${E}/box:multi`, `${E}/box:oci`],
      ['--os', 'foo', `${E}/box:multi`, `${E}/box:oci`],
      ['--arch', 'amd64', '--os', 'plan9', `${E}/box:multi`, `${E}/box:oci`],
      ['--arch', 'arm64', '--os', 'plan9', `${E}/box:multi`, `${E}/box:oci`],
      ['--arch', 'amd64', `${E}/box:multi`, `${E}/box:none`],
      ['--arch', 'amd64', `${E}/box:none`, `${E}/box:oci`],
      ['--arch', 'amd64', `${E}/box:multi`, 'BAD'],
      ['--arch', 'amd64', 'BAD', 'BAD'],
      [`${E}/box:multi`],
      ['--os-features', '"', `${E}/box:multi`, `${E}/box:oci`],
    ],
    { ...offline, files: multi, outputs: [file('oci')] },
  ),
  {
    argv: manifest('annotate', '--os', 'linux', `${E}/box:multi`, `${E}/box:oci`),
    note: 'stored by an older client',
    ...offline,
    files: storedList(E, ['oci'], { raw: false }),
    outputs: [file('oci')],
  },
]

const put = (name: string) => ({
  [`PUT /v2/box/manifests/${digestOf(images.amd64.text)}`]: {
    status: 201,
    headers: { 'Docker-Content-Digest': digestOf(images.amd64.text) },
  },
  [`PUT /v2/box/manifests/${digestOf(images.oci.text)}`]: {
    status: 201,
    headers: { 'Docker-Content-Digest': digestOf(images.oci.text) },
  },
  [`PUT /v2/box/manifests/${name}`]: { status: 201, headers: { 'Docker-Content-Digest': wrong } },
})
const stored = storedList('<hostfile>', ['amd64', 'arm', 'oci'])
const foreign = { ...stored, ...storedList('<hostfile>', ['amd64', 'oci'], { path: 'team/other' }) }
const pushed = { daemon: 'tcp', replies: { ...registry, ...put('multi') }, outputs: [here('amd64')] } as const

const pushCases: ParityCase[] = [
  ...each(
    manifest('push'),
    [[], ['--insecure'], ['--purge'], ['-p', '--insecure=false']].map((flags) => [...flags, `${R}/box:multi`]),
    { ...pushed, files: stored },
  ),
  { argv: manifest('push', `${R}/box:multi`), note: 'from another repository', ...pushed, files: foreign },
  {
    argv: manifest('push', `${R}/box:multi`),
    note: 'manifests stored by an older client',
    ...pushed,
    files: storedList('<hostfile>', ['amd64', 'oci'], { path: 'team/other', raw: false }),
  },
  {
    argv: manifest('push', `${R}/box:multi`),
    note: 'blobs are not mounted',
    ...pushed,
    files: foreign,
    replies: {
      ...pushed.replies,
      'POST /v2/*/blobs/uploads/': {
        status: 202,
        headers: { Location: '/v2/box/blobs/uploads/1?a=b', 'Docker-Upload-UUID': '1' },
      },
    },
  },
  {
    argv: manifest('push', `${R}/box:multi`),
    note: 'the mount is refused',
    ...pushed,
    files: foreign,
    replies: {
      ...pushed.replies,
      'POST /v2/*/blobs/uploads/': refused(403, { code: 'DENIED', message: 'no', detail: 1 }),
    },
  },
  ...[
    refused(403, { code: 'DENIED', message: 'no' }),
    refused(400, { code: 'MANIFEST_BLOB_UNKNOWN', message: 'x', detail: 'y' }),
    typed('text/plain', 'oops', 500),
    { status: 201 },
  ].map((reply, at) => ({
    argv: manifest('push', '--purge', `${R}/box:multi`),
    note: `refusal ${at}`,
    ...pushed,
    files: stored,
    replies: { ...registry, 'PUT /v2/*': reply },
  })),
  {
    argv: manifest('push', `${R}/box:multi`),
    note: 'no platform',
    ...pushed,
    files: storedList('<hostfile>', ['amd64', 'nameless']),
  },
  {
    argv: manifest('push', `${R}/box:multi`),
    note: 'no JSON',
    ...pushed,
    files: { ...stored, [here('amd64')]: 'junk' },
  },
  {
    argv: manifest('push', 'box:multi'),
    note: 'to another registry',
    ...offline,
    files: { '.docker/manifests/docker.io_library_box-multi/x': multi[file('amd64')] ?? '' },
  },
  {
    argv: manifest('push', `${E}/box:multi`),
    note: 'an empty list',
    ...offline,
    files: { '.docker/manifests/example.com_box-multi': 'directory' },
  },
  ...each(manifest('push'), [['none'], ['BAD'], [], ['a', 'b']], offline),
]

const rmCases: ParityCase[] = [
  ...each(
    manifest('rm'),
    [[`${E}/box:multi`], [`${E}/box:multi`, 'none', 'BAD', `${E}/box:multi`], ['none', `${E}/box:multi`], []],
    {
      ...offline,
      files: multi,
      outputs: [file('amd64'), file('oci')],
    },
  ),
]

export const manifests: ParityGroup = {
  name: 'manifest',
  cases: [
    ...inspectCases,
    ...createCases,
    ...annotateCases,
    ...pushCases,
    ...rmCases,
    ...each(
      ['manifest'],
      [
        [],
        ['--help'],
        ['inspect', '--help'],
        ['create', '--help'],
        ['annotate', '--help'],
        ['push', '--help'],
        ['rm', '--help'],
        ['nope'],
      ],
      { ...offline, lenient: helpIsOurs },
    ),
  ],
}
