import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { Engine } from '../../../src/engine/engine.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { json } from '../../support/fake-replies.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function engineWith(apiVersion: string, response: object) {
  const directory = await mkdtemp(join(tmpdir(), 'tug-system-'))
  const path = join(directory, 'docker.sock')
  const daemon = new FakeDaemon({ apiVersion, replies: { 'GET /system/df': json(response) } })
  const host = await daemon.listen(path)
  const engine = new Engine({ endpoint: { host, address: { kind: 'unix', path } } })
  closing.push(
    () => engine.close(),
    () => daemon.close(),
    () => rm(directory, { recursive: true }),
  )
  return { engine, daemon }
}

it.each([
  { apiVersion: '1.41', query: undefined },
  { apiVersion: '1.42', query: { type: ['volume', 'build-cache'] } },
  { apiVersion: '1.50', query: { type: ['volume', 'build-cache'] } },
])('requests the disk usage of some kinds of objects with API $apiVersion', async ({ apiVersion, query }) => {
  const usage = { LayersSize: 5, Images: null, Containers: null, Volumes: [{ Name: 'v' }], BuildCache: null }
  const { engine, daemon } = await engineWith(apiVersion, usage)
  expect(await engine.system.diskUsage(['volume', 'build-cache'])).toEqual({ LayersSize: 5, Volumes: [{ Name: 'v' }] })
  expect(daemon.requests.at(-1)?.query).toEqual(query)
})

it('requests the objects with API 1.53, which else sends only totals', async () => {
  const { engine, daemon } = await engineWith('1.55', { VolumeUsage: { TotalSize: 7, Items: [{ Name: 'v' }] } })
  await engine.connection.useAtLeast('1.53')
  expect(await engine.system.diskUsage()).toEqual({
    ...{ LayersSize: 0, Images: [], Containers: [], Volumes: [{ Name: 'v' }], BuildCache: [] },
  })
  expect(daemon.requests.at(-1)).toMatchObject({ version: '1.53', query: { verbose: '1' } })
})

it('reports disk usage of another type in docker’s words', async () => {
  const { engine } = await engineWith('1.55', { ImageUsage: { Items: 'many' } })
  await engine.connection.useAtLeast('1.55')
  await expect(engine.system.diskUsage()).rejects.toThrow(
    'Error retrieving disk usage: json: cannot unmarshal string into Go struct field DiskUsage.ImageUsage.Items of type []image.Summary',
  )
})
