import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { programs } from '../../support/run.ts'
import { SHARINGS, type Sharing, SSH_HOST, SshServer } from '../../support/ssh-server.ts'
import { Terminal } from '../../support/terminal.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

/** Commands of every kind: a single request, concurrent requests, streams, hijacked connections, errors. */
const COMMANDS = [
  ['ps -q', 0],
  ['ps -a', 0],
  ['images -q', 0],
  ['volume ls -q', 0],
  ['network ls', 0],
  ['version', 0],
  ['info', 0],
  ['system df', 0],
  ['inspect box', 0],
  ['inspect nosuch', 1],
  ['rm nosuch', 1],
  ['run --rm busybox echo hello', 0],
  ['run --rm -i busybox cat', 0],
  ['run --rm -i -a stdin busybox cat', 0],
  ['run --rm busybox sh -c "exit 7"', 7],
  ['run -d --name other busybox sleep 1000', 0],
  ['exec box echo hello', 0],
  ['exec -i box cat', 0],
  ['logs box', 0],
  ['top box', 0],
  ['stats --no-stream box', 0],
  ['port box', 0],
  ['diff box', 0],
  ['cp box:/etc/passwd -', 0],
  ['export box', 0],
  ['save busybox', 0],
  ['events --since 0 --until 1', 0],
  ['tag busybox again', 0],
  ['kill other', 0],
  ['rm -f other', 0],
] as const

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  let server: SshServer
  beforeAll(async () => {
    fixture = await openFixture(combination)
    server = await SshServer.start(fixture.engine.socket)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(async () => {
    await server.close()
    await closeFixture(fixture)
  })

  const settings = (sharing: Sharing) =>
    `env DOCKER_HOST=ssh://${SSH_HOST} PATH=${server.clientDirectory(sharing)}:$PATH`
  /** Returns the ssh processes that were started since the last call and are still running. */
  const remaining = async () => (await server.takeClients()).filter((pid) => existsSync(`/proc/${pid}`))

  // How connections are shared does not depend on the form of tug.
  const sharings = combination.program === programs[0] ? SHARINGS : (['none'] as const)

  test.each(sharings)('30 commands over OpenSSH exit and leave no process, with shared connections: %s', {
    timeout: 240_000,
  }, async (sharing) => {
    await fixture.shell.succeed("tug run -d --name box busybox sh -c 'echo started; exec sleep 1000'")
    await server.takeClients()
    for (const [line, exitCode] of COMMANDS) {
      const outcome = await fixture.shell.run(`echo hello | ${settings(sharing)} tug ${line} >/dev/null`, {
        timeout: 30_000,
      })
      expect({ line, exitCode: outcome.exitCode, remaining: await remaining() }).toEqual({
        line,
        exitCode,
        remaining: [],
      })
    }
    await server.endMaster()
  })

  test.each([
    'ps -aq',
    'info',
    'run --rm busybox echo hello',
    'run --rm -i busybox cat',
    'exec box true',
    'stats --no-stream',
    'rm -f a b c d e f g h',
    'stop box box box box',
    'save busybox',
  ])('one connection to the server is enough for %s', async (line) => {
    await fixture.shell.succeed('tug run -d --name box --stop-timeout 0 busybox sleep 1000')
    const logins = await server.countLogins()
    await server.takeClients()
    const directory = join(fixture.shell.configDirectory, 'tmp')
    await mkdir(directory, { recursive: true })
    await fixture.shell.run(`echo hello | ${settings('none')} TMPDIR=${directory} tug ${line} >/dev/null`)
    expect(await server.countLogins()).toBe(logins + 1)
    expect(await remaining()).toEqual([])
    expect((await readdir(directory)).filter((name) => name.startsWith('tug-'))).toEqual([])
  })

  test('more connections than the server allows in one are made by themselves', async () => {
    await fixture.shell.succeed('tug run -d --name box --stop-timeout 0 busybox sleep 1000')
    const names = Array.from({ length: 40 }, () => 'box')
    const outcome = await fixture.shell.run(`${settings('none')} tug stop ${names.join(' ')}`)
    expect(outcome).toEqual({ stdout: `${names.join('\n')}\n`, stderr: '', exitCode: 0 })
    expect(await remaining()).toEqual([])
  })

  test('a configuration that shares connections is left alone', async () => {
    const line = `${settings('persistent')} tug ps -q`
    const logins = await server.countLogins()
    await fixture.shell.succeed(`${line} && ${line} && ${line}`)
    expect(await server.countLogins()).toBe(logins + 1)
    await server.endMaster()
  })

  test('a directory whose path is too long for a socket is not used', async () => {
    const directory = join(fixture.shell.configDirectory, 'long'.repeat(30))
    await mkdir(directory, { recursive: true })
    const outcome = await fixture.shell.run(`${settings('none')} TMPDIR=${directory} tug run --rm busybox echo hello`)
    expect(outcome).toEqual({ stdout: 'hello\n', stderr: '', exitCode: 0 })
    expect((await readdir(directory)).filter((name) => name.startsWith('tug-'))).toEqual([])
  })

  // An attached connection ends when the container writes something or ends, as with docker.
  test.each(['logs -f box', 'stats box'])('no ssh is left when tug is killed during %s', async (line) => {
    await fixture.shell.succeed("tug run -d --name box busybox sh -c 'echo box started; exec sleep 1000'")
    await server.takeClients()
    const terminal = Terminal.open('sh', ['-c', `exec ${settings('none')} tug ${line}`], { env: fixture.shell.env })
    await terminal.waitFor('box')
    process.kill(terminal.pid, 'SIGKILL')
    await terminal.exit()
    const clients = await server.takeClients()
    await expect.poll(() => clients.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([])
  })

  test.each(sharings)('Ctrl-C reaches the container and not ssh, with shared connections: %s', async (sharing) => {
    const script = `trap 'echo got INT; exit 7' INT; echo ready; while :; do sleep 0.1; done`
    const line = `${settings(sharing)} tug run --rm busybox sh -c "${script}"; echo "ended $?"`
    const terminal = Terminal.open('sh', ['-c', `trap : INT; ${line}`], { env: fixture.shell.env })
    await terminal.waitFor('ready')
    terminal.type('\x03')
    await terminal.exit()
    expect(terminal.screen()).toMatch(/got INT\nended 7/)
    expect(await remaining()).toEqual([])
    await server.endMaster()
  })
})

/** Lines of a client whose far side is tug: requests, errors, uploads, streams and half-closed connections. */
const REMOTE_LINES = [
  ['CLIENT ps -aq', 0, ''],
  ['CLIENT inspect nosuch 2>/dev/null', 1, '[]\n'],
  ['CLIENT run --rm busybox echo out', 0, 'out\n'],
  ['echo hello | CLIENT run --rm -i busybox sh -c "cat; exit 7"', 7, 'hello\n'],
  ['head -c 20000000 /dev/zero | CLIENT run --rm -i busybox wc -c', 0, '20000000\n'],
  ['CLIENT run --rm busybox head -c 20000000 /dev/zero | wc -c', 0, '20000000\n'],
  ['CLIENT save busybox | CLIENT load -q', 0, 'Loaded image: busybox:latest\n'],
] as const

describe.each(combinations())('$program.name on the far side, with $engine.name', (combination) => {
  let fixture: Fixture
  let server: SshServer
  beforeAll(async () => {
    fixture = await openFixture(combination)
    server = await SshServer.start(fixture.engine.socket, combination.program)
  })
  afterAll(async () => {
    await server.close()
    await closeFixture(fixture)
  })

  const clients = ['tug', 'docker'] as const
  test.each(
    clients.flatMap((client) => REMOTE_LINES.map(([line, exitCode, stdout]) => ({ client, line, exitCode, stdout }))),
  )('serves $client: $line', async ({ client, line, exitCode, stdout }) => {
    const settings = `export DOCKER_HOST=ssh://${SSH_HOST} PATH=${server.clientDirectory('none')}:$PATH`
    const outcome = await fixture.shell.run(`${settings}; ${line.replaceAll('CLIENT', client)}`)
    expect(outcome).toEqual({ stdout, stderr: '', exitCode })
  })
})
