import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations, registry } from '../../support/provided.ts'
import { beginTutorial, buildFriendlyhello, dialectOf, endTutorial, page, type Tutorial } from './tutorial.ts'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  const { user, password } = registry()
  const dialect = dialectOf(combination.engine)
  const host = dialect.registryHost(registry().host)
  const image = `${host}/${user}/get-started-${randomBytes(4).toString('hex')}:part2`
  let tutorial: Tutorial
  beforeAll(async () => {
    tutorial = await beginTutorial(combination)
    await buildFriendlyhello(tutorial)
  })
  beforeEach(() => rm(join(tutorial.shell.configDirectory, 'config.json'), { force: true }))
  afterAll(() => endTutorial(tutorial))

  async function storedAuths(): Promise<unknown> {
    const text = await readFile(join(tutorial.shell.configDirectory, 'config.json'), 'utf8').catch(() => '{}')
    return JSON.parse(text).auths ?? {}
  }

  const credentials = { [host]: { auth: Buffer.from(`${user}:${password}`).toString('base64') } }

  function login(secret: string) {
    return tutorial.shell.run(`tug login -u ${user} --password-stdin ${host}`, { input: secret })
  }

  test('login prompts for the user name and, without echo, for the password', async () => {
    const terminal = tutorial.shell.terminal(`tug login ${host}`)
    try {
      await terminal.waitFor('Username:')
      terminal.type(`${user}\r`)
      await terminal.waitFor('Password:')
      terminal.type(`${password}\r`)
      expect((await terminal.exit()).exitCode).toBe(0)
      expect(terminal.screen()).toContain('Login Succeeded')
      expect(terminal.screen()).toContain(user)
      expect(terminal.screen()).not.toContain(password)
    } finally {
      await terminal.close()
    }
    expect(await storedAuths()).toEqual(credentials)
  })

  test('login with a wrong password fails and stores nothing', async () => {
    const { stdout, stderr, exitCode } = await login('wrong')
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toMatch(/unauthorized|401/)
    expect(await storedAuths()).toEqual({})
  })

  test('login --password-stdin', async () => {
    const { stdout, exitCode } = await login(`${password}\n`)
    expect({ stdout, exitCode }).toEqual({ stdout: 'Login Succeeded\n', exitCode: 0 })
    expect(await storedAuths()).toEqual(credentials)
  })

  test('push is refused without login and accepted with it; run pulls the pushed image', async () => {
    const { shell } = tutorial
    expect(await shell.run(`tug tag friendlyhello ${image}`)).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    const refused = await shell.run(`tug push ${image}`)
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toMatch(dialect.pushRefusal)

    await login(password)
    const pushed = await shell.run(`tug push ${image}`)
    expect(pushed).toMatchObject({ stderr: '', exitCode: 0 })
    const name = image.slice(0, image.lastIndexOf(':'))
    expect(pushed.stdout).toContain(`The push refers to repository [${name}`)
    expect(pushed.stdout).toMatch(/\npart2: digest: sha256:[0-9a-f]{64} size: \d+\n$/)

    await shell.succeed(`tug rmi ${image} friendlyhello`)
    const port = await freePort()
    const { stdout, stderr, exitCode } = await shell.run(`tug run -d -p ${port}:5000 ${image}`)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/^[0-9a-f]{64}\n$/)
    expect(stderr).toContain(`Unable to find image '${image}' locally\n`)
    expect(stderr).toMatch(dialect.pulled(image))
    expect(await page(port)).toContain('Hello World!')
  })
})
