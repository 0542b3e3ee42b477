import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import { startRegistry } from '../../support/engines/start.ts'
import { programs } from '../../support/run.ts'
import { contentOf, engineKinds, makeImage, openRegistryFixture, type RegistryFixture } from './fixture.ts'

const account = { user: 'gordon', password: 'a turtle of few words' }

describe.each(engineKinds)('registries with TLS, at engine %s', (kind) => {
  const running: { stop: () => Promise<void> }[] = []
  const hosts = { trusted: '', unknown: '', expired: '' }
  let authority = ''
  let fixture: RegistryFixture

  beforeAll(async () => {
    const [trusted, unknown, expired] = await Promise.all([
      startRegistry({ tls: 'valid', account }),
      startRegistry({ tls: 'valid' }),
      startRegistry({ tls: 'expired' }),
    ])
    running.push(trusted, unknown, expired)
    Object.assign(hosts, { trusted: trusted.host, unknown: unknown.host, expired: expired.host })
    authority = trusted.authority ?? ''
    fixture = await openRegistryFixture(kind, {
      authorities: { [trusted.host]: trusted.authority ?? '', [expired.host]: expired.authority ?? '' },
    })
  })
  afterAll(async () => {
    await fixture?.close()
    await Promise.all(running.map((each) => each.stop()))
  })

  test('login, push and pull succeed with a known authority', async () => {
    const image = `${hosts.trusted}/team/box:1`
    const content = await makeImage(fixture, image)
    await fixture.shell.succeed(`tug login -u gordon --password-stdin ${hosts.trusted}`, { input: account.password })
    await fixture.shell.succeed(`tug push ${image}`)
    await fixture.shell.succeed(`tug rmi ${image}`)
    await fixture.shell.succeed(`tug pull ${image}`)
    expect(await contentOf(fixture, image)).toBe(content)
  })

  test('without a daemon, tug logs in to the registry itself and verifies its certificate', async () => {
    const line = `DOCKER_HOST=unix://${fixture.directory}/nowhere.sock tug login -u gordon --password-stdin ${hosts.trusted}`
    const stranger = await fixture.shell.run(line, { input: account.password })
    expect(stranger).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/x509: certificate signed by unknown/),
    })
    const known = await fixture.shell.run(`SSL_CERT_FILE=${authority} ${line}`, { input: account.password })
    expect(known).toMatchObject({ exitCode: 0, stdout: 'Login Succeeded\n' })
    const wrong = await fixture.shell.run(`SSL_CERT_FILE=${authority} ${line}`, { input: 'wrong-secret' })
    expect(wrong).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/login attempt to .* 401 Unauthorized\n$/),
    })
  })

  const bad = [
    ['unknown', /x509: certificate signed by unknown authority/, /certs\.d\/HOST\/ca\.crt/],
    ['expired', /x509: certificate has expired/, /certificate of HOST/],
  ] as const

  test.each(bad)('a certificate that is %s is refused', async (which, why, advice) => {
    const host = hosts[which]
    const image = `${host}/team/box:1`
    await fixture.shell.succeed(`tug tag busybox ${image}`)
    const expected = new RegExp(`https://${host}/v2/[^]*${why.source}`)
    const typed = { input: 'a-secret' }
    for (const [line, options] of [
      [`tug -D login -u gordon --password-stdin ${host}`, typed],
      [`tug -D push ${image}`, {}],
      [`tug -D pull ${image}`, {}],
    ] as const) {
      const { stdout, stderr, exitCode } = await fixture.shell.run(line, options)
      expect({ stderr, exitCode }, line).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(expected) })
      expect(stdout + stderr).not.toContain('a-secret')
    }
    if (isReference(programs[0]?.command ?? [])) return
    const terminal = fixture.shell.terminal(`tug pull ${image}`, { columns: 250 })
    expect((await terminal.exit()).exitCode).toBe(1)
    expect(terminal.screen()).toMatch(new RegExp(`^hint: .*${advice.source.replace('HOST', host)}`, 'm'))
  })
})
