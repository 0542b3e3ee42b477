import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { endPasswordStore, makePasswordStore, passPrograms } from '../../support/pass.ts'
import { oneCombination, registry } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'

const { host, user, password } = registry()

describe.each(oneCombination())('$program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  let store: Record<string, string>
  let bin = ''

  beforeAll(async () => {
    const programs = await passPrograms((text) => void process.stderr.write(`${text}\n`))
    shell = await Shell.open(program, { socket: engine.socket })
    const directory = join(shell.configDirectory, '../gpg')
    await mkdir(directory)
    store = await makePasswordStore(directory, programs)
    bin = join(shell.configDirectory, '../bin')
    await mkdir(bin)
    Object.assign(shell.env, store, { PATH: [bin, programs, shell.env.PATH].join(delimiter) })
    await shell.succeed('tug pull -q busybox')
  })
  afterAll(async () => {
    if (store) await endPasswordStore(store)
    await shell?.close()
  })
  beforeEach(() => rm(shell.configDirectory, { recursive: true, force: true }))

  const config = () => readFile(join(shell.configDirectory, 'config.json'), 'utf8')
  const configure = async (value: object) => {
    await mkdir(shell.configDirectory, { recursive: true })
    await writeFile(join(shell.configDirectory, 'config.json'), JSON.stringify(value))
  }
  const helper = async (name: string, body: string) => {
    await writeFile(join(bin, `docker-credential-${name}`), `#!/bin/sh\n${body}\n`)
    await chmod(join(bin, `docker-credential-${name}`), 0o755)
  }
  const login = () => shell.run(`tug login -u ${user} --password-stdin ${host}`, { input: password })
  const image = `${host}/${user}/by-pass:1`

  test.each([
    ['named by config.json', { credsStore: 'pass' }, { credsStore: 'pass', auths: { [host]: {} } }],
    ['for this registry alone', { credHelpers: { [host]: 'pass' } }, undefined],
    ['found, where config.json names none', {}, { credsStore: 'pass', auths: { [host]: {} } }],
  ])('uses docker-credential-pass for login, push, pull and logout: %s', async (_name, before, after) => {
    await configure(before)
    expect(await login()).toEqual({ stdout: 'Login Succeeded\n', stderr: '', exitCode: 0 })
    if (after) expect(JSON.parse(await config())).toEqual(after)
    expect(await config()).not.toContain(Buffer.from(`${user}:${password}`).toString('base64'))
    expect(JSON.parse(await shell.succeed('docker-credential-pass list'))).toEqual({ [host]: user })

    await shell.succeed(`tug tag busybox ${image}`)
    await shell.succeed(`tug push ${image}`)
    await shell.succeed(`tug rmi ${image}`)
    await shell.succeed(`tug pull ${image}`)

    expect((await shell.run(`tug logout ${host}`)).exitCode).toBe(0)
    expect(JSON.parse(await shell.succeed('docker-credential-pass list'))).toEqual({})
    expect((await shell.run(`tug push ${image}`)).exitCode).toBe(1)
  })

  test("reports a missing helper with docker's message, and does not change config.json", async () => {
    await configure({ credsStore: 'absent' })
    const { stderr, exitCode } = await login()
    const why = 'exec: "docker-credential-absent": executable file not found in $PATH'
    expect(stderr).toBe(`Error saving credentials: error storing credentials - err: ${why}, out: \`\`\n`)
    expect(exitCode).toBe(1)
    expect(JSON.parse(await config())).toEqual({ credsStore: 'absent' })
  })

  test('reports a helper with invalid output, naming the registry but not the output', async () => {
    await helper('garbage', 'cat > /dev/null; echo "{ secret-of-the-helper"')
    await configure({ credsStore: 'garbage' })
    const { stdout, stderr, exitCode } = await shell.run(`tug -D push ${image}`)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(`WARNING: continuing without credentials for ${host}: invalid character 's' `)
    expect(stdout + stderr).not.toContain('secret-of-the-helper')
    await configure({})
    expect((await login()).exitCode).toBe(0)
    await shell.succeed(`tug push ${image}`)
    await shell.succeed(`tug logout ${host}`)
  })

  test('ends with a hanging helper on Ctrl-C, and does not change config.json', async () => {
    await helper('hangs', 'echo $$ > "$0.pid"; exec sleep 1000')
    await configure({ credsStore: 'hangs' })
    const before = await config()
    for (const line of [`tug push ${image}`, `tug login ${host}`, `tug logout ${host}`]) {
      const pidFile = join(bin, 'docker-credential-hangs.pid')
      await rm(pidFile, { force: true })
      const terminal = shell.terminal(line)
      const pid = await waitForText(pidFile)
      terminal.type('\x03')
      expect((await terminal.exit()).exitCode, line).toBe(130)
      await expect.poll(() => isRunning(Number(pid)), { message: line }).toBe(false)
      expect(await config()).toBe(before)
    }
    expect(await readdir(shell.configDirectory)).toEqual(['config.json'])
  })

  test('pulls a public image although the helper is missing', async () => {
    await configure({ credsStore: 'absent' })
    const { stderr, exitCode } = await shell.run('tug pull -q busybox')
    expect({ stderr, exitCode }).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^WARNING: .*\n$/) })
  })
})

async function waitForText(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text.trim() !== '') return text.trim()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
