import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startRegistry } from '../../support/engines/start.ts'
import { programs, Shell } from '../../support/run.ts'
import { TokenIssuer } from '../../support/token-issuer.ts'

const account = { user: 'gordon', password: 'a turtle of few words', identityToken: 'an-identity-token-of-gordon' }
const SCHEMA2 = 'application/vnd.docker.distribution.manifest.v2+json'
const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const digestOf = (bytes: string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** Sends a request to a registry with full access, without tug. */
async function sendRequest(url: string, init: RequestInit = {}): Promise<Response> {
  const first = await fetch(url, init)
  const challenge = first.headers.get('www-authenticate') ?? ''
  if (first.status !== 401) return first
  const basic = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`
  if (!challenge.startsWith('Bearer'))
    return fetch(url, { ...init, headers: { ...init.headers, Authorization: basic } })
  const { realm = '', ...query } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
  const issued = await fetch(`${realm}?${new URLSearchParams(query)}`, { headers: { Authorization: basic } })
  const { token }: { token: string } = JSON.parse(await issued.text())
  return fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } })
}

async function putBlob(base: string, content: string): Promise<{ size: number; digest: string }> {
  const begun = await sendRequest(`${base}/blobs/uploads/`, { method: 'POST' })
  const url = new URL(begun.headers.get('location') ?? '')
  url.searchParams.set('digest', digestOf(content))
  const { status } = await sendRequest(url.href, { method: 'PUT', body: content })
  expect(status).toBe(201)
  return { size: content.length, digest: digestOf(content) }
}

/** Uploads an image of one layer to a registry and returns its digest. */
async function putImage(registry: string, name: string, tag: string, architecture: string): Promise<string> {
  const base = `http://${registry}/v2/${name}`
  const config = await putBlob(base, JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers' } }))
  const layer = await putBlob(base, `a layer for ${architecture}`)
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: SCHEMA2,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', ...config },
    layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', ...layer }],
  })
  const headers = { 'Content-Type': SCHEMA2 }
  const { status } = await sendRequest(`${base}/manifests/${tag}`, { method: 'PUT', headers, body: manifest })
  expect(status).toBe(201)
  return digestOf(manifest)
}

type Auth = 'no authentication' | 'a password' | 'a token for a password' | 'a token for an identity token'
const auths: Auth[] = ['no authentication', 'a password', 'a token for a password', 'a token for an identity token']

