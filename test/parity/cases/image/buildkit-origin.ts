import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { create } from '@bufbuild/protobuf'
import { StatusResponseSchema } from '../../../../src/builder/buildkit/gen/moby/control_pb.ts'
import type { BuildKitReplies } from '../../../support/buildkit-daemon.ts'
import type { FileContent, ParityCase } from '../../case.ts'

const DIGEST = `sha256:${'1'.repeat(64)}`
const built: BuildKitReplies = { exporterResponse: { 'containerimage.digest': DIGEST } }

/** A commit of the empty tree, which git knows without an object file. */
const commit = (() => {
  const who = 'Some One <some@example.com> 1000000000 +0000'
  const text = `tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor ${who}\ncommitter ${who}\n\nall of it\n`
  const object = Buffer.from(`commit ${text.length}\0${text}`)
  return { id: createHash('sha1').update(object).digest('hex'), object: deflateSync(object) }
})()

/** Returns the files of a repository in `<dir>/DIRECTORY` with one commit. */
function repository(directory: string, config = ''): Record<string, FileContent> {
  return {
    [`${directory}/.git/HEAD`]: 'ref: refs/heads/main\n',
    [`${directory}/.git/config`]: `[core]\n\trepositoryformatversion = 0\n\tbare = false\n${config}`,
    [`${directory}/.git/refs/heads/main`]: `${commit.id}\n`,
    [`${directory}/.git/objects/${commit.id.slice(0, 2)}/${commit.id.slice(2)}`]: commit.object,
  }
}

const remote = (name: string, url: string) => `[remote "${name}"]\n\turl = ${url}\n`
const FETCH = '\tfetch = +refs/heads/*:refs/remotes/other/*\n'
const ORIGIN = remote('origin', 'https://user:secret@example.com/a/b.git')
const GIT = { PATH: '/usr/bin:/bin:/usr/local/bin' }

const files: Record<string, FileContent> = {
  'cwd/Dockerfile': 'FROM scratch\n',
  'cwd/other.dockerfile': 'FROM other\n',
  'cwd/sub/Dockerfile': 'FROM sub\n',
  'cwd/sub/deep/Dockerfile': 'FROM deep\n',
  'cwd/link': { link: 'sub/deep' },
  'outside/Dockerfile': 'FROM outside\n',
}

const remotes: readonly (readonly [note: string, config: string])[] = [
  ['no remote', ''],
  ['origin', ORIGIN],
  ['upstream', remote('upstream', 'https://example.com/up.git')],
  ['both', ORIGIN + remote('upstream', 'https://example.com/up.git')],
  ['another remote', remote('other', 'https://example.com/other.git')],
  [
    'another remote that is followed',
    `${ORIGIN}${remote('other', 'https://example.com/other.git')}${FETCH}[branch "main"]\n\tremote = other\n\tmerge = refs/heads/main\n`,
  ],
  ['a remote that is followed and missing', `${ORIGIN}[branch "main"]\n\tremote = gone\n\tmerge = refs/heads/main\n`],
  ['a local branch that is followed', `${ORIGIN}[branch "main"]\n\tremote = .\n\tmerge = refs/heads/main\n`],
  [
    'a remote that is followed and has a password',
    `${ORIGIN}${remote('other', 'https://u:p@example.com/other.git')}${FETCH}[branch "main"]\n\tremote = other\n\tmerge = refs/heads/main\n`,
  ],
  ['an empty URL', remote('origin', '')],
  ['a token', remote('origin', 'https://token@example.com/a.git')],
  ['an empty password', remote('origin', 'https://user:@example.com/a.git')],
  ['an odd password', remote('origin', 'https://user:p%40ss:w@example.com:8443/a%20b.git?x=y#z')],
  ['a password with a slash', remote('origin', 'https://user:p/w@example.com/a.git')],
  ['http', remote('origin', 'http://user:pass@example.com/a.git')],
  ['ssh', remote('origin', 'ssh://git:secret@example.com:22/a.git')],
  ['ssh without a scheme', remote('origin', 'git@example.com:a/b.git')],
  ['a path', remote('origin', '/srv/repositories/a.git')],
  ['a relative path', remote('origin', '../a.git')],
  ['a file', remote('origin', 'file:///srv/user:pass@host/a.git')],
  ['insteadOf', `[url "https://user:pass@mirror.example.com/"]\n\tinsteadOf = m:\n${remote('origin', 'm:a.git')}`],
  ['a space in the password', remote('origin', '"https://user:p w@example.com/a.git"')],
  ['no port', remote('origin', 'https://user:p@example.com:/a.git')],
  ['two at signs', remote('origin', 'https://user:p@w@example.com/a.git')],
  ['only a host', remote('origin', 'https://user:p@example.com')],
  ['an invalid port', remote('origin', 'https://user:p@example.com:x/a.git')],
  ['quotes', remote('origin', '"https://example.com/it\'s.git"')],
  ['capitals', remote('origin', 'HTTPS://User:Pass@Example.COM/A.git')],
  ['IPv6', remote('origin', 'https://u:p@[::1]:8443/a.git')],
  ['no user', remote('origin', 'https://@example.com/a.git')],
]

