import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadConfigFile } from '../../src/config/config-file.ts'
import { Credentials } from '../../src/config/credentials.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tug-credentials-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true })
})

const alice = { username: 'alice', password: 's:cret', serveraddress: 'reg:5000' }

function open(config?: object): Credentials {
  if (config) writeFileSync(join(dir, 'config.json'), JSON.stringify(config))
  return new Credentials(loadConfigFile(dir))
}

const written = () => JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'))

describe('credentials in config.json', () => {
  it('are stored in docker’s format, readable by the owner only', async () => {
    await expect(open().store(alice)).resolves.toBe('plain')
    expect(readFileSync(join(dir, 'config.json'), 'utf8')).toBe(
      `{\n\t"auths": {\n\t\t"reg:5000": {\n\t\t\t"auth": "${Buffer.from('alice:s:cret').toString('base64')}"\n\t\t}\n\t}\n}`,
    )
    expect(statSync(join(dir, 'config.json')).mode & 0o777).toBe(0o600)
    await expect(open().get('reg:5000')).resolves.toEqual(alice)
  })

  it('are changed without touching the rest of the file, including unknown keys and their order', async () => {
    const before = { zeta: { b: 1, a: [2] }, auths: { other: { auth: 'eDp5' } }, psFormat: 'json' }
    await open(before).store(alice)
    await open().erase('reg:5000')
    expect(written()).toEqual(before)
    expect(Object.keys(written())).toEqual(['zeta', 'auths', 'psFormat'])
  })

  it('are written through a symbolic link', async () => {
    writeFileSync(join(dir, 'real.json'), '{}')
    symlinkSync('real.json', join(dir, 'config.json'))
    await open().store(alice)
    expect(readFileSync(join(dir, 'real.json'), 'utf8')).toContain('reg:5000')
  })

  it('are not written to a file that is not valid JSON', async () => {
    writeFileSync(join(dir, 'config.json'), '{broken')
    await expect(open().store(alice)).rejects.toThrow(/not changing .*config\.json/)
    expect(readFileSync(join(dir, 'config.json'), 'utf8')).toBe('{broken')
  })

  it('are found by host, and include identity tokens', async () => {
    const credentials = open({
      auths: { 'https://reg:5000/v1/': { auth: 'YWxpY2U6czpjcmV0' }, tok: { auth: 'eDo=', identitytoken: 'T' } },
    })
    await expect(credentials.get('reg:5000')).resolves.toEqual({ ...alice, serveraddress: 'https://reg:5000/v1/' })
    await expect(credentials.get('tok')).resolves.toMatchObject({ identitytoken: 'T' })
    await expect(credentials.get('elsewhere')).resolves.toEqual({})
  })
})

describe('credentials in a helper', () => {
  /** A helper that stores credentials in files beside it, and records its arguments. */
  const HELPER = `#!/bin/sh
cd "$(dirname "$0")"
echo "$*" >> arguments
case $1 in
store) cat > stored ;;
get) cat > requested; if [ -f stored ]; then cat stored; else echo "credentials not found in native keychain"; exit 1; fi ;;
erase) cat > erased; rm -f stored ;;
esac
`

  beforeEach(() => {
    writeFileSync(join(dir, 'docker-credential-fake'), HELPER)
    chmodSync(join(dir, 'docker-credential-fake'), 0o755)
    vi.stubEnv('PATH', `${dir}${delimiter}${process.env.PATH}`)
  })

  it('are stored, read and erased over stdin, never by argument', async () => {
    const credentials = open({ credsStore: 'fake' })
    await expect(credentials.get('reg:5000')).resolves.toEqual({})
    await expect(credentials.store(alice)).resolves.toBe('helper')
    expect(written().auths).toEqual({ 'reg:5000': {} })
    await expect(credentials.get('reg:5000')).resolves.toEqual(alice)
    expect(readFileSync(join(dir, 'requested'), 'utf8')).toBe('reg:5000')
    await open().erase('reg:5000')
    expect(existsSync(join(dir, 'stored'))).toBe(false)
    expect(written().auths).toEqual({})
    expect(readFileSync(join(dir, 'arguments'), 'utf8')).toBe('get\nstore\nget\nerase\n')
  })

  it('are stored with the username <token> if they are an identity token', async () => {
    const credentials = open({ credHelpers: { 'reg:5000': 'fake' } })
    await credentials.store({ username: 'alice', identitytoken: 'T', serveraddress: 'reg:5000' })
    expect(JSON.parse(readFileSync(join(dir, 'stored'), 'utf8'))).toEqual({
      ServerURL: 'reg:5000',
      Username: '<token>',
      Secret: 'T',
    })
    await expect(credentials.get('reg:5000')).resolves.toEqual({ identitytoken: 'T', serveraddress: 'reg:5000' })
  })

  it('are refused if the helper is missing', async () => {
    await expect(open({ credsStore: 'nope' }).store(alice)).rejects.toThrow(
      'error storing credentials - err: exec: "docker-credential-nope": executable file not found in $PATH, out: ``',
    )
  })
})
