import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { withoutCursorReports } from '../../support/terminal.ts'
import { closeFixture, type Fixture, openFixture } from './engine.ts'

/** The prompt of busybox at the end of the screen, whose trailing space is not part of the screen text. */
const PROMPT = /\/ #$/
const CTRL_C = '\x03'
const CTRL_P = '\x10'
const CTRL_Q = '\x11'

/** Returns a command that waits for a terminal size, because engines before API version 1.42 set it after the start. */
function untilSize(size: string): string {
  return `until [ "$(stty size 2>&1)" = '${size}' ]; do sleep 0.1; done; echo has "$(stty size)"\r`
}

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const running = () => fixture.shell.succeed("tug ps --format '{{.Names}}'")

  test('a shell on a terminal reads keys, shows output and returns its exit code', async () => {
    const terminal = fixture.shell.terminal('tug run --rm -it busybox sh')
    await terminal.waitFor(PROMPT)
    terminal.type('echo $((6*7))\r')
    await terminal.waitFor('\n42\n')
    terminal.type('sleep 1000\r')
    await terminal.waitFor(/sleep 1000$/)
    terminal.type(CTRL_C)
    await terminal.waitFor(/\^C\n\/ #$/)
    terminal.type('exit 5\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 5 })
    expect(await fixture.state.containers()).toEqual([])
  })

  test("the container's terminal has the size of ours, also after a resize", async () => {
    const terminal = fixture.shell.terminal('tug run --rm -it busybox sh', { columns: 97, rows: 31 })
    await terminal.waitFor(PROMPT)
    terminal.type(untilSize('31 97'))
    await terminal.waitFor('has 31 97')
    terminal.resize(71, 19)
    terminal.type(untilSize('19 71'))
    await terminal.waitFor('has 19 71')
    terminal.type('exit\r')
    await terminal.exit()
  })

  test.each([
    ['run -it --name box busybox sh', CTRL_P + CTRL_Q],
    ['run -it --name box --detach-keys ctrl-a,x busybox sh', '\x01x'],
  ])('%s leaves the container running after the detach keys', async (line, keys) => {
    const terminal = fixture.shell.terminal(`tug ${line}`)
    await terminal.waitFor(PROMPT)
    terminal.type('echo still\r')
    await terminal.waitFor('\nstill\n')
    for (const key of keys) terminal.type(key)
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(await running()).toBe('box\n')
  })

  test('attach redraws the prompt, and detaching is reported', async () => {
    await fixture.shell.succeed('tug run -dit --name box busybox sh')
    const terminal = fixture.shell.terminal('tug attach box')
    await terminal.waitFor(PROMPT)
    terminal.type('echo he""re\r')
    await terminal.waitFor('\nhere\n')
    terminal.type(CTRL_P + CTRL_Q)
    expect(await terminal.exit()).toMatchObject({ exitCode: 1 })
    expect(withoutCursorReports(terminal.screen())).toMatch(/read escape sequence$/)
    expect(await running()).toBe('box\n')
  })

  test('start -ai resumes a container', async () => {
    await fixture.shell.succeed('tug create -it --name box busybox sh')
    const terminal = fixture.shell.terminal('tug start -ai box')
    await terminal.waitFor(PROMPT)
    terminal.type('exit 6\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 6 })
  })

  test('exec -it has a separate terminal', async () => {
    await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
    const terminal = fixture.shell.terminal('tug exec -it box sh', { columns: 88, rows: 22 })
    await terminal.waitFor(PROMPT)
    terminal.type(untilSize('22 88'))
    await terminal.waitFor('has 22 88')
    terminal.type('tty\r')
    await terminal.waitFor('\n/dev/pts/')
    terminal.type('exit 4\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 4 })
  })

  test.each([
    ['the exit', '--rm'],
    ['a signal that is not forwarded', '--sig-proxy=false'],
  ])('restores the terminal after %s', async (reason, flag) => {
    // The shell compares the terminal's settings before and after tug.
    const lines = [
      `before=$(stty -g)`,
      `sh -c "echo \\$\\$ >pid; exec tug run -it --name box ${flag} busybox sh"`,
      'test "$before" = "$(stty -g)" && echo same',
    ]
    const cwd = join(fixture.shell.configDirectory, '..')
    const terminal = fixture.shell.terminal(`sh -c '${lines.join('; ').replaceAll("'", "'\\''")}'`, { cwd })
    await terminal.waitFor(PROMPT)
    if (reason === 'the exit') terminal.type('exit\r')
    else process.kill(Number(await readFile(join(cwd, 'pid'), 'utf8')), 'SIGHUP')
    await terminal.exit()
    expect(withoutCursorReports(terminal.screen())).toMatch(/\nsame$/)
  })

  test('does not change the line feeds of a full-screen program', async () => {
    const terminal = fixture.shell.terminal(
      'tug run --rm -it busybox sh -c \'stty -opost; printf "one\\ntwo\\n"; stty opost\'',
    )
    await terminal.exit()
    expect(terminal.screen()).toBe('one\n   two')
  })

  test('the third Ctrl-C ends the client immediately', async () => {
    const terminal = fixture.shell.terminal('tug run --name deaf busybox sh -c \'trap "" INT; echo ready; sleep 1000\'')
    await terminal.waitFor('ready')
    // Two signals in quick succession may be delivered as one.
    const repeat = setInterval(() => terminal.type(CTRL_C), 500)
    await terminal.exit()
    clearInterval(repeat)
    expect(await terminal.exit()).toMatchObject({ exitCode: 1 })
    expect(terminal.screen()).toMatch(/\ngot 3 SIGTERM\/SIGINTs, forcefully exiting$/)
    expect(await running()).toBe('deaf\n')
  })

  test("run -t without a terminal fails with docker's error", async () => {
    const outcome = await fixture.shell.run('tug run --rm -it busybox true')
    expect(outcome).toEqual({ stdout: '', stderr: 'the input device is not a TTY\n', exitCode: 1 })
    expect(await fixture.state.containers()).toEqual([])
  })
})
