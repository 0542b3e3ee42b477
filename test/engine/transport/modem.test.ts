import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ConnectionError, EngineError, ExitStatus } from '../../../src/domain/errors.ts'
import { hijack } from '../../../src/engine/api/container-streams.ts'
import { Connection } from '../../../src/engine/connection.ts'
import { TugModem } from '../../../src/engine/transport/modem.ts'
import { RequestSender } from '../../../src/engine/transport/request-sender.ts'
import { FakeDaemon, type FakeDaemonOptions } from '../../support/fake-daemon.ts'
import { failure, json, noContent } from '../../support/fake-replies.ts'

let directory = ''
let socket = ''
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-modem-'))
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
afterAll(() => rm(directory, { recursive: true }))

async function connectToFakeDaemon(
  options: FakeDaemonOptions,
  more: { apiVersion?: string; headers?: Record<string, string> } = {},
) {
  socket = join(directory, `${Math.random().toString(36).slice(2)}.sock`)
  const daemon = new FakeDaemon(options)
  await daemon.listen(socket)
  const { headers = {}, ...rest } = more
  const endpoint = { host: `unix://${socket}`, address: { kind: 'unix', path: socket }, headers } as const
  const connection = new Connection({ endpoint, ...rest })
  open.push(connection, daemon)
  return { connection, daemon }
}

describe('buildQuerystring', () => {
  const modem = new TugModem(new RequestSender({ host: 'unix:///x', address: { kind: 'unix', path: '/x' } }, () => {}))
  it.each<[Record<string, unknown>, string]>([
    [{}, ''],
    [{ b: 1, a: 'x y' }, 'a=x+y&b=1'],
    [{ a: undefined, b: null, c: '' }, 'c='],
    [{ t: ['b', 'a'] }, 't=b&t=a'],
    [{ filters: { name: { 'a&b': true } } }, 'filters=%7B%22name%22%3A%7B%22a%26b%22%3Atrue%7D%7D'],
    [{ name: 'ü/+=&%' }, 'name=%C3%BC%2F%2B%3D%26%25'],
  ])('encodes %j as %s', (query, text) => expect(modem.buildQuerystring(query)).toBe(text))
})

