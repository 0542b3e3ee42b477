import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import { FaultyRegistry } from '../../support/faulty-registry.ts'
import { freePort } from '../../support/ports.ts'
import { registry } from '../../support/provided.ts'
import { programs } from '../../support/run.ts'
import { contentOf, engineKinds, makeImage, openRegistryFixture, type RegistryFixture } from './fixture.ts'

const { user, password } = registry()
const errors = (code: string, message: string) => JSON.stringify({ errors: [{ code, message }] })

/** Responses of a registry to every request, with the resulting errors. */
const responses = [
  { status: 403, body: errors('DENIED', 'you are not welcome'), push: /denied|403/, pull: /denied|403/ },
  {
    status: 429,
    body: errors('TOOMANYREQUESTS', 'slow down'),
    push: /toomanyrequests|429/,
    pull: /toomanyrequests|429/,
  },
  { status: 500, body: '<h1>oops</h1>', push: /500/, pull: /500/ },
]

describe.each(engineKinds)('a registry that fails, at engine %s', (kind) => {
  let fixture: RegistryFixture
  let faulty: FaultyRegistry
  let host = ''
  let image = ''

  beforeAll(async () => {
    fixture = await openRegistryFixture(kind)
    faulty = new FaultyRegistry(registry().host)
    host = await faulty.listen()
  })
  afterAll(async () => {
    await faulty?.close()
    await fixture?.close()
  })
  beforeEach(() => {
    image = `${host}/${user}/box-${randomBytes(4).toString('hex')}:1`
  })
  afterEach(() => {
    faulty.fault = () => undefined
  })

  const login = () => fixture.shell.run(`tug -D login -u ${user} --password-stdin ${host}`, { input: password })
  const secrets = [password, Buffer.from(`${user}:${password}`).toString('base64')]

  /**
   * Runs a line with -D and on a terminal, and checks that neither output has a stack trace or secret. Returns the
   * outcome of the first.
   */
  async function expectFailure(line: string, why: RegExp, expectedName = host): Promise<void> {
    const outcome = await fixture.shell.run(`tug -D ${line}`)
    expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(why) })
    const terminal = fixture.shell.terminal(`tug ${line}`, { columns: 200 })
    const { exitCode } = await terminal.exit(60_000)
    expect(exitCode).toBe(1)
    expect(terminal.screen()).toMatch(why)
    if (!isReference(programs[0]?.command ?? [])) expect(terminal.screen()).toMatch(hintAt(expectedName))
    for (const secret of secrets) {
      expect(outcome.stdout + outcome.stderr + terminal.screen()).not.toContain(secret)
    }
  }

  const hintAt = (expectedName: string) => new RegExp(`^hint: .*${expectedName.replaceAll('.', '\\.')}`, 'm')

  test('reports a wrong password', async () => {
    const line = `login -u ${user} --password-stdin ${host}`
    const { stderr, exitCode } = await fixture.shell.run(`tug -D ${line}`, { input: 'wrong-secret' })
    expect({ stderr, exitCode }).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/unauthorized/i) })
    expect(stderr).toContain(host)
    expect(stderr).not.toContain('wrong-secret')
    expect((await login()).exitCode).toBe(0)
    await fixture.shell.succeed(`tug logout ${host}`)
  })

  test('reports 401 on push, which succeeds after a login', async () => {
    const content = await makeImage(fixture, image)
    await expectFailure(`push ${image}`, /no basic auth credentials|unauthorized|authentication required/)
    expect((await login()).exitCode).toBe(0)
    await fixture.shell.succeed(`tug push ${image}`)
    await fixture.shell.succeed(`tug rmi ${image}`)
    await fixture.shell.succeed(`tug pull ${image}`)
    expect(await contentOf(fixture, image)).toBe(content)
  })

  test.each(responses)('reports $status', async ({ status, body, push, pull }) => {
    await login()
    const content = await makeImage(fixture, image)
    const config = await readFile(join(fixture.shell.configDirectory, 'config.json'), 'utf8')
    // The engine retries the upload of a layer for a minute, but not that of the manifest.
    faulty.fault = (_method, path) => (path.includes('/manifests/') ? { status, body } : undefined)
    await expectFailure(`push ${image}`, push)
    faulty.fault = () => undefined
    await fixture.shell.succeed(`tug push ${image}`)
    await fixture.shell.succeed(`tug rmi ${image}`)
    faulty.fault = (_method, path) => (path === '/v2/' ? undefined : { status, body })
    await expectFailure(`pull ${image}`, pull)
    faulty.fault = () => undefined
    await fixture.shell.succeed(`tug pull ${image}`)
    expect(await contentOf(fixture, image)).toBe(content)
    expect(await readFile(join(fixture.shell.configDirectory, 'config.json'), 'utf8')).toBe(config)
  })

  test('reports a connection that breaks during the download of a layer', async () => {
    await login()
    const content = await makeImage(fixture, image)
    await fixture.shell.succeed(`tug push ${image}`)
    await fixture.shell.succeed(`tug rmi ${image}`)
    faulty.fault = (method, path) =>
      method === 'GET' && path.includes('/blobs/') ? { cutAfter: 50_000, direction: 'down' } : undefined
    await expectFailure(`pull ${image}`, /EOF|connection reset|closed|short/)
    expect((await fixture.shell.run(`tug image inspect ${image}`)).exitCode).toBe(1)
    faulty.fault = () => undefined
    await fixture.shell.succeed(`tug pull ${image}`)
    expect(await contentOf(fixture, image)).toBe(content)
  })

  test('cancels a retried upload of a layer on Ctrl-C', async () => {
    await login()
    const content = await makeImage(fixture, image)
    faulty.fault = (method, path) =>
      method === 'PATCH' && path.includes('/uploads/') ? { cutAfter: 50_000, direction: 'up' } : undefined
    const terminal = fixture.shell.terminal(`tug push ${image}`, { columns: 120 })
    await terminal.waitFor(/Retrying in \d+ second/)
    terminal.type('\x03')
    expect((await terminal.exit()).exitCode).toBe(130)
    faulty.fault = () => undefined
    await fixture.shell.succeed(`tug push ${image}`)
    await fixture.shell.succeed(`tug rmi ${image}`)
    await fixture.shell.succeed(`tug pull ${image}`)
    expect(await contentOf(fixture, image)).toBe(content)
  })

  test('reports a registry that does not respond', async () => {
    const port = await freePort()
    const reference = `127.0.0.1:${port}/${user}/box:1`
    const naming = new RegExp(`127.0.0.1:${port}.*connection refused`)
    await expectFailure(`pull ${reference}`, naming, `127.0.0.1:${port}`)
    const { stderr, exitCode } = await fixture.shell.run(`tug -D login -u x -p y 127.0.0.1:${port}`)
    expect({ stderr, exitCode }).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(naming) })
  })
})
