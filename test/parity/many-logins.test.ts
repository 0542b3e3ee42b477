import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { json } from '../support/fake-replies.ts'
import { programUnderTest } from './programs.ts'

const [file = '', ...leading] = programUnderTest()
const LOGINS = 50

let dir: string
let daemon: FakeDaemon
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tug-many-'))
  daemon = new FakeDaemon({ replies: { 'POST /auth': json({ Status: 'Login Succeeded' }) } })
  await daemon.listen(join(dir, 'docker.sock'))
})
afterEach(async () => {
  await daemon.close()
  await rm(dir, { recursive: true })
})

const configFile = () => join(dir, 'config/config.json')

function start(argv: readonly string[], stdin: string) {
  const env = { PATH: '', HOME: dir, DOCKER_HOST: daemon.host, DOCKER_CONFIG: join(dir, 'config') }
  const child = spawn(file, [...leading, ...argv], { env, stdio: ['pipe', 'ignore', 'pipe'] })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  return child
}

async function login(at: number): Promise<number> {
  const [code] = await once(start(['login', '-u', `user${at}`, '--password-stdin', registry(at)], `pass${at}`), 'exit')
  return code
}

const registry = (at: number) => `registry${at}.example.com:5000`
const auth = (at: number) => ({ auth: Buffer.from(`user${at}:pass${at}`).toString('base64') })
const numbers = Array.from({ length: LOGINS }, (_, at) => at)

test('fifty logins and ten logouts in parallel lose no entry of config.json', async () => {
  await mkdir(join(dir, 'config'))
  const old = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`old${at}.example.com`, auth(at)]))
  const rest = {
    zeta: { b: [1], a: null },
    psFormat: 'json',
    HttpHeaders: { 'X-Meta': 'y' },
    credentialSpecs: { a: 1 },
  }
  await writeFile(join(dir, 'real.json'), JSON.stringify({ ...rest, auths: old, last: 'key' }), { mode: 0o644 })
  await symlink('../real.json', configFile())

  const logouts = Object.keys(old).map(async (server) => (await once(start(['logout', server], ''), 'exit'))[0])
  const codes = await Promise.all([...numbers.map(login), ...logouts])

  expect(new Set(codes)).toEqual(new Set([0]))
  const written = JSON.parse(await readFile(configFile(), 'utf8'))
  expect(written.auths).toEqual(Object.fromEntries(numbers.map((at) => [registry(at), auth(at)])))
  expect(written).toMatchObject(rest)
  expect(Object.keys(written)).toEqual([...Object.keys(rest), 'auths', 'last'])
  expect(await readlink(configFile())).toBe('../real.json')
  expect((await stat(configFile())).mode & 0o777).toBe(0o600)
  expect((await readdir(dir)).sort()).toEqual(['config', 'docker.sock', 'real.json'])
  expect(await readdir(join(dir, 'config'))).toEqual(['config.json'])
})

test('logins that are killed leave a complete config.json and no lock', async () => {
  await Promise.all(
    numbers.slice(0, 20).map(async (at) => {
      const child = start(['login', '-u', `user${at}`, '--password-stdin', registry(at)], `pass${at}`)
      const timer = setTimeout(() => child.kill('SIGKILL'), 20 + at * 10)
      await once(child, 'exit')
      clearTimeout(timer)
    }),
  )
  expect(await login(LOGINS)).toBe(0)
  expect(await readdir(join(dir, 'config'))).toEqual(['config.json'])
  const { auths } = JSON.parse(await readFile(configFile(), 'utf8'))
  expect(auths[registry(LOGINS)]).toEqual(auth(LOGINS))
  for (const [name, entry] of Object.entries(auths)) expect(entry).toEqual(auth(Number(/\d+/.exec(name)?.[0])))
})
