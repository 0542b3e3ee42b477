import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FakeDaemon } from '../../support/fake-daemon.ts'
import { failure, json, type Replies } from '../../support/fake-replies.ts'
import { type Program, programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, withDaemon } from './fixture.ts'

/** A daemon that accepts requests and never responds. */
const replies: Replies = { '* /containers/*': { fail: 'hang' }, '* /images/*': { fail: 'hang' } }

/** The same daemon with a container, but without images. */
const withoutImages: Replies = {
  'GET /events': { fail: 'hang' },
  'POST /containers/create': failure(404, 'No such image: x:latest'),
  'GET /containers/a/json': json({ Id: 'a', Config: { Tty: false }, HostConfig: {}, State: { Running: true } }),
  ...replies,
}

/** The signals that docker 28.2.2 ignores, as was found by sending them to `docker events`. */
const IGNORED_BY_DOCKER = [
  ...(['SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGVTALRM', 'SIGPROF', 'SIGIO', 'SIGXCPU', 'SIGXFSZ', 'SIGPWR'] as const),
]

const WAITING_PLUGIN = `#!/bin/sh
[ "$1" = docker-cli-plugin-metadata ] && exec echo '{"SchemaVersion":"0.1.0","Vendor":"me"}'
echo waiting
exec sleep 60
`

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())

  // The exit codes of docker 28.2.2, as a shell sees them.
  test.each<[line: string, signal: NodeJS.Signals, exitCode: number]>([
    ['ps', 'SIGINT', 130],
    ['ps', 'SIGTERM', 143],
    ['ps', 'SIGHUP', 129],
    ['stop a', 'SIGINT', 130],
    ['stop a', 'SIGTERM', 143],
    ['stop a', 'SIGHUP', 129],
    ['pull x', 'SIGINT', 130],
    ['pull x', 'SIGTERM', 143],
    ['images', 'SIGINT', 130],
    ['logs a', 'SIGINT', 130],
    ['rmi a', 'SIGTERM', 143],
    ['wait a', 'SIGINT', 130],
  ])('tug %s exits at %s with %i while the daemon hangs', async (line, signal, exitCode) => {
    await withDaemon(fixture, { replies }, async (daemon) => {
      const child = new Child(program, line, fixture)
      await waitForRequest(daemon, '/')
      child.signal(signal)
      expect(await child.ended).toBe(exitCode)
      expect(child.stderr).not.toMatch(/\n {4}at |node:/)
    })
  })

  // A plugin handles signals itself, and the client ends when the plugin does.
  test.each([
    ['events', '/events', 143],
    ['pull x', '/images/create', 143],
    ['logs -f a', '/containers/a/logs', 143],
    ['run x', '/images/create', 143],
    ['create x', '/images/create', 143],
    ['wait a', '/containers/a/wait', 143],
    ['waiting', 'waiting\n', 1],
  ])('tug %s goes on after signals that docker ignores', async (line, started, exitCode) => {
    const plugin = join(fixture.shell.configDirectory, 'cli-plugins/docker-waiting')
    await mkdir(dirname(plugin), { recursive: true })
    await writeFile(plugin, WAITING_PLUGIN, { mode: 0o755 })
    await withDaemon(fixture, { replies: withoutImages }, async (daemon) => {
      const child = new Child(program, line, fixture)
      if (line === 'waiting') await expect.poll(() => child.stdout).toBe(started)
      else await waitForRequest(daemon, started)
      for (const signal of IGNORED_BY_DOCKER) child.signal(signal)
      await sleep(300)
      expect(child.isRunning).toBe(true)
      child.signal('SIGTERM')
      // The client exits at the third signal. Signals that arrive while it is busy count as one.
      while (line === 'waiting' && child.isRunning) {
        child.signal('SIGTERM')
        await sleep(50)
      }
      expect(await child.ended).toBe(exitCode)
      expect(child.stderr).not.toContain('Debugger')
    })
  })
})

/** Waits until the daemon has received a request whose path contains a text. */
async function waitForRequest(daemon: FakeDaemon, text: string): Promise<void> {
  const isReceived = () => daemon.requests.some(({ path }) => path !== '/_ping' && path.includes(text))
  await expect.poll(isReceived).toBe(true)
}

/** A program that runs in the background. */
class Child {
  readonly ended: Promise<number>
  isRunning = true
  stdout = ''
  stderr = ''
  readonly #child: ChildProcessByStdio<null, Readable, Readable>

  constructor(program: Program, line: string, { shell }: FaultFixture) {
    const [file, ...leading] = program.command
    this.#child = spawn(file, [...leading, ...line.split(' ')], { env: shell.env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, by) => {
        this.isRunning = false
        resolve(code ?? 128 + (by ? constants.signals[by] : 0))
      })
    })
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString()
    })
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString()
    })
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }
}
