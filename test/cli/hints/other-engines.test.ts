import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { otherEngineHint } from '../../../src/cli/hints/other-engines.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { json } from '../../support/fake-replies.ts'

describe('the hint for another engine', () => {
  let home: string
  let daemon: FakeDaemon
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'tug-home-'))
    daemon = new FakeDaemon({ replies: { 'GET /version': json({ Version: '28.2.2' }) } })
  })
  afterEach(async () => {
    await daemon.close()
    await rm(home, { recursive: true })
  })

  const hint = () => otherEngineHint({ HOME: home, XDG_RUNTIME_DIR: join(home, 'run') })

  async function listenAt(name: string): Promise<string> {
    const path = join(home, name)
    await mkdir(dirname(path), { recursive: true })
    await daemon.listen(path)
    return path
  }

  test.each([
    ['run/docker.sock', 'rootless Docker', 'rootless-docker'],
    ['.docker/desktop/docker.sock', 'Docker Desktop', 'docker-desktop'],
    ['.colima/default/docker.sock', 'Colima', 'colima'],
    ['run/podman/podman.sock', 'Podman', 'podman'],
  ])('names the engine at %s and the commands that make it the current context', async (name, engine, context) => {
    const path = await listenAt(name)
    expect(await hint()).toBe(
      `${engine} responds at ${path}; use it with: tug context create ${context} --docker host=unix://${path} && tug context use ${context}`,
    )
  })

  test('quotes a path with a space for the shell', async () => {
    const path = await listenAt('a b/docker.sock')
    expect(await otherEngineHint({ HOME: home, XDG_RUNTIME_DIR: join(home, 'a b') })).toContain(
      `--docker 'host=unix://${path}' &&`,
    )
  })

  test('is empty if nothing responds', async () => {
    expect(await hint()).toBe('')
  })

  test('is empty for a file, and for a server that does not speak HTTP', async () => {
    await mkdir(join(home, 'run/podman'), { recursive: true })
    await writeFile(join(home, 'run/docker.sock'), '')
    const server: Server = createServer((socket) => socket.end('SSH-2.0-x\r\n'))
    await new Promise<void>((resolve) => server.listen(join(home, 'run/podman/podman.sock'), resolve))
    try {
      expect(await hint()).toBe('')
    } finally {
      server.close()
    }
  })
})
