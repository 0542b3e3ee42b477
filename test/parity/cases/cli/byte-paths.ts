import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import type { FileContent, ParityGroup } from '../../case.ts'
import { creating } from '../container/run-replies.ts'

/** A byte that is not UTF-8, `\\xe9`, as Go strings have it (src/domain/go/bytes.ts). */
const E = '\udce9'
/** The UTF-8 of a lone surrogate, U+D800, which Go does not accept either. */
const SURROGATE = '\udced\udca0\udc80'

const files: Readonly<Record<string, FileContent>> = {
  [`cwd/f${E}`]: 'A=1\n',
  [`cwd/s${SURROGATE}`]: 'S=1\n',
  [`cwd/ctx${E}/Dockerfile`]: 'FROM scratch\n',
  [`cwd/ctx${E}/D${E}`]: 'FROM odd\n',
  [`cwd/ctx${E}/d${E}/n${SURROGATE}`]: 'x',
  [`cwd/ctx${E}/l${E}`]: { link: `t${E}` },
  [`cwd/ln${E}`]: { link: `ctx${E}` },
  [`cwd/cfg${E}/config.json`]: '{"psFormat":"configured {{.ID}}"}',
  [`cwd/wd${E}/e.env`]: 'IN=wd\n',
  [`cwd/wd${E}/Dockerfile`]: 'FROM wd\n',
}

const replies: Replies = {
  ...creating,
  'GET /containers/json': json([{ Id: 'aaaaaaaaaaaaaaaa' }]),
  'GET /containers/*': failure(404, 'no such container'),
  'DELETE /containers/*': failure(404, 'no such container'),
  'POST /build': { lines: [{ stream: 'Successfully built 9bea9f2796e2\n' }] },
  'HEAD /containers/c/archive': { status: 404 },
  'PUT /containers/c/archive': noContent,
  'GET /images/get': { chunks: ['image'] },
  'POST /images/load': { lines: [{ stream: 'Loaded\n' }] },
  'POST /images/create': { lines: [{ status: 'sha256:aa' }] },
  'POST /secrets/create': json({ ID: 's' }),
}

const commands: readonly (readonly string[])[] = [
  ['create', '--env-file', `f${E}`, 'a'],
  ['create', '--env-file', `s${SURROGATE}`, 'a'],
  ['create', '--env-file', `none${E}`, 'a'],
  ['create', '--label-file', `f${E}`, 'a'],
  ['create', '--cidfile', `id${E}`, 'a'],
  ['create', '--cidfile', `f${E}`, 'a'],
  ['create', '--cidfile', `none${E}/x`, 'a'],
  ['create', '-v', `./f${E}:/x`, 'a'],
  ['create', '--mount', `type=bind,src=/f${E},dst=/x`, 'a'],
  ['create', '-e', `A=${E}`, '--name', `n${E}`, 'a'],
  ['cp', `f${E}`, 'c:/x'],
  ['cp', `f${E}`, `c:/${E}`],
  ['cp', `ctx${E}`, 'c:/x'],
  ['cp', `ctx${E}/.`, 'c:/x'],
  ['cp', `ctx${E}/d${E}/n${SURROGATE}`, 'c:/x'],
  ['cp', `ln${E}`, 'c:/x'],
  ['cp', '-L', `ln${E}`, 'c:/x'],
  ['cp', `none${E}`, 'c:/x'],
  ['load', '-i', `f${E}`],
  ['load', '-i', `none${E}`],
  ['import', `f${E}`],
  ['import', `none${E}`],
  ['save', '-o', `out${E}`, 'a'],
  ['save', '-o', `none${E}/x`, 'a'],
  ['build', `ctx${E}`],
  ['build', '-f', `ctx${E}/D${E}`, `ctx${E}`],
  ['build', '-f', `f${E}`, `ctx${E}`],
  ['build', `none${E}`],
  ['secret', 'create', 's', `f${E}`],
  ['secret', 'create', 's', `none${E}`],
  ['--config', `cfg${E}`, 'ps'],
  ['--config', `none${E}`, 'ps', '-q'],
  ['rm', `c${E}`],
  ['port', `c${E}`],
  ['ps', '-q', '--filter', `name=${E}`],
  [`ps${E}`],
  ['ps', `--${E}`],
]

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

/** Files of a build in other encodings than UTF-8. The daemon reads the Dockerfile; .dockerignore is read by the client. */
const encoded: readonly (readonly [note: string, files: Readonly<Record<string, FileContent>>])[] = [
  ['a Dockerfile in UTF-16', { 'cwd/Dockerfile': utf16('FROM scratch\nCOPY a /\n') }],
  ['a Dockerfile with a byte order mark', { 'cwd/Dockerfile': '\ufeffFROM scratch\nCOPY a /\n' }],
  ['.dockerignore with a byte order mark', { 'cwd/.dockerignore': '\ufeffa\nb\n' }],
  ['.dockerignore with a second byte order mark', { 'cwd/.dockerignore': '\ufeffa\n\ufeffb\n' }],
  ['.dockerignore in UTF-16', { 'cwd/.dockerignore': utf16('a\nb\n') }],
  ['.dockerignore with bytes that are not UTF-8', { 'cwd/.dockerignore': Buffer.from('a\nf\xe9\n', 'latin1') }],
]

const sizeVaries = {
  stdout: { compare: 'presence', because: "docker's own count of sent bytes differs from run to run" },
} as const

export const bytePaths: ParityGroup = {
  name: 'byte-paths',
  cases: [
    ...commands.map((argv) => ({
      argv,
      env: { DOCKER_BUILDKIT: '0' },
      files,
      replies,
      outputs: [`cwd/id${E}`, `cwd/out${E}`],
      ...(argv[0] === 'build' ? { lenient: sizeVaries } : {}),
    })),
    ...encoded.map(([note, content]) => ({
      argv: ['build', '.'],
      env: { DOCKER_BUILDKIT: '0' },
      files: { 'cwd/Dockerfile': 'FROM scratch\n', 'cwd/a': 'a', 'cwd/b': 'b', 'cwd/c': 'c', ...content },
      replies,
      note,
      lenient: sizeVaries,
    })),
    ...[
      ['create', '--env-file', 'e.env', '-v', './x:/x', 'a'],
      ['build', '.'],
      ['cp', 'e.env', 'c:/x'],
    ].map((argv) => ({
      argv,
      cwd: `cwd/wd${E}`,
      env: { DOCKER_BUILDKIT: '0' },
      files,
      replies,
      note: 'in a directory that is not UTF-8',
      ...(argv[0] === 'build' ? { lenient: sizeVaries } : {}),
    })),
  ],
}
