import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { failure, json, type Reply } from '../support/fake-replies.ts'
import { nodeProgram, programUnderTest } from './programs.ts'

/** The secrets that tug reads, which must not appear anywhere else. */
const SECRETS = {
  typed: 'typed-sesame-1',
  stored: 'stored-sesame-2',
  identity: 'identity-sesame-3',
  environment: 'environment-sesame-4',
  helped: 'helped-sesame-5',
  issued: 'issued-sesame-6',
  header: 'header-sesame-7',
  proxy: 'proxy-sesame-8',
  variable: 'variable-sesame-9',
} as const
const basic = (secret: string) => ({ auth: Buffer.from(`me:${secret}`).toString('base64') })
const spellings = Object.values(SECRETS).flatMap((secret) => [
  secret,
  basic(secret).auth,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(JSON.stringify({ username: 'me', password: secret }))
    .toString('base64url')
    .slice(30, 60),
])

const CONFIG = {
  auths: {
    'stored.example.com': basic(SECRETS.stored),
    'token.example.com': { auth: 'bWU6', identitytoken: SECRETS.identity },
  },
  credHelpers: { 'helped.example.com': 'spy', 'broken.example.com': 'broken' },
  HttpHeaders: { 'X-Token': SECRETS.header },
  proxies: { default: { httpProxy: `http://me:${SECRETS.proxy}@proxy.example.com` } },
}
/** A credential helper that records its arguments and has a secret for one server. */
const HELPER = `#!/bin/sh
echo "$0 $*" >> <dir>/argv
read -r line
case "$1" in get) echo '{"Username":"me","Secret":"${SECRETS.helped}"}' ;; esac
exit 0
`
/** A credential helper that prints a secret and fails. */
const BROKEN = HELPER.replace('exit 0', 'exit 1')
/** An ssh client that records its arguments and connects to the daemon's socket. */
const SSH = `#!/bin/sh
echo "$0 $*" >> <dir>/argv
exec '${process.execPath}' -e 'const s = require("node:net").connect("<dir>/docker.sock"); process.stdin.pipe(s).pipe(process.stdout)'
`

const hosts = ['stored', 'token', 'helped', 'broken', 'env', 'none'].map((name) => `${name}.example.com`)
const lines: readonly (readonly string[])[] = [
  ...hosts.flatMap((host) => [
    ['pull', `${host}/a`],
    ['push', `${host}/a`],
    ['search', `${host}/a`],
    ['login', host],
    ['login', '-u', 'me', '--password-stdin', host],
    ['logout', host],
    ['run', '--rm', '--pull', 'always', '-e', 'SECRET', `${host}/a`],
    ['create', '-e', 'SECRET', `${host}/a`],
  ]),
  ['ps'],
  ['images'],
  ['version'],
  ['inspect', 'a'],
]

/** The daemon's responses. */
const daemons: Readonly<Record<string, Reply>> = {
  'that accepts': json({ Id: 'abc' }),
  'that refuses': failure(401, 'unauthorized: incorrect username or password'),
  'that fails': failure(500, 'Get "https://stored.example.com/v2/": EOF'),
  'that sends invalid JSON': { chunks: ['{nonsense'] },
  'that closes the connection': { fail: 'close-before-response' },
}

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tug-secrets-'))
  await Promise.all(['bin', '.docker', 'tmp', 'cwd'].map((name) => mkdir(join(dir, name))))
  const programs = { 'docker-credential-spy': HELPER, 'docker-credential-broken': BROKEN, ssh: SSH, 'xdg-open': HELPER }
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(dir, 'bin', name), text.replaceAll('<dir>', dir))
    await chmod(join(dir, 'bin', name), 0o755)
  }
})
afterEach(() => rm(dir, { recursive: true }))

