import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAllCredentials } from '../../src/config/all-credentials.ts'
import { loadConfigFile } from '../../src/config/config-file.ts'
import { Credentials } from '../../src/config/credentials.ts'
import { parseEnvironmentCredentials } from '../../src/config/environment-credentials.ts'

const auth = (text: string) => Buffer.from(text).toString('base64')
const auths = (entries: object) => JSON.stringify({ auths: entries })

// The parity group auth-config compares the error messages with docker's.
describe('parseEnvironmentCredentials', () => {
  it('decodes every name and password', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/[:\0]/.test(name)),
        fc.string({ unit: 'grapheme' }).filter((password) => !password.includes('\0')),
        (username, password) => {
          const credentials = parseEnvironmentCredentials(
            auths({ 'reg:5000': { auth: auth(`${username}:${password}`) } }),
          )
          expect(credentials['reg:5000']).toEqual({ username, password, serveraddress: 'reg:5000' })
        },
      ),
    )
  })

  it('prints no secret in an error message', () => {
    const secret = 'c2VjcmV0LXdpdGhvdXQtY29sb24='
    for (const text of [
      auths({ a: { auth: secret } }),
      auths({ a: { auth: `${secret}!` } }),
      `{"auths":"${secret}"}`,
    ]) {
      let message = ''
      try {
        parseEnvironmentCredentials(text)
      } catch (error) {
        message = String(error)
      }
      expect(message).not.toBe('')
      expect(message).not.toContain(secret)
    }
  })

  it('has no server with the name of a member of Object.prototype', () => {
    expect(parseEnvironmentCredentials(auths({})).constructor).toBeUndefined()
  })
})

describe('credentials with DOCKER_AUTH_CONFIG', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tug-environment-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const open = (config: object, environment: string) => {
    writeFileSync(join(dir, 'config.json'), JSON.stringify(config))
    const file = loadConfigFile(dir)
    const warnings: string[] = []
    const credentials = new Credentials(file, { environment, searchPath: '', warn: (line) => warnings.push(line) })
    return { file, credentials, warnings }
  }
  const inFile = { auths: { both: { auth: auth('file:f') }, file: { auth: auth('file:f') } } }

  it('take precedence, also for a build', async () => {
    const { file, credentials } = open(inFile, auths({ both: { auth: auth('env:e') } }))
    expect(await credentials.get('both')).toMatchObject({ username: 'env' })
    expect(await credentials.get('file')).toMatchObject({ username: 'file' })
    expect(await credentials.get('constructor')).toEqual({})
    expect(await readAllCredentials(file, credentials, () => {})).toMatchObject({
      both: { username: 'env' },
      file: { username: 'file' },
    })
  })

  it('are used alone if the helper for all servers is missing', async () => {
    const { file, credentials } = open({ credsStore: 'missing' }, auths({ both: { auth: auth('env:e') } }))
    expect(await readAllCredentials(file, credentials, () => {})).toEqual({
      both: { username: 'env', password: 'e', serveraddress: 'both' },
    })
  })

  it('cause one warning if they cannot be parsed', async () => {
    const { credentials, warnings } = open(inFile, '{')
    await credentials.get('both')
    await credentials.get('file')
    expect(warnings).toEqual(['Failed to create credential store from DOCKER_AUTH_CONFIG:  unexpected EOF'])
  })
})