describe('the API version', () => {
  it.each([
    { daemon: '1.50', expected: '1.50' },
    { daemon: '1.51', expected: '1.50' },
    { daemon: '1.41', expected: '1.41' },
    { daemon: '1.9', expected: '1.9' },
  ])('is $expected with a daemon of $daemon', async ({ daemon: apiVersion, expected }) => {
    const { connection, daemon } = await connectToFakeDaemon({ apiVersion, replies: { 'GET /info': json({}) } })
    await connection.json({ method: 'GET', path: '/info' })
    expect(daemon.requests.at(-1)).toMatchObject({ path: '/info', version: expected })
  })

  it('is the oldest when the daemon does not report one', async () => {
    const { connection } = await connectToFakeDaemon({ headers: { 'Api-Version': null } })
    expect(await connection.apiVersion()).toBe('1.24')
  })

  it('is DOCKER_API_VERSION, without a ping', async () => {
    const { connection, daemon } = await connectToFakeDaemon(
      { replies: { 'GET /info': json({}) } },
      { apiVersion: '1.44' },
    )
    await connection.json({ method: 'GET', path: '/info' })
    expect(daemon.requests.map(({ path, version }) => [path, version])).toEqual([['/info', '1.44']])
  })

  describe('with a daemon that serves only 1.52 and newer', () => {
    const raised = { apiVersion: '1.55', minApiVersion: '1.52' } as const
    const versionsOf = ({ requests }: FakeDaemon) => requests.map(({ path, version }) => `${version ?? ''} ${path}`)

    it('is the minimum, for the refused request and all later ones', async () => {
      const { connection, daemon } = await connectToFakeDaemon({ ...raised, replies: { 'GET /info': json({}) } })
      expect(await connection.apiVersion()).toBe('1.50')
      await connection.json({ method: 'GET', path: '/info' })
      await connection.json({ method: 'GET', path: '/info' })
      expect(versionsOf(daemon)).toEqual([' /_ping', '1.50 /info', '1.52 /info', '1.52 /info'])
      expect(await connection.apiVersion()).toBe('1.52')
    })

    it('is the minimum for requests that are sent at the same time', async () => {
      const { connection, daemon } = await connectToFakeDaemon({ ...raised, replies: { 'GET /info': json({}) } })
      await Promise.all([1, 2].map(() => connection.json({ method: 'GET', path: '/info' })))
      expect(versionsOf(daemon).toSorted()).toEqual([
        ' /_ping',
        ...['1.50 /info', '1.50 /info', '1.52 /info', '1.52 /info'],
      ])
    })

    it('is found out with a ping for a request whose response has no body', async () => {
      const { connection, daemon } = await connectToFakeDaemon({ ...raised, replies: { 'HEAD /x': noContent } })
      expect((await connection.head({ method: 'HEAD', path: '/x' })).statusCode).toBe(204)
      expect(versionsOf(daemon)).toEqual([' /_ping', '1.50 /x', '1.50 /_ping', '1.52 /x'])
    })

    it('is found out with a ping before an upload, which can be sent only once', async () => {
      const { connection, daemon } = await connectToFakeDaemon({ ...raised, replies: { 'POST /x': noContent } })
      const send = () => connection.respond({ method: 'POST', path: '/x', upload: Readable.from(['all of it']) })
      await send()
      await send()
      expect(versionsOf(daemon)).toEqual([' /_ping', '1.50 /_ping', '1.52 /x', '1.52 /x'])
      expect(daemon.requests.at(-1)?.body).toMatchObject({ bytes: 9 })
    })

    it('is the minimum for a raw stream', async () => {
      const replies = { 'POST /containers/a/attach': { hijack: true } }
      const { connection, daemon } = await connectToFakeDaemon({ ...raised, replies })
      const { socket: stream } = await connection.hijack({ method: 'POST', path: '/containers/a/attach' })
      stream.destroy()
      expect(versionsOf(daemon).slice(1)).toEqual(['1.50 /containers/a/attach', '1.52 /containers/a/attach'])
    })

    it('stays DOCKER_API_VERSION, which the daemon refuses', async () => {
      const { connection, daemon } = await connectToFakeDaemon(raised, { apiVersion: '1.50' })
      await expect(connection.json({ method: 'GET', path: '/info' })).rejects.toThrow(
        'client version 1.50 is too old. Minimum supported API version is 1.52',
      )
      expect(versionsOf(daemon)).toEqual(['1.50 /info'])
    })
  })

  it.each(['1.56', '2.0', '1.50', '1.20'])('stays when a daemon demands %s', async (minimum) => {
    const refusal = failure(400, `client version 1.50 is too old. Minimum supported API version is ${minimum}, please`)
    const { connection, daemon } = await connectToFakeDaemon({
      apiVersion: '9.9',
      replies: { 'GET /info': refusal },
    })
    await expect(connection.json({ method: 'GET', path: '/info' })).rejects.toThrow('client version 1.50 is too old')
    expect(daemon.requests).toHaveLength(2)
  })

  it.each([
    { daemon: '1.55', needed: '1.52', expected: '1.52' },
    { daemon: '1.51', needed: '1.52', expected: '1.51' },
    { daemon: '1.55', needed: '1.48', expected: '1.50' },
    { daemon: '1.41', needed: '1.52', expected: '1.41' },
  ])('is $expected for a request that needs $needed with a daemon of $daemon', async ({ daemon, needed, expected }) => {
    const { connection } = await connectToFakeDaemon({ apiVersion: daemon })
    await connection.useAtLeast(needed)
    expect(await connection.apiVersion()).toBe(expected)
  })

  it('stays DOCKER_API_VERSION for a request that needs a newer one', async () => {
    const { connection } = await connectToFakeDaemon({ apiVersion: '1.55' }, { apiVersion: '1.45' })
    await connection.useAtLeast('1.52')
    expect(await connection.apiVersion()).toBe('1.45')
  })

  it('is negotiated once', async () => {
    const { connection, daemon } = await connectToFakeDaemon({ replies: { 'GET /info': json({}) } })
    await Promise.all([1, 2, 3].map(() => connection.json({ method: 'GET', path: '/info' })))
    expect(daemon.requests.filter(({ path }) => path === '/_ping')).toHaveLength(1)
  })
})

describe('requests', () => {
  it('have the configured headers and their own', async () => {
    const { connection, daemon } = await connectToFakeDaemon(
      { replies: { 'POST /x': json({}) } },
      { headers: { 'X-Mine': '1' } },
    )
    await connection.json({ method: 'POST', path: '/x', headers: { 'X-Registry-Auth': 'e30' }, body: { a: 1 } })
    expect(daemon.requests.at(-1)).toMatchObject({ headers: { 'x-mine': '1', 'x-registry-auth': {} } })
  })

  it('fail with the daemon’s message and status code', async () => {
    const { connection } = await connectToFakeDaemon({ replies: { 'GET /x': failure(409, ' no room \n') } })
    const response = connection.json({ method: 'GET', path: '/x' })
    await expect(response).rejects.toEqual(expect.objectContaining({ message: 'no room', statusCode: 409 }))
    await expect(response).rejects.toBeInstanceOf(EngineError)
  })

  it('fail with ConnectionError when the socket does not exist', async () => {
    const { connection } = await connectToFakeDaemon({})
    for (const each of open.splice(0).reverse()) await each.close()
    await expect(connection.json({ method: 'GET', path: '/x' })).rejects.toBeInstanceOf(ConnectionError)
  })

  it('for a raw stream fail with the status code, and the daemon’s message as a hint', async () => {
    const { connection } = await connectToFakeDaemon({
      replies: { 'POST /containers/a/attach': failure(409, 'it is paused') },
    })
    const response = hijack(connection, { method: 'POST', path: '/containers/a/attach' })
    await expect(response).rejects.toBeInstanceOf(ExitStatus)
    await expect(response).rejects.toMatchObject({
      message: 'unable to upgrade to tcp, received 409',
      hint: 'it is paused',
      exitCode: 1,
    })
  })
})
