import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from './engine.ts'

const FULL_ID = /^[0-9a-f]{64}\n$/

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  test.each([
    ['true', 0],
    ['false', 1],
    ["sh -c 'exit 3'", 3],
  ])('run busybox %s exits with the exit code %i of the container', async (command, exitCode) => {
    const outcome = await fixture.shell.run(`tug run --rm busybox ${command}`)
    expect(outcome).toEqual({ stdout: '', stderr: '', exitCode })
    expect(await fixture.state.containers()).toEqual([])
  })

  test.each([
    ['nosuchprogram', 127, /exec: "nosuchprogram": executable file not found in \$PATH/],
    ['/etc/passwd', 126, /exec: "\/etc\/passwd": permission denied/],
  ])('run busybox %s reports why the container could not start', async (command, exitCode, reason) => {
    const outcome = await fixture.shell.run(`tug run --rm busybox ${command}`)
    expect(outcome).toMatchObject({ stdout: '', exitCode })
    expect(outcome.stderr).toMatch(/^(docker|tug): Error response from daemon: /)
    expect(outcome.stderr).toMatch(reason)
    expect(outcome.stderr).toMatch(/\n\nRun '(docker|tug) run --help' for more information\n$/)
    expect(await fixture.state.containers()).toEqual([])
  })

  test('run separates stdout and stderr', async () => {
    const outcome = await fixture.shell.run("tug run --rm busybox sh -c 'echo out; echo err >&2'")
    expect(outcome).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 0 })
  })

  test('run -a selects the streams', async () => {
    const outcome = await fixture.shell.run("tug run --rm -a stderr busybox sh -c 'echo out; echo err >&2; exit 4'")
    expect(outcome).toEqual({ stdout: '', stderr: 'err\n', exitCode: 4 })
  })

  test('run -i passes stdin and its end', async () => {
    const outcome = await fixture.shell.run('tug run --rm -i busybox sort', { input: 'b\na\n' })
    expect(outcome).toEqual({ stdout: 'a\nb\n', stderr: '', exitCode: 0 })
  })

  test('run without -i passes no stdin', async () => {
    const outcome = await fixture.shell.run('tug run --rm busybox cat', { input: 'lost\n' })
    expect(outcome).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  test('run copies 50 MB unchanged in both directions', async () => {
    const bytes = Buffer.alloc(50_000_000, 'tug pulls the ship\n')
    const file = join(fixture.shell.configDirectory, '..', 'bytes')
    await writeFile(file, bytes)
    const stdout = await fixture.shell.succeed(`cat ${file} | tug run --rm -i busybox cat | sha256sum`)
    expect(stdout).toBe(`${createHash('sha256').update(bytes).digest('hex')}  -\n`)
  })

  test('run exits with the container while stdin is still open', async () => {
    const line = 'mkfifo open; sleep 50 >open & tug run --rm -i busybox true <open; echo $?; kill $!'
    const outcome = await fixture.shell.run(line, { cwd: join(fixture.shell.configDirectory, '..') })
    expect(outcome.stdout).toBe('0\n')
  })

  test.each([
    ['', 'write /dev/stdout: broken pipe\n1\n'],
    // Without forwarded signals, SIGPIPE ends the client.
    ['--sig-proxy=false', '141\n'],
  ])('run %s exits when the reader of its output exits', async (flag, stderr) => {
    const outcome = await fixture.shell.run(`(tug run --name endless ${flag} busybox yes; echo $? >&2) | head -1`)
    expect(outcome).toEqual({ stdout: 'y\n', stderr, exitCode: 0 })
  })

  test('run -d prints the full id and leaves the container running', async () => {
    const stdout = await fixture.shell.succeed('tug run -d busybox sleep 1000')
    expect(stdout).toMatch(FULL_ID)
    expect(await fixture.shell.succeed('tug ps -q --no-trunc')).toBe(stdout)
  })

  test('run -d with a port in use exits with 125, prints the id and does not remove the container', async () => {
    const port = await freePort()
    await fixture.shell.succeed(`tug run -d -p 127.0.0.1:${port}:80 busybox sleep 1000`)
    const outcome = await fixture.shell.run(`tug run -d --name second -p 127.0.0.1:${port}:80 busybox true`)
    expect(outcome.exitCode).toBe(125)
    expect(outcome.stdout).toMatch(FULL_ID)
    expect(outcome.stderr).toMatch(/port is already allocated|address already in use/)
    expect(await fixture.shell.succeed("tug ps -a --filter name=second --format '{{.State}}'")).toBe('created\n')
  })

  test("run with a name in use exits with 125 and docker's error", async () => {
    await fixture.shell.succeed('tug create --name web busybox')
    const outcome = await fixture.shell.run('tug run --name web busybox true')
    expect(outcome).toMatchObject({ stdout: '', exitCode: 125 })
    expect(outcome.stderr).toContain('Conflict. The container name "/web" is already in use by container')
  })

  test('run pulls a missing image', async () => {
    await fixture.state.removeImages()
    const outcome = await fixture.shell.run('tug run --rm busybox echo hello')
    expect(outcome).toMatchObject({ stdout: 'hello\n', exitCode: 0 })
    expect(outcome.stderr).toMatch(
      /^Unable to find image 'busybox:latest' locally\nlatest: Pulling from library\/busybox\n/,
    )
    expect(outcome.stderr).toMatch(/\nStatus: Downloaded newer image for busybox:latest\n$/)
  })

  test('run --quiet pulls without output', async () => {
    await fixture.state.removeImages()
    expect(await fixture.shell.run('tug run --rm -q busybox echo hello')).toEqual({
      stdout: 'hello\n',
      stderr: '',
      exitCode: 0,
    })
  })

  test('run --pull never does not pull', async () => {
    const outcome = await fixture.shell.run('tug run --rm --pull never nosuchimage')
    expect(outcome).toMatchObject({ stdout: '', exitCode: 125 })
    expect(outcome.stderr).toContain('No such image: nosuchimage:latest')
  })

  test('--cidfile writes the id and never overwrites a file', async () => {
    const file = join(fixture.shell.configDirectory, '..', 'cid')
    const stdout = await fixture.shell.succeed(`tug create --cidfile ${file} busybox`)
    expect(`${await readFile(file, 'utf8')}\n`).toBe(stdout)
    const again = await fixture.shell.run(`tug run --cidfile ${file} busybox true`)
    expect(again).toMatchObject({ stdout: '', exitCode: 125 })
    expect(again.stderr).toContain(
      `container ID file found, make sure the other container isn't running or delete ${file}`,
    )
    expect(`${await readFile(file, 'utf8')}\n`).toBe(stdout)
  })

  test('run passes environment variables, working directory, user and entrypoint', async () => {
    const line = "tug run --rm -e A=1 -e HERE -w /tmp -u 65534 --entrypoint sh busybox -c 'echo $A $HERE $PWD $(id -u)'"
    expect(await fixture.shell.succeed(`HERE=there ${line}`)).toBe('1 there /tmp 65534\n')
  })

  test('run without a daemon exits with 125 and an error with the address', async () => {
    const outcome = await fixture.shell.run('DOCKER_HOST=unix:///nonexistent.sock tug run busybox true')
    expect(outcome).toMatchObject({ stdout: '', exitCode: 125 })
    expect(outcome.stderr).toContain(
      'Cannot connect to the Docker daemon at unix:///nonexistent.sock. Is the docker daemon running?',
    )
  })

  test.each(['TERM', 'HUP', 'USR1'])('run forwards SIG%s', async (signal) => {
    const script = `trap 'echo got ${signal}; exit 7' ${signal}; echo ready; while :; do sleep 0.1; done`
    const line = `rm -f out; tug run --rm busybox sh -c "${script}" >out & while ! grep -q ready out; do sleep 0.1; done; kill -${signal} $!; wait $!; echo $?; cat out`
    const outcome = await fixture.shell.run(line, { cwd: join(fixture.shell.configDirectory, '..') })
    expect(outcome.stdout).toBe(`7\nready\ngot ${signal}\n`)
  })
})
