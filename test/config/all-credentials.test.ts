import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAllCredentials } from '../../src/config/all-credentials.ts'
import { Credentials } from '../../src/config/credentials.ts'

const STORE = `#!/bin/sh
in=$(cat)
case "$1 $in" in
list*) echo '{"https://index.docker.io/v1/":"hub","reg.io":"bob","gone.io":"x"}' ;;
*" reg.io") echo '{"ServerURL":"reg.io","Username":"bob","Secret":"s3"}' ;;
*" https:"*) echo '{"ServerURL":"h","Username":"<token>","Secret":"tok"}' ;;
*) echo "credentials not found in native keychain"; exit 1 ;;
esac
`
const ONE = `#!/bin/sh
case $(cat) in
special.io) echo '{"ServerURL":"x","Username":"sp","Secret":"y"}' ;;
bad.io) echo boom; exit 1 ;;
*) echo "credentials not found in native keychain"; exit 1 ;;
esac
`

let dir: string
const { PATH } = process.env

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tug-helpers-'))
  for (const [name, script] of Object.entries({ all: STORE, one: ONE })) {
    writeFileSync(join(dir, `docker-credential-${name}`), script)
    chmodSync(join(dir, `docker-credential-${name}`), 0o755)
  }
  process.env.PATH = `${dir}:${PATH}`
})

afterAll(() => {
  process.env.PATH = PATH
  rmSync(dir, { recursive: true })
})

const SPECIAL = { username: 'sp', password: 'y', serveraddress: 'special.io' }
const HUB = { serveraddress: 'https://index.docker.io/v1/', identitytoken: 'tok' }
const PLAIN = { 'plain.io': { auth: 'YTpi' } }

// The expected values are what docker build 28.2.2 sends with this config.json and these helpers.
test.each([
  [
    'config.json',
    {
      auths: {
        'https://index.docker.io/v1/': { auth: 'dXNlcjpwYXNz' },
        'localhost:5000': { auth: 'YTpiOmM=' },
        'empty.io': {},
        'tok.io': { auth: 'PHRva2VuPjo=', identitytoken: 'idt' },
        'rt.io': { registrytoken: 'rt', email: 'x@y' },
      },
    },
    {
      'https://index.docker.io/v1/': {
        username: 'user',
        password: 'pass',
        serveraddress: 'https://index.docker.io/v1/',
      },
      'localhost:5000': { username: 'a', password: 'b:c', serveraddress: 'localhost:5000' },
      'empty.io': { serveraddress: 'empty.io' },
      'tok.io': { username: '<token>', serveraddress: 'tok.io', identitytoken: 'idt' },
      'rt.io': { email: 'x@y', serveraddress: 'rt.io', registrytoken: 'rt' },
    },
    [],
  ],
  [
    'a helper for all servers',
    { credsStore: 'all', auths: { 'reg.io': { email: 'm@x' }, ...PLAIN } },
    {
      'https://index.docker.io/v1/': HUB,
      'reg.io': { username: 'bob', password: 's3', email: 'm@x', serveraddress: 'reg.io' },
      'gone.io': {},
    },
    [],
  ],
  [
    'helpers for single servers before a helper for all',
    {
      credsStore: 'all',
      credHelpers: { 'special.io': 'one', 'bad.io': 'one', 'none.io': 'one', 'reg.io': 'one' },
    },
    { 'https://index.docker.io/v1/': HUB, 'gone.io': {}, 'none.io': {}, 'reg.io': {}, 'special.io': SPECIAL },
    ['bad.io: error getting credentials - err: exit status 1, out: `boom`'],
  ],
  [
    'helpers for single servers before config.json',
    { credHelpers: { 'special.io': 'one' }, auths: { ...PLAIN, 'special.io': { auth: 'YTpi' } } },
    { 'plain.io': { username: 'a', password: 'b', serveraddress: 'plain.io' }, 'special.io': SPECIAL },
    [],
  ],
])('reads credentials from %s', async (_name, data, expected, expectedFailures) => {
  const config = { dir, path: join(dir, 'config.json'), data, warning: '', isDamaged: false, isContextUnknown: false }
  const failures: string[] = []
  const credentials = await readAllCredentials(config, new Credentials(config), (registry, reason) =>
    failures.push(`${registry}: ${reason}`),
  )
  expect(credentials).toEqual(expected)
  expect(failures).toEqual(expectedFailures)
})

test('reports a missing helper for all servers', async () => {
  const data = { credsStore: 'missing', credHelpers: { 'special.io': 'one' }, auths: PLAIN }
  const config = { dir, path: join(dir, 'config.json'), data, warning: '', isDamaged: false, isContextUnknown: false }
  await expect(readAllCredentials(config, new Credentials(config), () => {})).rejects.toThrow(
    'error listing credentials - err: exec: "docker-credential-missing": executable file not found in $PATH, out: ``',
  )
})
