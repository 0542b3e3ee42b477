import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRegistry } from '../../support/engines/start.ts'
import { TokenIssuer } from '../../support/token-issuer.ts'
import { contentOf, engineKinds, makeImage, openRegistryFixture, type RegistryFixture } from './fixture.ts'

const account = { user: 'gordon', password: 'a turtle of few words', identityToken: 'an-identity-token-of-gordon' }

describe.each(engineKinds)('a registry with tokens, at engine %s', (kind) => {
  let fixture: RegistryFixture
  let issuer: TokenIssuer
  let registry: Awaited<ReturnType<typeof startRegistry>>
  let image = ''

  beforeAll(async () => {
    fixture = await openRegistryFixture(kind)
    issuer = await TokenIssuer.open(fixture.directory, account)
    registry = await startRegistry({ tokens: issuer.source })
    image = `${registry.host}/team/box:1`
  })
  afterAll(async () => {
    await registry?.stop()
    await issuer?.close()
    await fixture?.close()
  })

  const login = (password: string) =>
    fixture.shell.run(`tug -D login -u ${account.user} --password-stdin ${registry.host}`, { input: password })
  const config = () => readFile(join(fixture.shell.configDirectory, 'config.json'), 'utf8')

  test('a wrong password is refused', async () => {
    const { stderr, exitCode } = await login('wrong-secret')
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/unauthorized|401/i)
    expect(stderr).not.toContain('wrong-secret')
  })

  test('login stores an identity token instead of the password, which push and pull use', async () => {
    const content = await makeImage(fixture, image)
    const refused = await fixture.shell.run(`tug push ${image}`)
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/denied|unauthorized|authentication/) })

    expect(await login(account.password)).toMatchObject({ exitCode: 0, stdout: 'Login Succeeded\n' })
    expect(JSON.parse(await config()).auths[registry.host]).toEqual({
      auth: Buffer.from(`${account.user}:`).toString('base64'),
      identitytoken: account.identityToken,
    })
    expect(await config()).not.toContain(account.password)

    issuer.credentials.length = 0
    const pushed = await fixture.shell.run(`tug -D push ${image}`)
    expect(pushed.exitCode, pushed.stderr).toBe(0)
    await fixture.shell.succeed(`tug rmi ${image}`)
    const pulled = await fixture.shell.run(`tug -D pull ${image}`)
    expect(pulled.exitCode, pulled.stderr).toBe(0)
    expect(issuer.credentials).toContain('identity token')
    expect(issuer.credentials).not.toContain('password')
    expect(await contentOf(fixture, image)).toBe(content)
    for (const { stdout, stderr } of [pushed, pulled]) expect(stdout + stderr).not.toContain(account.identityToken)
  })

  test('without a daemon, tug logs in to the registry itself', async () => {
    await fixture.shell.succeed(`tug logout ${registry.host}`)
    const line = `DOCKER_HOST=unix://${fixture.directory}/nowhere.sock tug -D login -u ${account.user} --password-stdin`
    const wrong = await fixture.shell.run(`${line} ${registry.host}`, { input: 'wrong-secret' })
    expect(wrong).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /Get "http:\/\/[\d.:]+\/v2\/": unauthorized: .*incorrect username or password.*\n$/,
      ),
    })
    expect(wrong.stderr).not.toContain('wrong-secret')
    const right = await fixture.shell.run(`${line} ${registry.host}`, { input: account.password })
    expect(right).toMatchObject({ exitCode: 0, stdout: 'Login Succeeded\n' })
    expect(JSON.parse(await config()).auths[registry.host]).toMatchObject({ identitytoken: account.identityToken })
    await fixture.shell.succeed(`tug push ${image}`)
    const outcome = await fixture.shell.run(`${line} 127.0.0.1:1`, { input: account.password })
    expect(outcome).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/Get "http:\/\/127\.0\.0\.1:1\/v2\/": dial tcp .*connection refused\n$/),
    })
  })

  test('push is refused after logout', async () => {
    expect(await fixture.shell.succeed(`tug logout ${registry.host}`)).toBe(
      `Removing login credentials for ${registry.host}\n`,
    )
    expect(JSON.parse(await config()).auths).toEqual({})
    expect((await fixture.shell.run(`tug push ${image}`)).exitCode).toBe(1)
  })

  test('credentials in DOCKER_AUTH_CONFIG are used', async () => {
    const { user, password } = account
    const auth = Buffer.from(`${user}:${password}`).toString('base64')
    const value = JSON.stringify({ auths: { [registry.host]: { auth } } })
    await fixture.shell.succeed(`DOCKER_AUTH_CONFIG='${value}' tug push ${image}`)
    expect(await config()).not.toContain(auth)
  })

  test('all tags, and an image by its digest, are pulled', async () => {
    await login(account.password)
    const name = image.slice(0, image.lastIndexOf(':'))
    const all = ['1', '2', 'last']
    await makeImage(fixture, image)
    for (const tag of all) await fixture.shell.succeed(`tug tag ${image} ${name}:${tag}`)
    const pushed = await fixture.shell.succeed(`tug push -a ${name}`)
    const digests = [...pushed.matchAll(/^(\w+): digest: (sha256:\w+) size: \d+$/gm)]
    expect(digests.map(([, tag]) => tag)).toEqual(all)
    await fixture.shell.succeed(`tug rmi ${all.map((tag) => `${name}:${tag}`).join(' ')}`)
    const byDigest = `${name}@${digests[0]?.[2]}`
    expect(await fixture.shell.succeed(`tug pull -q ${byDigest}`)).toBe(`${byDigest}\n`)
    await fixture.shell.succeed(`tug pull -a ${name}`)
    const listed = await fixture.shell.succeed(`tug images --format '{{.Tag}}' ${name}`)
    expect(listed.trim().split('\n').sort()).toEqual(['1', '2', '<none>', 'last'].filter((tag) => listed.includes(tag)))
    expect(listed).toContain('last\n')
  })
})
