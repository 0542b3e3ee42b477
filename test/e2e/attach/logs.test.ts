import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { RunningProgram } from '../session/program.ts'
import { closeFixture, type Fixture, openFixture } from './engine.ts'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const run = (line: string) => fixture.shell.run(line)
  /** Runs a script in a container to its end. */
  const ran = (name: string, script: string, options = '') =>
    run(`tug run ${options} --name ${name} busybox sh -c '${script}' </dev/null`)
  /** Starts a script in a container. */
  const start = (name: string, script: string, options = '') =>
    fixture.shell.succeed(`tug run -d ${options} --name ${name} busybox sh -c '${script}'`)

  test('several logs are merged in the order of their times, with names in front', async () => {
    await ran('aa', 'echo 1')
    await ran('long', 'echo 2', '-t')
    await ran('bb', 'echo 3; echo err >&2; printf part')
    await fixture.shell.succeed('tug start -a aa')
    const lines = ['aa   | 1', 'long | 2\r', 'bb   | 3', 'bb   | part', 'aa   | 1', '']
    expect(await run('tug logs bb long aa')).toEqual({ stdout: lines.join('\n'), stderr: 'bb   | err\n', exitCode: 0 })
    expect(await run('tug logs --no-prefix bb long aa 2>/dev/null')).toMatchObject({ stdout: '1\n2\r\n3\npart\n1\n' })
    expect(await run('tug logs -n 1 aa long')).toMatchObject({ stdout: 'long | 2\r\naa   | 1\n' })
    expect(await run('tug logs --since 2100-01-01 aa long bb')).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    expect(await run('tug logs --until 2000-01-01 aa long bb')).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  test('--timestamps shows the times of the daemon, or those of the local zone', async () => {
    await ran('aa', 'echo 1; printf part')
    await ran('bb', 'echo 2', '-t')
    const utc = await fixture.shell.succeed('tug logs -t aa')
    expect(await fixture.shell.succeed('tug logs -t aa bb')).toMatch(
      /^aa \| \d{4}-\S+Z 1\naa \| \S+Z part\nbb \| \S{30} 2\r\n$/,
    )
    expect(await fixture.shell.succeed('tug logs --timestamps=false --no-prefix aa bb')).toBe('1\npart\n2\r\n')
    expect(await fixture.shell.succeed('TZ=UTC tug logs --timestamps=local aa')).toBe(utc)
    const tokyo = await fixture.shell.succeed('TZ=Asia/Tokyo tug logs --timestamps=local aa')
    expect(tokyo).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\+09:00 1\n\S{35} part$/)
    const instants = (text: string) => text.split('\n').map((line) => Date.parse(line.split(' ')[0] ?? ''))
    expect(instants(tokyo)).toEqual(instants(utc))
  })

  test('--filter and --all choose the logs', async () => {
    await ran('app-1', 'echo 1', '-l kind=app')
    await ran('app-2', 'echo 2', '-l kind=app')
    await ran('db', 'echo 3')
    const two = { stdout: 'app-1 | 1\napp-2 | 2\n', stderr: '', exitCode: 0 }
    expect(await run('tug logs --filter label=kind=app')).toEqual(two)
    expect(await run('tug logs --filter label!=kind=app')).toEqual({ ...two, stdout: 'db | 3\n' })
    expect(await run('tug logs --all')).toEqual({ ...two, stdout: `${two.stdout}db    | 3\n` })
    expect(await run('tug logs --filter name=nosuch')).toEqual({ ...two, stdout: '' })
    expect((await run('tug logs')).stderr).toContain("'tug logs' requires at least 1 argument\n")
  })

  test.each(['', '-t'])('lines of any length and content pass unchanged, with options %o', async (tty) => {
    const script =
      'head -c 50000 /dev/zero | tr "\\\\0" x; echo; printf "\\\\001\\\\377 \\\\r\\\\n\\\\n"; head -c 2000000 /dev/zero | tr "\\\\0" y'
    await ran('aa', script, tty)
    const plain = await fixture.shell.succeed('tug logs aa | md5sum')
    expect(
      await fixture.shell.succeed('tug logs --timestamps=local aa | sed "s/^[-0-9T:.]*[Z+]\\S* //" | head -c 40'),
    ).toMatch(/^x+$/)
    await ran('empty', 'true')
    // Lines of more than 1 MiB are cut, so only their bytes are compared.
    expect(await fixture.shell.succeed('tug logs --no-prefix aa empty | tr -d "\\n" | md5sum')).toBe(
      await fixture.shell.succeed('tug logs aa | tr -d "\\n" | md5sum'),
    )
    expect(plain).not.toBe('')
  })

  test('a log that cannot be read is reported, and the others are printed', async () => {
    await ran('aa', 'echo 1')
    await ran('none', 'echo 2', '--log-driver none')
    const outcome = await run('tug logs nosuch aa none')
    expect(outcome).toMatchObject({ stdout: 'aa     | 1\n', exitCode: 1 })
    expect(outcome.stderr.trimEnd().split('\n').toSorted()).toEqual(
      [
        expect.stringMatching(/^Error response from daemon: No such container: nosuch$/),
        expect.stringMatching(/^Error response from daemon: configured logging driver does not support reading$/),
      ].toSorted(),
    )
    expect(await run('tug logs nosuch lost')).toMatchObject({ stdout: '', exitCode: 1 })
  })

  test('-f follows several logs, and ends with the last container', async () => {
    await start('aa', 'for i in 1 2 3; do echo $i; sleep 0.4; done')
    await start('bb', 'sleep 0.2; echo x; echo y >&2')
    const { stdout, stderr, exitCode } = await run('tug logs -f aa bb')
    expect(stdout.split('\n').filter((line) => line.startsWith('aa'))).toEqual(['aa | 1', 'aa | 2', 'aa | 3'])
    expect({ stderr, exitCode, has: stdout.includes('bb | x\n') }).toEqual({
      stderr: 'bb | y\n',
      exitCode: 0,
      has: true,
    })
  })

  test('-f prints the lines of one container while another is silent', async () => {
    await start('silent', 'exec sleep 1000')
    await start('aa', 'for i in $(seq 2000); do echo $i; done; exec sleep 1000')
    await using program = new RunningProgram(fixture.shell, 'tug logs -f silent aa')
    await program.waitFor('aa     | 2000\n')
    program.signal('SIGINT')
    expect((await program.ending()).exitCode).toBe(130)
  })

  test('-F goes on when the container is started again, and with a new container of the name', async () => {
    await start('aa', 'echo one; sleep 0.5')
    await using program = new RunningProgram(fixture.shell, 'tug logs -F aa')
    await program.waitFor('one\n')
    await fixture.shell.succeed('tug wait aa && tug start aa')
    await program.waitFor('one\none\n')
    await fixture.shell.succeed('tug rm -f aa')
    await pause(700)
    await start('aa', 'echo two; exec sleep 1000')
    await program.waitFor('one\none\ntwo\n')
    await fixture.shell.succeed('tug restart -t 0 aa')
    await program.waitFor('one\none\ntwo\ntwo\n')
    program.signal('SIGINT')
    expect(await program.ending()).toEqual({ stdout: 'one\none\ntwo\ntwo\n', stderr: '', exitCode: 130 })
  })

  test('-F waits for a container that does not exist yet', async () => {
    await start('bb', 'echo b; exec sleep 1000')
    await using program = new RunningProgram(fixture.shell, 'tug logs -F aa bb')
    await program.waitFor('bb | b\n')
    await start('aa', 'echo a; exec sleep 1000')
    await program.waitFor('aa | a\n')
    program.signal('SIGTERM')
    expect(await program.ending()).toMatchObject({ stderr: 'waiting for a container with the name "aa"\n' })
    expect(await run('tug logs -F --until 1m bb')).toEqual({
      stdout: '',
      stderr: '--follow-name cannot be used together with --until\n',
      exitCode: 1,
    })
  })

  test('names have colors on a terminal, and none elsewhere', async () => {
    await ran('aa', 'echo 1')
    await ran('bb', 'echo 2')
    const terminal = fixture.shell.terminal('tug logs aa bb')
    await terminal.exit()
    expect(terminal.screen()).toBe('aa | 1\nbb | 2')
    expect(terminal.output).toContain('\x1b[36maa | \x1b[39m1\r\n\x1b[33mbb | \x1b[39m2')
    await terminal.close()
    expect((await run('tug logs aa bb')).stdout).toBe('aa | 1\nbb | 2\n')
  })

  test.each([
    'tug logs aa bb',
    'tug logs -f aa bb',
    'tug logs -F aa',
  ])('%s ends when its reader has gone', async (line) => {
    await start('aa', 'while true; do echo 1; done')
    await start('bb', 'exec sleep 1000')
    expect(await run(`${line} | head -n 2 | wc -l`)).toEqual({ stdout: '2\n', stderr: '', exitCode: 0 })
  })
})
