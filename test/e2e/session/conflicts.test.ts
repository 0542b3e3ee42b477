import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  /** Runs a command line that fails on a wide terminal and returns the screen. */
  const runOnTerminal = async (line: string) => {
    const terminal = fixture.shell.terminal(`tug ${line}`, { columns: 400 })
    const { exitCode } = await terminal.exit()
    return { exitCode, screen: terminal.screen() }
  }

  test.each(['run', 'create'])('%s suggests how to free a name that a stopped container uses', async (command) => {
    await fixture.shell.run("tug run --name web busybox sh -c 'exit 3'")
    const id = (await fixture.shell.succeed('tug ps -aq')).trim()
    const { exitCode, screen } = await runOnTerminal(`${command} --name web busybox true`)
    expect(exitCode).toBe(command === 'run' ? 125 : 1)
    expect(screen).toContain('Conflict. The container name "/web" is already in use by container')
    expect(screen).toMatch(
      new RegExp(`\\nhint: name "web" is used by container ${id} \\(exited .* ago\\); free it with: tug rm web$`),
    )
    await fixture.shell.succeed('tug rm web && tug create --name web busybox true')
  })

  test.each([
    ['', 'tug stop web && tug rm web'],
    ['--rm', 'tug stop web'],
  ])('run suggests how to free a name that a container started with %o uses', async (flag, command) => {
    await fixture.shell.succeed(`tug run -d --init ${flag} --name web busybox sleep 1000`)
    const { screen } = await runOnTerminal('run --name web busybox true')
    expect(screen).toMatch(
      new RegExp(`\\nhint: name "web" is used by container [0-9a-f]{12} \\(up .*\\); free it with: ${command}$`),
    )
    await fixture.shell.succeed(`${command}; until tug create --name web busybox true; do sleep 0.2; done`)
  })

  test('run and start name the container that publishes a port', async () => {
    const port = await freePort()
    await fixture.shell.succeed(`tug run -d --init --name web -p 127.0.0.1:${port}:80 busybox sleep 1000`)
    const hint = `\nhint: port ${port} is published by web; free it with: tug stop web`
    const run = await runOnTerminal(`run -d --name second -p 127.0.0.1:${port}:80 busybox sleep 1000`)
    expect(run.exitCode).toBe(125)
    expect(run.screen).toMatch(/port is already allocated|address already in use/)
    expect(run.screen).toContain(hint)
    const start = await runOnTerminal('start second')
    expect(start.exitCode).toBe(1)
    expect(start.screen).toContain(`${hint}\nError: failed to start containers: second`)
    await fixture.shell.succeed('tug stop web && tug start second')
  })

  test.each([
    { line: 'rm web', hint: /stop and remove it with: (tug .*)$/ },
    {
      before: 'tug stop -t 0 web',
      line: 'exec web true',
      hint: /container web \(exited .* ago\); start it with: (tug start web), or see why it ended with: tug logs web$/,
    },
    { line: 'rmi used', hint: /the image is used by container web \(up .*\); if .*: (tug rm -f web)$/ },
    { line: 'volume rm data', hint: /the volume is used by container web \(up .*\); if .*: (tug rm -f web)$/ },
    { line: 'network rm net1', hint: /disconnect them with: (tug network disconnect net1 web)\n/ },
  ])('$line prints a hint with a command that works', async ({ before = 'true', line, hint }) => {
    const { shell } = fixture
    await shell.succeed('tug create --name base busybox && tug commit base used && tug rm base')
    await shell.succeed('tug network create net1 && tug volume create data')
    try {
      await shell.succeed('tug run -d --init --name web -v data:/data --network net1 used sleep 1000')
      await shell.succeed(before)
      const { exitCode, screen } = await runOnTerminal(line)
      expect(exitCode).toBe(1)
      expect(screen).toMatch(hint)
      const [, command] = hint.exec(screen) ?? []
      await shell.succeed(
        `${command} && { tug rm -f web 2>/dev/null || true; } && ${line.includes('web') ? 'true' : `tug ${line}`}`,
      )
    } finally {
      await shell.run('tug rm -f web; tug rmi used; tug volume rm data; tug network rm net1')
    }
  })

  test('suggests a similar name for an unknown one', async () => {
    await fixture.shell.succeed('tug create --name web busybox true')
    for (const line of ['start wbe', 'logs wbe', 'inspect wbe', 'rm wbe']) {
      expect((await runOnTerminal(line)).screen).toContain('hint: did you mean "web"?')
    }
    expect((await runOnTerminal('run busybxo true')).screen).toContain('hint: did you mean the local image "busybox"?')
  })

  test.each([
    [
      '--context nosuch ps',
      /^Failed to initialize: .*context "nosuch".*\nhint: list the contexts with: tug context ls$/,
    ],
    ['-H bogus://x ps', /^Failed to initialize: .*bogus:\/\/x\nhint: write unix:.*$/],
  ])('%s prints the error with a hint that needs no engine', async (line, message) => {
    const { exitCode, screen } = await runOnTerminal(line)
    expect(exitCode).toBe(1)
    expect(screen).toMatch(message)
  })

  test.each([
    ['run --rm busybox', 0, 'to type commands, run: tug run -it busybox'],
    ['run --rm busybox bash', 127, 'the image has no bash: try sh'],
    ['run --rm -it busybox nosuch', 127, 'the image has no program nosuch'],
    ['run --rm busybox --name x', 127, '"--name" was taken as the program to run'],
    ['exec web sh', 0, 'to type commands, run: tug exec -it web sh'],
    ['exec web bash', /^12[67]$/, 'the image has no bash: try sh'],
    ['exec -it web bash', /^12[67]$/, 'the image has no bash: try sh'],
    ['build -q -f nosuch .', 1, "the build's directory has no nosuch"],
    ['cp web:/nosuch/x .', 1, 'tug exec web ls -a /nosuch'],
  ])('explains a frequent mistake: %s', async (line, exitCode, hint) => {
    await fixture.shell.succeed('tug run -d --init --name web busybox sleep 1000')
    const result = await runOnTerminal(line)
    expect(result.screen).toMatch(/\nhint: [^\n]*$|^hint: [^\n]*$/)
    expect(result.screen).toContain(hint)
    expect(String(result.exitCode)).toMatch(typeof exitCode === 'number' ? new RegExp(`^${exitCode}$`) : exitCode)
  })

  test('prints no hint without a terminal', async () => {
    await fixture.shell.succeed('tug create --name web busybox true')
    const { stderr } = await fixture.shell.run('tug run --name web busybox true')
    expect(stderr).not.toContain('hint:')
  })
})
