import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from './engine.ts'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  test('exec passes streams, exit code, variables and working directory', async () => {
    await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
    const outcome = await fixture.shell.run(`tug exec -e A=1 -w /tmp box sh -c 'echo $A $PWD; echo err >&2; exit 3'`)
    expect(outcome).toEqual({ stdout: '1 /tmp\n', stderr: 'err\n', exitCode: 3 })
  })

  test('exec -i passes stdin and its end', async () => {
    await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
    expect(await fixture.shell.run('tug exec -i box sort', { input: 'b\na\n' })).toEqual({
      stdout: 'a\nb\n',
      stderr: '',
      exitCode: 0,
    })
  })

  test('exec -d runs in the background', async () => {
    await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
    expect(await fixture.shell.run('tug exec -d box touch /tmp/done')).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    await fixture.shell.succeed("tug exec box sh -c 'while [ ! -e /tmp/done ]; do sleep 0.1; done'")
  })

  test.each([
    ['exec nosuch true', 'Error response from daemon: No such container: nosuch\n'],
    ['attach nosuch', 'Error response from daemon: No such container: nosuch\n'],
    ['attach stopped', 'You cannot attach to a stopped container, start it first\n'],
    ['start -a stopped other', 'you cannot start and attach multiple containers at once\n'],
    ['logs --since bogus stopped', 'invalid value for "since": failed to parse value as time or duration: "bogus"\n'],
  ])('%s fails with docker’s error', async (line, stderr) => {
    await fixture.shell.succeed('tug create --name stopped busybox')
    expect(await fixture.shell.run(`tug ${line}`)).toEqual({ stdout: '', stderr, exitCode: 1 })
  })

  test('start prints the started containers and reports the others', async () => {
    await fixture.shell.succeed('tug create --name one busybox true; tug create --name two busybox true')
    expect(await fixture.shell.run('tug start one nosuch two')).toEqual({
      stdout: 'one\ntwo\n',
      stderr: 'Error response from daemon: No such container: nosuch\nError: failed to start containers: nosuch\n',
      exitCode: 1,
    })
  })

  test('start -a prints the output and returns the exit code', async () => {
    await fixture.shell.succeed("tug create --name one busybox sh -c 'echo out; echo err >&2; exit 8'")
    expect(await fixture.shell.run('tug start -a one')).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 8 })
  })

  test('attach passes stdin, output and the exit code', async () => {
    await fixture.shell.succeed("tug run -di --name one busybox sh -c 'read x; echo got $x; exit 9'")
    // The daemon closes the connection when stdin ends, so stdin stays open until the container has ended.
    expect(await fixture.shell.run('(echo this; sleep 2) | tug attach one')).toEqual({
      stdout: 'got this\n',
      stderr: '',
      exitCode: 9,
    })
  })

  test.each(['', '-t'])('logs of a container that ran with %o prints the bytes that it wrote', async (tty) => {
    await fixture.shell.succeed(`tug run ${tty} --name one busybox sh -c 'echo 42; printf part' </dev/null`)
    const newline = tty === '' ? '\n' : '\r\n'
    expect(await fixture.shell.run('tug logs one')).toEqual({ stdout: `42${newline}part`, stderr: '', exitCode: 0 })
    expect(await fixture.shell.succeed('tug logs -n 1 one')).toBe('part')
    expect(await fixture.shell.succeed('tug logs -t one')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z 42\r?\n\d{4}-\S+Z part$/)
    expect(await fixture.shell.succeed('tug logs --since 2100-01-01 one')).toBe('')
    expect(await fixture.shell.succeed('tug logs --until 2000-01-01T00:00:00Z one')).toBe('')
  })

  test('logs separates stdout and stderr', async () => {
    await fixture.shell.run("tug run --name one busybox sh -c 'echo out; echo err >&2'")
    expect(await fixture.shell.run('tug logs one')).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 0 })
  })

  test('logs -f follows the output until the container ends', async () => {
    await fixture.shell.succeed("tug run -d --name one busybox sh -c 'for i in 1 2 3; do echo $i; sleep 0.3; done'")
    expect(await fixture.shell.succeed('tug logs -f one')).toBe('1\n2\n3\n')
  })
})
