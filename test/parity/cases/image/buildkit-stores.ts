import { createHash } from 'node:crypto'
import type { BuildKitReplies } from '../../../support/buildkit-daemon.ts'
import type { FileContent, ParityCase } from '../../case.ts'

const blob = (text: string) => ({
  text,
  digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
})
const first = blob('the first manifest')
const second = blob('the second manifest')
const ABSENT = `sha256:${'1'.repeat(64)}`

const entry = ({ text, digest }: typeof first, annotations?: object) => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest,
  size: text.length,
  ...(annotations ? { annotations } : {}),
})
const index = (...manifests: readonly unknown[]) => JSON.stringify({ schemaVersion: 2, manifests })
const tagged = (name: string) => ({ 'org.opencontainers.image.ref.name': name })
const called = (name: string) => ({ 'io.containerd.image.name': name })

const files: Record<string, FileContent> = {
  'cwd/Dockerfile': 'FROM scratch\nCOPY . /\n',
  'cwd/.dockerignore': '*\n',
  'cwd/file': 'not a directory',
  'cwd/empty': 'directory',
  'cwd/lay/index.json': index(
    entry(first, tagged('latest')),
    entry(second, tagged('v2')),
    entry(first, { ...tagged('both'), ...called('v2-named') }),
    entry(second, called('both')),
    entry({ ...first, digest: 'sha256:../../../../secret' }, tagged('climbs')),
    entry({ ...first, digest: '' }, tagged('nameless')),
    entry({ ...first, digest: 'md5:abc' }, tagged('md5')),
    entry({ ...first, digest: 'md5:a/c' }, tagged('md5-odd')),
    entry({ ...first, digest: 'sha256:' }, tagged('half')),
    entry({ ...first, digest: `sha256:${'Z'.repeat(64)}` }, tagged('letters')),
    entry({ ...first, digest: ABSENT }, tagged('absent')),
  ),
  [`cwd/lay/blobs/sha256/${first.digest.slice(7)}`]: first.text,
  [`cwd/lay/blobs/sha256/${second.digest.slice(7)}`]: second.text,
  'cwd/one/index.json': index(entry(first)),
  [`cwd/one/blobs/sha256/${first.digest.slice(7)}`]: first.text,
  'cwd/none/index.json': index(),
  'cwd/broken/index.json': '{"manifests": [',
  'cwd/odd/index.json': '[]',
  'cwd/nothing/index.json': '',
  secret: 'not to be read',
}

const built: BuildKitReplies = { exporterResponse: { 'containerimage.digest': ABSENT } }
const containerd: BuildKitReplies = {
  ...built,
  workerLabels: { 'org.mobyproject.buildkit.worker.snapshotter': 'overlayfs' },
}

/** The files that a cache export writes. */
const LAYOUT = ['index.json', 'oci-layout', `blobs/sha256/${blob('{"a":"cache"}').digest.slice(7)}`]

const imports = [
  'src=lay',
  'src=./lay/',
  'src=<dir>/cwd/lay',
  'src=lay,tag=v2',
  'src=lay,tag=both',
  'src=lay,tag=v2-named',
  'src=lay,tag=none',
  'src=lay,tag=',
  'src=lay,tag=climbs',
  'src=lay,tag=nameless',
  'src=lay,tag=absent',
  `src=lay,digest=${second.digest}`,
  `src=lay,digest=${ABSENT}`,
  'src=lay,digest=x',
  'src=lay,digest=sha256:../../../../secret',
  'src=lay,digest=',
  `src=empty,digest=${first.digest}`,
  `src=missing,digest=${first.digest}`,
  `src=file,digest=${first.digest}`,
  'src=one',
  'src=none',
  'src=broken',
  'src=odd',
  'src=nothing',
  'src=empty',
  'src=missing',
  'src=file',
  'src=',
]

const layouts = [
  'lay',
  './lay/',
  '<dir>/cwd/lay',
  'lay:v2',
  'lay:both',
  'lay:v2-named',
  'lay:none',
  'lay:',
  'lay:climbs',
  'lay:nameless',
  'lay:md5',
  'lay:md5-odd',
  'lay:half',
  'lay:letters',
  'lay:absent',
  'lay:v2:both',
  `lay@${second.digest}`,
  `lay:v9@${second.digest}`,
  `lay@${ABSENT}`,
  'lay@x',
  'lay@',
  'lay@sha256:../../../../secret',
  `lay@${second.digest}@x`,
  `missing@${second.digest}`,
  `file@${second.digest}`,
  'one',
  'one:v9',
  'none',
  'broken',
  'odd',
  'nothing',
  'empty',
  'missing',
  'file',
  '',
]

/** Caches and OCI layouts in directories, and the blobs that the session serves from them. */
export const stores: readonly ParityCase[] = [
  ...imports.map(
    (fields): ParityCase => ({
      argv: ['build', '--cache-from', `type=local,${fields}`, '.'],
      note: 'stores',
      files,
      buildkit: built,
    }),
  ),
  {
    argv: [
      'build',
      '--cache-from',
      'type=local,src=lay',
      '--cache-from',
      'type=local,src=one',
      '--cache-from',
      'a',
      '.',
    ],
    note: 'stores',
    files,
    buildkit: built,
  },
  ...layouts.map(
    (place): ParityCase => ({
      argv: ['build', '--build-context', `a=oci-layout://${place}`, '.'],
      note: 'stores',
      files,
      buildkit: built,
    }),
  ),
  {
    argv: ['build', '--build-context', 'a=oci-layout://lay', '--build-context', 'b=oci-layout://one', '.'],
    note: 'stores',
    files,
    buildkit: built,
  },
  ...[
    ['type=local,dest=cache'],
    ['type=local,dest=deep/er/cache,mode=max'],
    ['type=local,dest=cache,tag=v1'],
    ['type=local,dest=cache,tag='],
    ['type=local'],
    ['type=local,dest='],
    ['type=local,dest=file'],
    ['type=local,dest=file/x'],
    ['type=local,dest=one'],
    ['type=local,dest=one,tag=v1'],
    ['type=local,dest=lay'],
    ['type=local,dest=broken'],
    ['type=local,dest=odd'],
    ['type=local,dest=nothing'],
    ['type=local,dest=cache', 'type=local,dest=other,tag=v1'],
    ['type=registry'],
  ].map(
    (exports): ParityCase => ({
      argv: ['build', '--metadata-file', 'meta.json', ...exports.flatMap((each) => ['--cache-to', each]), '.'],
      env: { BUILDX_METADATA_PROVENANCE: 'disabled' },
      note: 'stores',
      files,
      buildkit: containerd,
      outputs: [
        ...exports.flatMap((each) => {
          const directory = /dest=([^,]+)/.exec(each)?.[1]
          return directory === undefined ? [] : LAYOUT.map((name) => `cwd/${directory}/${name}`)
        }),
        'cwd/meta.json',
      ],
    }),
  ),
  {
    argv: ['build', '--cache-from', 'type=registry', '.'],
    note: 'stores',
    files,
    buildkit: built,
  },
]
