import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { otherEngineHint } from '../../../src/cli/hints/other-engines.ts'
import { loadConfigFile } from '../../../src/config/config-file.ts'
import { contextDirectories, writeContext } from '../../../src/config/context-store.ts'
import { quoteShellWord } from '../../../src/domain/shell-words.ts'
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

  const hint = (env: NodeJS.ProcessEnv = {}) =>
    otherEngineHint({ env: { HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), ...env }, config: loadConfigFile(home) })

  async function store(name: string, host: string): Promise<void> {
    const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }
    await writeContext({ name, meta, directories: contextDirectories(home, name) })
  }

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
    ['.colima/my work/docker.sock', 'Colima my work', 'colima-my-work'],
    ['.config/colima/default/docker.sock', 'Colima', 'colima'],
    ['.rd/docker.sock', 'Rancher Desktop', 'rancher-desktop'],
    ['run/podman/podman.sock', 'Podman', 'podman'],
  ])('names the engine at %s and the commands that make it the current context', async (name, engine, context) => {
    const path = await listenAt(name)
    const host = quoteShellWord(`host=unix://${path}`)
    expect(await hint()).toBe(
      `${engine} responds at ${path}; use it with: tug context create ${context} --docker ${host} && tug context use ${context}`,
    )
  })

  test('quotes a path with a space for the shell', async () => {
    const path = await listenAt('a b/docker.sock')
    expect(await hint({ XDG_RUNTIME_DIR: join(home, 'a b') })).toContain(`--docker 'host=unix://${path}' &&`)
  })

  test.each([
    ['COLIMA_HOME', 'default/docker.sock'],
    ['XDG_CONFIG_HOME', 'colima/work/docker.sock'],
    ['XDG_RUNTIME_DIR', 'podman/podman.sock'],
  ])('looks for engines in the directory that %s names', async (variable, name) => {
    const path = await listenAt(join('elsewhere', name))
    expect(await hint({ [variable]: join(home, 'elsewhere') })).toContain(` responds at ${path}; `)
  })

  test('names the default profile of Colima before others', async () => {
    const path = await listenAt('.colima/default/docker.sock')
    await mkdir(join(home, '.colima/a'))
    await symlink(path, join(home, '.colima/a/docker.sock'))
    expect(await hint()).toContain(`Colima responds at ${path}; `)
  })

  test('names the context that the engine has created', async () => {
    const path = await listenAt('.docker/desktop/docker.sock')
    await store('desktop-linux', `unix://${path}`)
    expect(await hint()).toMatch(/; use it with: tug context use desktop-linux$/)
  })

  test('does not create a context under a name that exists', async () => {
    const path = await listenAt('.colima/default/docker.sock')
    await store('colima', 'unix:///elsewhere')
    expect(await hint()).toContain(`; use it with: export DOCKER_HOST=unix://${path}`)
  })

  test.each([
    'DOCKER_HOST',
    'DOCKER_CONTEXT',
  ])('replaces DOCKER_HOST if %s overrides the current context', async (name) => {
    const path = await listenAt('.colima/default/docker.sock')
    expect(await hint({ [name]: 'default' })).toContain(`; use it with: export DOCKER_HOST=unix://${path}`)
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