const settings: readonly Readonly<Record<string, string>>[] = [
  { BUILDX_GIT_INFO: '0' },
  { BUILDX_GIT_INFO: 'x' },
  { BUILDX_GIT_INFO: '' },
  { BUILDX_GIT_LABELS: '1' },
  { BUILDX_GIT_LABELS: 'full' },
  { BUILDX_GIT_LABELS: 'false' },
  { BUILDX_GIT_LABELS: 'x' },
  { BUILDX_GIT_INFO: 'false', BUILDX_GIT_LABELS: 'true' },
  { BUILDX_GIT_CHECK_DIRTY: '1' },
  { BUILDX_GIT_CHECK_DIRTY: 'x' },
  { BUILDX_GIT_CHECK_DIRTY: '1', BUILDX_GIT_LABELS: '1' },
]

const placed: readonly (readonly string[])[] = [
  ['sub'],
  ['./sub/'],
  ['<dir>/cwd/sub/deep'],
  ['link'],
  ['../outside'],
  ['-f', 'sub/Dockerfile', '.'],
  ['-f', 'sub/deep/Dockerfile', 'sub'],
  ['-f', '../outside/Dockerfile', '.'],
  ['-f', '<dir>/cwd/other.dockerfile', 'sub'],
  ['--build-context', 'one=sub', '--build-context', 'two=../outside', '--build-context', 'context=sub/deep', '.'],
  ['--label', 'org.opencontainers.image.source=mine', '--label', 'org.opencontainers.image.revision=mine', '.'],
  ['--check', '.'],
  ['https://example.com/a.git'],
  ['missing'],
]

/** The git remote and commit of the build context. */
const origins: readonly ParityCase[] = [
  ...remotes.map(
    ([note, config]): ParityCase => ({
      argv: ['build', '.'],
      note: `git: ${note}`,
      env: { ...GIT, BUILDX_GIT_LABELS: '1' },
      files: { ...files, ...repository('cwd', config) },
      buildkit: built,
    }),
  ),
  ...settings.map(
    (env): ParityCase => ({
      argv: ['build', '.'],
      note: `git: ${Object.entries(env)
        .map((entry) => entry.join('='))
        .join(' ')}`,
      env: { ...GIT, ...env },
      files: { ...files, ...repository('cwd', ORIGIN) },
      buildkit: built,
    }),
  ),
  ...placed.map(
    (tail): ParityCase => ({
      argv: ['build', ...tail],
      note: 'git',
      env: { ...GIT, BUILDX_GIT_LABELS: '1' },
      files: { ...files, ...repository('cwd', ORIGIN) },
      buildkit: built,
    }),
  ),
  {
    argv: ['build', '-'],
    note: 'git',
    stdin: 'FROM stdin\n',
    env: GIT,
    files: { ...files, ...repository('cwd', ORIGIN) },
    buildkit: built,
  },
  {
    argv: ['build', '-f', '-', 'sub'],
    note: 'git',
    stdin: 'FROM stdin\n',
    env: { ...GIT, BUILDX_GIT_LABELS: '1' },
    files: { ...files, ...repository('cwd', ORIGIN) },
    buildkit: built,
  },
  ...(
    [
      ['a repository in a parent directory', { ...files, ...repository('.', ORIGIN) }],
      ['a detached HEAD', { ...files, ...repository('cwd', ORIGIN), 'cwd/.git/HEAD': `${commit.id}\n` }],
      [
        'no commit yet',
        {
          ...files,
          ...repository('cwd', ORIGIN),
          'cwd/.git/refs/heads/main': '',
          'cwd/.git/HEAD': 'ref: refs/heads/none\n',
        },
      ],
      ['a missing commit', { ...files, ...repository('cwd', ORIGIN), 'cwd/.git/HEAD': `${'1'.repeat(40)}\n` }],
      ['no repository', { ...files, 'cwd/.git': 'directory' }],
      ['a broken repository', { ...files, ...repository('cwd', ORIGIN), 'cwd/.git/config': '[core\n' }],
      ['a link to a repository', { ...files, ...repository('real', ORIGIN), 'cwd/.git': 'gitdir: <dir>/real/.git\n' }],
      ['a dangling link', { ...files, 'cwd/.git': 'gitdir: <dir>/none\n' }],
    ] as const
  ).map(
    ([note, each]): ParityCase => ({
      argv: ['build', '.'],
      note: `git: ${note}`,
      env: { ...GIT, BUILDX_GIT_LABELS: '1' },
      files: each,
      buildkit: built,
    }),
  ),
  {
    argv: ['build', '.'],
    note: 'git is not installed',
    files: { ...files, ...repository('cwd', ORIGIN) },
    buildkit: built,
  },
  {
    argv: ['build', 'sub'],
    note: 'git is not installed',
    files: { ...files, ...repository('cwd', ORIGIN) },
    buildkit: built,
  },
  {
    argv: ['build', '.'],
    note: 'git by GIT_DIR',
    env: { ...GIT, GIT_DIR: '<dir>/other/.git' },
    files: { ...files, ...repository('other', ORIGIN) },
    buildkit: built,
  },
]

