import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import type { Platform } from '../../../src/domain/image/platform.ts'
import { ImageArchiveApi } from '../../../src/engine/api/image-archives.ts'
import { Connection } from '../../../src/engine/connection.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function archivesWith(apiVersion: string, pinned = '') {
  const directory = await mkdtemp(join(tmpdir(), 'tug-archives-'))
  const path = join(directory, 'docker.sock')
  const replies = { 'GET /images/get': { chunks: ['x'] }, 'POST /images/load': { lines: [] } }
  const daemon = new FakeDaemon({ apiVersion, replies })
  const host = await daemon.listen(path)
  const connection = new Connection({ endpoint: { host, address: { kind: 'unix', path } }, apiVersion: pinned })
  closing.push(
    () => connection.close(),
    () => daemon.close(),
    () => rm(directory, { recursive: true }),
  )
  return { archives: new ImageArchiveApi(connection), daemon }
}

const { signal } = new AbortController()
const amd64: Platform = { os: 'linux', architecture: 'amd64' }
const arm64: Platform = { os: 'linux', architecture: 'arm64' }

it.each([
  { daemon: '1.55', pinned: '', platforms: [amd64, arm64], version: '1.52' },
  { daemon: '1.55', pinned: '', platforms: [amd64], version: '1.50' },
  { daemon: '1.55', pinned: '', platforms: [], version: '1.50' },
  // An older engine refuses several platforms itself.
  { daemon: '1.51', pinned: '', platforms: [amd64, arm64], version: '1.51' },
  { daemon: '1.55', pinned: '1.50', platforms: [amd64, arm64], version: '1.50' },
])('sends $platforms.length platforms to a daemon of $daemon with $version', async (asked) => {
  const { daemon: apiVersion, pinned, platforms, version } = asked
  const { archives, daemon } = await archivesWith(apiVersion, pinned)
  for await (const _ of await archives.save({ images: ['a'], platforms, signal }));
  expect(daemon.requests.at(-1)).toMatchObject({ path: '/images/get', version })
  await archives.load({ archive: Readable.from(['x']), quiet: true, platforms, signal })
  expect(daemon.requests.at(-1)).toMatchObject({ path: '/images/load', version })
})
