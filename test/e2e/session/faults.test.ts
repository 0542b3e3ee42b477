import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { RunningProgram } from './program.ts'
import { SlowEngine } from './slow-engine.ts'

const INTERRUPTS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const

/** Starts a server that accepts connections and never responds, so that pulling from it does not end. */
async function silentRegistry() {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    host: `127.0.0.1:${port}`,
    connected: once(server, 'connection'),
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const scratch = (name: string) => join(fixture.shell.configDirectory, '..', name)
  const start = (line: string) => new RunningProgram(fixture.shell, line)
  const states = () => fixture.shell.succeed("tug ps -a --format '{{.Names}} {{.State}}'")
  const openSlowEngine = (withheld: RegExp) => SlowEngine.open(fixture.engine.socket, withheld, scratch('slow.sock'))

  test.each(INTERRUPTS)('pull exits at %s with exit code %i', async (signal, exitCode) => {
    await using registry = await silentRegistry()
    await using program = start(`tug pull ${registry.host}/nothing`)
    await registry.connected
    program.signal(signal)
    expect(await program.ending()).toMatchObject({ exitCode })
  })

  test.each(INTERRUPTS)('run leaves no container after %s during the pull', async (signal, exitCode) => {
    await using registry = await silentRegistry()
    await using program = start(`tug run --name box ${registry.host}/nothing`)
    await program.waitFor('Unable to find image')
    await registry.connected
    program.signal(signal)
    expect(await program.ending()).toMatchObject({ stdout: '', exitCode })
    expect(await fixture.state.containers()).toEqual([])
  })

  test.each(INTERRUPTS)('run writes no --cidfile after %s while the container is created', async (signal, exitCode) => {
    await using slow = await openSlowEngine(/^POST \S+\/containers\/create/)
    await using program = start(`tug -H unix://${slow.socket} run --cidfile ${scratch('cid')} --name box busybox true`)
    await slow.reached
    program.signal(signal)
    expect(await program.ending()).toMatchObject({ stdout: '', exitCode })
    expect(existsSync(scratch('cid'))).toBe(false)
    // The engine may create the container after the client has ended. Its name would be in use in the next test.
    await expect.poll(() => fixture.state.containers()).toHaveLength(1)
  })

  test.each([
    ['SIGINT', 'run --name box busybox true'],
    ['SIGTERM', 'attach --sig-proxy=false box'],
  ] as const)('the third %s ends %s while the daemon does not respond to the attach request', async (signal, line) => {
    if (line.startsWith('attach')) await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
    await using slow = await openSlowEngine(/^POST \S+\/attach/)
    await using program = start(`tug -H unix://${slow.socket} ${line}`)
    await slow.reached
    // Two signals in quick succession may be delivered as one.
    const repeat = setInterval(() => program.signal(signal), 300)
    const ending = await program.ending().finally(() => clearInterval(repeat))
    expect(ending).toEqual({ stdout: '', stderr: '\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n', exitCode: 1 })
    expect(await states()).toBe(line.startsWith('attach') ? 'box running\n' : 'box created\n')
  })

  test.each(INTERRUPTS)('%s ends logs -f while it waits for output', async (signal, exitCode) => {
    await fixture.shell.succeed("tug run -d --name box busybox sh -c 'echo ready; sleep 1000'")
    await using program = start('tug logs -f box')
    await program.waitFor('ready')
    program.signal(signal)
    expect(await program.ending()).toEqual({ stdout: 'ready\n', stderr: '', exitCode })
  })

  test.each(INTERRUPTS)('%s ends exec with exit code 0, as in docker', async (signal) => {
    await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
    await using program = start("tug exec box sh -c 'echo ready; sleep 1000'")
    await program.waitFor('ready')
    program.signal(signal)
    expect(await program.ending()).toEqual({ stdout: 'ready\n', stderr: '', exitCode: 0 })
  })

  test.each([
    ['run --log-driver none busybox yes', 1],
    ['logs -f box', 143],
    ['exec box yes', 0],
  ])('SIGTERM ends %s while its output is not read', async (line, exitCode) => {
    await fixture.shell.succeed("tug run -d --name box busybox sh -c 'yes | head -c 1000000; exec sleep 1000'")
    await using program = new RunningProgram(fixture.shell, `tug ${line}`, { readsStdout: false })
    await program.waitForFullPipe()
    const repeat = setInterval(() => program.signal('SIGTERM'), 300)
    expect(await program.ending().finally(() => clearInterval(repeat))).toMatchObject({ exitCode })
  })

  test('run reports an image that does not exist in the registry', async () => {
    const name = `127.0.0.1:${await freePort()}/nothing`
    const outcome = await fixture.shell.run(`tug run --name box ${name}`)
    expect(outcome).toMatchObject({ stdout: '', exitCode: 125 })
    expect(outcome.stderr).toContain(`Unable to find image '${name}:latest' locally\n`)
    expect(outcome.stderr).toMatch(/Error response from daemon: .*connection refused/)
    expect(await fixture.state.containers()).toEqual([])
  })

  test('run --cidfile on a full disk reports the error and leaves neither a file nor a process', async () => {
    await mkdir(scratch('full'), { recursive: true })
    const mount = `mount -t tmpfs -o size=4k,nr_inodes=10 none ${scratch('full')} && head -c 4096 /dev/zero >${scratch('full')}/ballast`
    const outcome = await fixture.shell.run(
      `unshare -m sh -c '${mount}; tug run --cidfile ${scratch('full')}/cid --name box busybox echo ran; echo $?; ls ${scratch('full')}'`,
    )
    expect(outcome.stderr).toMatch(/failed to write the container ID to the file: write \S+: no space left on device/)
    expect(outcome.stdout).toBe('125\nballast\n')
  })

  test.each([
    ['run --rm -i busybox cat', '', 0],
    ['run --rm busybox echo out', 'out\n', 0],
    ['exec -i box cat', '', 0],
    ['attach box', '', 0],
  ])('%s works with a closed stdin', async (line, stdout, exitCode) => {
    await fixture.shell.succeed('tug run -d --name box busybox sleep 2')
    expect(await fixture.shell.run(`tug ${line} <&-`)).toEqual({ stdout, stderr: '', exitCode })
  })

  test.each([
    ['run --rm busybox echo out', 0],
    ['exec box echo out', 0],
    ['logs box', 0],
    ['ps', 0],
  ])('%s works with a closed stdout', async (line, exitCode) => {
    await fixture.shell.succeed("tug run -d --name box busybox sh -c 'echo out; sleep 1000'")
    expect(await fixture.shell.run(`tug ${line} >&-`)).toEqual({ stdout: '', stderr: '', exitCode })
  })

  test.each([
    ['run --rm busybox echo out'],
    ['exec box echo out'],
    ['logs box'],
  ])('%s reports a full disk', async (line) => {
    await fixture.shell.succeed("tug run -d --name box busybox sh -c 'echo out; sleep 1000'")
    const outcome = await fixture.shell.run(`tug ${line} >/dev/full`)
    expect(outcome).toMatchObject({ stdout: '', exitCode: 1 })
    expect(outcome.stderr).toContain('no space left on device')
  })
})