const provenance = {
  builder: { id: '' },
  buildType: 'https://mobyproject.org/buildkit@v1',
  materials: [{ uri: 'pkg:docker/a@1?platform=linux%2Famd64', digest: { sha256: '1'.repeat(64) } }],
  invocation: {
    configSource: { entryPoint: 'Dockerfile' },
    parameters: { frontend: 'dockerfile.v0', args: { 'build-arg:HTML': '<a href="b">&</a>', 'label:1': 'x\u2028y' } },
    environment: { platform: 'linux/amd64' },
  },
  buildConfig: {
    llbDefinition: [{ id: 'step0', op: { Op: {}, constraints: {} } }],
    digestMapping: { 'sha256:1': 'step0' },
  },
  metadata: {
    buildInvocationID: 'x',
    buildStartedOn: '2026-01-02T03:04:05.000000006Z',
    completeness: { parameters: true, environment: true, materials: false },
    reproducible: false,
    'https://mobyproject.org/buildkit@v1#metadata': {
      vcs: { revision: commit.id, source: 'https://example.com/a.git' },
    },
  },
}

const METADATA = ['cwd/meta.json']
const metadataCase = (
  env: Readonly<Record<string, string>>,
  buildkit: BuildKitReplies,
  more: readonly string[] = [],
): ParityCase => ({
  argv: ['build', '--metadata-file', 'meta.json', ...more, '.'],
  note: `metadata ${Object.entries(env)
    .map((entry) => entry.join('='))
    .join(' ')}`,
  env,
  files,
  buildkit,
  outputs: METADATA,
})

const warned = create(StatusResponseSchema, {
  warnings: [
    {
      vertex: DIGEST,
      level: 1n,
      short: Buffer.from('Rule: <something> (line 2)'),
      detail: [Buffer.from('What is meant'), Buffer.from('by it')],
      url: 'https://example.com/rule?a=1&b=2',
      info: { filename: 'Dockerfile', data: Buffer.from('FROM a\nRUN b\n'), language: 'Dockerfile' },
      ranges: [{ start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }],
    },
  ],
})

const bare = create(StatusResponseSchema, {
  warnings: [{ vertex: DIGEST, level: 0n, short: Buffer.from('bare'), info: { filename: 'F' } }],
})

/** Provenance and warnings in the metadata file. */
const metadata: readonly ParityCase[] = [
  ...['min', 'max', 'disabled', '0', 'false', '1', 'true', 'MAX', 'x', ''].map((mode) =>
    metadataCase({ BUILDX_METADATA_PROVENANCE: mode }, { ...built, provenance: { '': provenance } }),
  ),
  metadataCase({}, { ...built, provenance: { '': provenance } }),
  metadataCase({}, { ...built, provenance: { '': { ...provenance, builder: { id: 'https://example.com' } } } }, ['-q']),
  metadataCase(
    {},
    { ...built, provenance: { 'linux/amd64': provenance, 'linux/arm64': { ...provenance, buildType: 'other' } } },
    ['--progress=plain'],
  ),
  metadataCase({}, { ...built, provenance: {} }, ['--check']),
  metadataCase({}, { ...built, provenance: { '': provenance } }, ['-o', 'type=cacheonly']),
  metadataCase({}, { ...built, provenance: {} }, ['--progress=plain', '--build-arg', 'remembers=nothing']),
  ...['1', 'true', '0', 'x', ''].map((value) =>
    metadataCase({ BUILDX_METADATA_WARNINGS: value }, { ...built, status: [warned, warned] }),
  ),
  metadataCase({ BUILDX_METADATA_WARNINGS: 'T' }, { ...built, status: [bare] }),
  metadataCase({ BUILDX_METADATA_WARNINGS: '1' }, built, ['--progress=plain']),
  metadataCase({ BUILDX_METADATA_WARNINGS: '1' }, { ...built, status: [warned] }, ['--check']),
  metadataCase({ BUILDX_METADATA_WARNINGS: '1' }, { ...built, status: [warned] }, ['-q']),
]

/** The origin of a build, and the metadata about it. */
export const originCases: readonly ParityCase[] = [...origins, ...metadata]
