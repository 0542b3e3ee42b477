import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { waitUntilReady } from '../../../src/actions/container/wait-until-ready.ts'
import { Engine } from '../../../src/engine/engine.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import type { Replies } from '../../support/fake-replies.ts'
import { recordingOutput } from '../../support/output.ts'

const ID = 'c0ffee'.repeat(10)

let directory = ''
let daemon: FakeDaemon | undefined
let engine: Engine | undefined
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-wait-'))
})
afterEach(async () => {
  await engine?.close()
  await daemon?.close()
  rmSync(directory, { recursive: true })
})

const containers = (...healths: string[]) =>
  healths.map((Status) => ({
    json: {
      Id: ID,
      Config: { Tty: false, OpenStdin: false },
      HostConfig: { AutoRemove: false },
      State: { Running: true, Paused: false, Restarting: false, Health: { Status } },
    },
  }))

const event = (Action: string, ID_ = ID) => ({ Type: 'container', Action, Actor: { ID: ID_, Attributes: {} } })

/** Waits for the container `web`. Returns the requests that were sent and the error. */
async function waitFor(replies: Replies, limit?: { milliseconds: number; text: string }, id = 'web') {
  daemon = new FakeDaemon({ replies })
  const path = join(directory, 'docker.sock')
  engine = new Engine({ endpoint: { host: await daemon.listen(path), address: { kind: 'unix', path } } })
  const cli = { engine, err: recordingOutput() }
  const error = await waitUntilReady([{ name: 'web', id }], { limit }, cli).catch((failure: unknown) => failure)
  const paths = daemon.requests.map(({ path: target }) => target.replace(/^\/v[\d.]+/, '').replace(/\?.*/, ''))
  return { error, paths }
}

test('inspects a container once more for each of its own events, and never polls', async () => {
  const { error, paths } = await waitFor({
    'GET /events': { lines: [event('start'), event('start', 'other'), event('health_status: healthy')], fail: 'hang' },
    'GET /containers/web/json': containers('starting'),
    [`GET /containers/${ID}/json`]: containers('starting', 'healthy'),
  })
  expect(error).toBeUndefined()
  expect(paths).toEqual([
    '/_ping',
    '/events',
    '/containers/web/json',
    `/containers/${ID}/json`,
    `/containers/${ID}/json`,
  ])
})

test('requests a container that was chosen by its id, whatever has its name', async () => {
  const replies = {
    'GET /events': { lines: [event('start')], fail: 'hang' },
    [`GET /containers/${ID}/json`]: containers('unhealthy'),
  } as const
  const { error, paths } = await waitFor(replies, undefined, ID)
  expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(/^container web is unhealthy/) })
  expect(paths).not.toContain('/containers/web/json')
})

test('reports a daemon whose events end', async () => {
  const { error } = await waitFor({
    'GET /events': { lines: [event('start')] },
    'GET /containers/web/json': containers('starting'),
    [`GET /containers/${ID}/json`]: containers('starting'),
  })
  expect(error).toEqual(new Error('the daemon ended its events while web was not ready'))
})

test('ends in time when the daemon does not respond', async () => {
  const limit = { milliseconds: 100, text: '100ms' }
  const { error } = await waitFor({ 'GET /events': { fail: 'hang' } }, limit)
  expect(error).toMatchObject({ exitCode: 1, message: 'container web is not ready after 100ms' })
})
