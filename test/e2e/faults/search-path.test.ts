import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { json, type Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, withDaemon } from './fixture.ts'

/** Every program that tug looks up on PATH. */
const NAMES = [
  'ssh',
  'git',
  'stty',
  'sh',
  'mkfifo',
  'mknod',
  'ssh-agent',
  'ssh-add',
  'xdg-open',
  'x-www-browser',
  'docker-credential-trap',
  'docker-credential-secretservice',
  'pass',
]

const replies: Replies = {
  'GET /containers/c/json': json({ Id: 'c', State: { Running: true }, Config: { Tty: true }, HostConfig: {} }),
  'POST /containers/c/exec': json({ Id: 'e' }, 201),
  'POST /exec/e/start': { hijack: true, chunks: ['hello from the container\r\n'] },
  'GET /exec/e/json': json({ ExitCode: 0, Running: false }),
  'POST /images/create': { lines: [{ status: 'Pulling from a', id: 'latest' }] },
  'POST /auth': json({ Status: 'Login Succeeded' }),
}

const REFUSED = 'cannot run executable found relative to current directory'

describe.each(programs)('$name with the working directory on PATH', (program) => {
  let fixture: FaultFixture
  let directory: string
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
    directory = join(fixture.directory, 'directory')
    await mkdir(directory)
    for (const name of NAMES) {
      await writeFile(join(directory, name), `#!/bin/sh\necho ${name} >> ${fixture.directory}/trace\n`)
      await chmod(join(directory, name), 0o755)
    }
    await mkdir(fixture.shell.configDirectory, { recursive: true })
    await writeFile(join(fixture.shell.configDirectory, 'config.json'), '{"credsStore":"trap"}')
  })
  afterEach(() => rm(join(fixture.directory, 'trace'), { force: true }))
  afterAll(() => fixture.close())

  /** Returns the programs of the working directory that were run. */
  const run = () => readFile(join(fixture.directory, 'trace'), 'utf8').catch(() => '')

  test.each([
    ['ssh', 'DOCKER_HOST=ssh://h tug ps', `exec: "ssh": ${REFUSED}`],
    ['git', 'DOCKER_BUILDKIT=0 tug build https://127.0.0.1:1/x.git', `exec: "git": ${REFUSED}`],
    ['the credential helper', 'tug pull r.example.com/a', `exec: "docker-credential-trap": ${REFUSED}`],
    ['the helper of a login', 'tug login -u me -p secret r.example.com', `exec: "docker-credential-trap": ${REFUSED}`],
  ])('does not run %s of the working directory', async (_, line, message) => {
    for (const searchPath of ['.:$PATH', ':$PATH', '../directory:$PATH', '.']) {
      const words = line.replace('tug', `PATH=${searchPath} ${program.command.map((word) => `'${word}'`).join(' ')}`)
      const { stderr } = await withDaemon(fixture, { replies }, () => fixture.shell.run(words, { cwd: directory }))
      expect(stderr).toContain(message)
      expect(await run()).toBe('')
    }
  })

  test('does not run stty of the working directory, and attaches without it', async () => {
    await withDaemon(fixture, { replies }, async () => {
      const words = program.command.map((word) => `'${word}'`).join(' ')
      const terminal = fixture.shell.terminal(`env PATH=.:$PATH ${words} exec -it c sh`, { cwd: directory })
      await terminal.waitFor('hello from the container')
      expect(await terminal.exit()).toEqual({ exitCode: 0, signal: 0 })
    })
    expect(await run()).toBe('')
  })
})