describe.each(programs)('manifests with $name', (program) => {
  describe.each(auths)('at a registry with %s', (auth) => {
    let directory = ''
    let shell: Shell
    let issuer: TokenIssuer | undefined
    let registry: Awaited<ReturnType<typeof startRegistry>>
    let host = ''
    const digests = { amd64: '', arm64: '' }

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'tug-manifests-'))
      if (auth.startsWith('a token')) issuer = await TokenIssuer.open(directory, account)
      registry = await startRegistry(
        issuer ? { tokens: issuer.source } : auth === 'no authentication' ? {} : { account },
      )
      host = registry.host
      digests.amd64 = await putImage(host, 'team/app', 'amd64', 'amd64')
      digests.arm64 = await putImage(host, 'base', 'arm64', 'arm64')
    })
    afterAll(async () => {
      await registry?.stop()
      await issuer?.close()
      await rm(directory, { recursive: true })
    })
    beforeEach(async () => {
      shell = await Shell.open(program, {})
      await mkdir(shell.configDirectory, { recursive: true })
      const { user, password, identityToken } = account
      const entry = {
        auth: Buffer.from(auth.endsWith('identity token') ? `${user}:` : `${user}:${password}`).toString('base64'),
        ...(auth.endsWith('identity token') ? { identitytoken: identityToken } : {}),
      }
      const config = auth === 'no authentication' ? {} : { auths: { [host]: entry } }
      await writeFile(join(shell.configDirectory, 'config.json'), JSON.stringify(config))
    })
    afterEach(() => shell.close())

    test('shows whether a tag exists', async () => {
      const found = await shell.succeed(`tug manifest inspect --insecure ${host}/team/app:amd64`)
      expect(JSON.parse(found).mediaType).toBe(SCHEMA2)
      const verbose = await shell.succeed(`tug manifest inspect --insecure -v ${host}/team/app:amd64`)
      expect(JSON.parse(verbose)).toMatchObject({
        Ref: `${host}/team/app:amd64`,
        Descriptor: { digest: digests.amd64, platform: { architecture: 'amd64', os: 'linux' } },
      })
      expect(await shell.run(`tug manifest inspect --insecure ${host}/team/app`)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: `no such manifest: ${host}/team/app:latest\n`,
      })
    })

    test('creates and pushes a list of two platforms, one from another repository', async () => {
      const list = `${host}/team/app:multi`
      const images = `${host}/team/app:amd64 ${host}/base:arm64`
      expect(await shell.succeed(`tug manifest create --insecure ${list} ${images}`)).toBe(
        `Created manifest list ${list}\n`,
      )
      await shell.succeed(`tug manifest annotate --variant v8 ${list} ${host}/base:arm64`)
      const pushed = await shell.succeed(`tug manifest push --purge ${list}`)
      const [reference, digest, end] = pushed.split('\n')
      expect({ reference, end }).toEqual({
        reference: `Pushed ref ${host}/team/app@${digests.arm64} with digest: ${digests.arm64}`,
        end: '',
      })
      const response = await sendRequest(`http://${host}/v2/team/app/manifests/multi`, { headers: { Accept: LIST } })
      const stored = await response.text()
      expect(digestOf(stored)).toBe(digest)
      expect(JSON.parse(stored).manifests).toMatchObject([
        { digest: digests.arm64, platform: { architecture: 'arm64', os: 'linux', variant: 'v8' } },
        { digest: digests.amd64, platform: { architecture: 'amd64', os: 'linux' } },
      ])
      expect(await shell.succeed(`tug manifest inspect --insecure ${list}`)).toBe(`${stored}\n`)
      expect(await shell.run(`tug manifest rm ${list}`)).toMatchObject({
        exitCode: 1,
        stderr: `No such manifest: ${list}\n`,
      })
    })

    if (auth === 'no authentication') return

    test('reports wrong credentials', async () => {
      const entry = { auth: Buffer.from(`${account.user}:wrong-secret`).toString('base64') }
      await writeFile(join(shell.configDirectory, 'config.json'), JSON.stringify({ auths: { [host]: entry } }))
      const { exitCode, stdout, stderr } = await shell.run(`tug -D manifest inspect --insecure ${host}/team/app:amd64`)
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
      expect(stderr).toMatch(/no such manifest|unauthorized/)
      expect(stderr).not.toMatch(/wrong-secret|Z29yZG9u/)
    })
  })
})

describe.each(programs)('a registry with TLS, with $name', (program) => {
  test('verifies the certificate, except with --insecure', async () => {
    const registry = await startRegistry({ tls: 'valid', account })
    const shell = await Shell.open(program, {})
    try {
      const auth = Buffer.from(`${account.user}:${account.password}`).toString('base64')
      await mkdir(shell.configDirectory, { recursive: true })
      await writeFile(
        join(shell.configDirectory, 'config.json'),
        JSON.stringify({ auths: { [registry.host]: { auth } } }),
      )
      const image = `${registry.host}/team/app:1`
      const unknown = await shell.run(`tug manifest inspect ${image}`)
      expect(unknown).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(
          /^failed to configure transport: error pinging v2 registry: Get "https:.*x509: certificate signed by unknown/,
        ),
      })
      const missing = { exitCode: 1, stderr: `no such manifest: ${image}\n` }
      const known = `SSL_CERT_FILE=${registry.authority} tug manifest inspect ${image}`
      expect(await shell.run(known)).toMatchObject(missing)
      expect(await shell.run(`tug manifest inspect --insecure ${image}`)).toMatchObject(missing)
    } finally {
      await shell.close()
      await registry.stop()
    }
  })
})