async function run(program: readonly string[], argv: readonly string[], host: string): Promise<string> {
  await writeFile(join(dir, '.docker/config.json'), JSON.stringify(CONFIG), { mode: 0o600 })
  const [file = '', ...leading] = program
  const child = spawn(file, [...leading, '-D', '-l', 'debug', ...argv], {
    cwd: join(dir, 'cwd'),
    env: {
      HOME: dir,
      TMPDIR: join(dir, 'tmp'),
      PATH: `${dir}/bin:/usr/bin:/bin`,
      DOCKER_HOST: host,
      SECRET: SECRETS.variable,
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'env.example.com': basic(SECRETS.environment) } }),
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  child.stdin.on('error', () => {})
  child.stdin.end(SECRETS.typed)
  await once(child, 'close')
  return output
}

/** Returns the names and content of all files except config.json and the programs. */
async function filesLeft(): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const ours = files.filter((file) => !file.startsWith(join(dir, 'bin')) && file !== join(dir, '.docker/config.json'))
  return (await Promise.all(ours.map(async (file) => `${file}\n${await readFile(file, 'utf8')}`))).join('\n')
}

const found = (text: string) => spellings.filter((secret) => text.includes(secret))
const programs = [programUnderTest(), nodeProgram()].filter((program) => program !== undefined)

describe.each(Object.entries(daemons))('with a daemon %s', (name, reply) => {
  test('no secret is printed, passed in argv or written to a file', async () => {
    const agreed = json({ Status: 'Login Succeeded', IdentityToken: SECRETS.issued })
    const auth = name === 'that accepts' ? { 'POST /auth': agreed } : {}
    const daemon = new FakeDaemon({ replies: { 'GET /_ping': {}, 'HEAD /_ping': {}, ...auth, '* *': reply } })
    const socket = await daemon.listen(join(dir, 'docker.sock'))
    try {
      for (const [at, argv] of lines.entries()) {
        const program = programs[at % 4 === 0 ? programs.length - 1 : 0] ?? []
        const output = await run(program, argv, at % 9 === 0 ? 'ssh://me@far.example.com' : socket)
        expect(found(output), `${argv.join(' ')}:\n${output}`).toEqual([])
        if (argv[0] !== 'logout') expect(output, argv.join(' ')).toMatch(/level=debug|error|Error|refused/)
      }
      const left = await filesLeft()
      expect(left).toContain('docker-credential-spy get')
      expect(left).toContain('/ssh ')
      expect(found(left), left).toEqual([])
    } finally {
      await daemon.close()
    }
  })
})

test('the daemon receives the secrets, so the search for them can find them', async () => {
  const daemon = new FakeDaemon({ replies: { 'POST /images/create': { lines: [] } } })
  try {
    const socket = await daemon.listen(join(dir, 'docker.sock'))
    for (const host of hosts) await run(programs[0] ?? [], ['pull', `${host}/a`], socket)
    const sent = JSON.stringify(daemon.requests)
    for (const name of ['stored', 'identity', 'environment', 'helped', 'header'] as const) {
      expect(sent).toContain(SECRETS[name])
    }
  } finally {
    await daemon.close()
  }
})

test('errors about DOCKER_AUTH_CONFIG and config.json do not contain secrets', async () => {
  const auth = basic(SECRETS.environment).auth
  for (const text of [
    `{"auths":{"a":{"auth":"${auth}!"}}}`,
    `{"auths":"${auth}"}`,
    `{"auths":{"a":{"auth":${auth}}}}`,
  ]) {
    await writeFile(join(dir, '.docker/config.json'), text)
    for (const variable of [text, '']) {
      const [file = '', ...leading] = programs[0] ?? []
      const env = { HOME: dir, PATH: '', DOCKER_HOST: 'unix:///nowhere', DOCKER_AUTH_CONFIG: variable }
      const child = spawn(file, [...leading, '-D', 'pull', 'a/b'], { env })
      let output = ''
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk
      })
      await once(child, 'close')
      expect(output).toMatch(/WARNING: Error parsing config file|Failed to create credential store/)
      expect(found(output), output).toEqual([])
    }
  }
})
