import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, withDaemon } from './fixture.ts'

/** A daemon that accepts requests and never responds. */
const replies: Replies = { '* /containers/*': { fail: 'hang' }, '* /images/*': { fail: 'hang' } }

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
      const [file, ...leading] = program.command
      const child = spawn(file, [...leading, ...line.split(' ')], {
        env: fixture.shell.env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const ended = new Promise<number>((resolve) => {
        child.on('close', (code, by) => resolve(code ?? 128 + (by ? constants.signals[by] : 0)))
      })
      let stderr = ''
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString()
      })
      await expect
        .poll(() => daemon.requests.some(({ path }) => path !== '' && path !== '/_ping'), { timeout: 10_000 })
        .toBe(true)
      child.kill(signal)
      expect(await ended).toBe(exitCode)
      expect(stderr).not.toMatch(/\n {4}at |node:/)
    })
  })
})
