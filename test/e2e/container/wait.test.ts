import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { firstProgramCombinations } from '../../support/provided.ts'
import { Relay } from '../../support/relay.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { RunningProgram } from '../session/program.ts'

/** Flags for a health check that succeeds once the file /ready exists. */
const CHECK = "--health-cmd 'test -e /ready' --health-interval 200ms --health-retries 1000"

/** Flags for a health check that fails once the file /printed exists. */
const FAILING_CHECK =
  "--health-cmd 'until test -e /printed; do sleep 0.1; done; echo no database; exit 1' --health-interval 200ms --health-retries 1"

/** What `-D` prints when the wait has begun. */
const WAITING = /GET \S+\/events\?\S+ 200/

/** Waits until the container web runs. */
const RUNNING = 'until test "$(tug inspect -f {{.State.Running}} web 2>&1)" = true; do sleep 0.1; done'

describe.each(firstProgramCombinations())('--wait with $program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const run = (line: string) => fixture.shell.run(line)
  const state = async (name: string, field: string) =>
    (await fixture.shell.succeed(`tug inspect -f '{{.State.${field}}}' ${name}`)).trimEnd()

  test('run -d --wait ends when the health check succeeds', async () => {
    const outcome = await run(`tug run -d --wait --name web ${CHECK} busybox sh -c 'sleep 1; touch /ready; sleep 1000'`)
    expect(outcome).toMatchObject({ stderr: '', exitCode: 0 })
    expect(outcome.stdout).toBe(`${(await fixture.shell.succeed('tug ps -q --no-trunc')).trimEnd()}\n`)
    expect(await state('web', 'Health.Status')).toBe('healthy')
  })

  test('without a health check it ends when the container runs', async () => {
    expect(await run('tug run -d --wait --name web busybox sleep 1000')).toMatchObject({ stderr: '', exitCode: 0 })
    expect(await run('tug run -d --wait --no-healthcheck busybox sleep 1000')).toMatchObject({
      stderr: '',
      exitCode: 0,
    })
  })

  test('a container that turns unhealthy is reported with its check and its log, and keeps running', async () => {
    // Both lines go to one stream, because the daemon does not keep the order between standard output and standard error.
    const script = 'exec >&2; echo one; printf "\\033[31mtwo\\n"; touch /printed; sleep 1000'
    const outcome = await run(`tug run -d --wait --name web ${FAILING_CHECK} busybox sh -c '${script}'`)
    expect(outcome.exitCode).toBe(1)
    const report = [
      'container web is unhealthy',
      'last health check, with exit code 1:',
      '  no database',
      'end of its log:',
      '  one',
      '  \\x1b[31mtwo',
    ]
    expect(outcome.stderr).toBe(`${report.join('\n')}\n`)
    expect(await state('web', 'Running')).toBe('true')
  })

  test.each(['', '--rm', '-t'])('a container that ends is reported with its exit code (%s)', async (flag) => {
    const outcome = await run(`tug run -d --wait ${flag} --name job ${CHECK} busybox sh -c 'seq 20; exit 4'`)
    expect(outcome.exitCode).toBe(1)
    const lines = outcome.stderr.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^container job has (ended with exit code 4|been removed)/)
    expect(lines[1]).toMatch(/^end of its (log|output):$/)
    expect(lines.slice(2)).toEqual(['11', '12', '13', '14', '15', '16', '17', '18', '19', '20'].map((n) => `  ${n}`))
  })

  test('a container that its restart policy restarts is waited for', async () => {
    const script = 'sleep 0.3; test -e /volume/one && touch /ready && exec sleep 1000; touch /volume/one; exit 3'
    const outcome = await run(
      `tug run -d --wait --restart always -v /volume --name web ${CHECK} busybox sh -c '${script}'`,
    )
    expect(outcome).toMatchObject({
      stderr: 'container web has ended with exit code 3 and is being restarted\n',
      exitCode: 0,
    })
    expect(await state('web', 'Health.Status')).toBe('healthy')
  })

  test('a container that is removed meanwhile ends the wait', async () => {
    const waiting = run(`tug run -d --wait --name web ${CHECK} busybox sleep 1000`)
    await fixture.shell.succeed(`${RUNNING}; tug rm -f web`)
    const { stderr, exitCode } = await waiting
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^container web has (ended with exit code 137|been removed)/)
  })

  test('--wait-timeout takes seconds and durations, and names the state', async () => {
    await fixture.shell.succeed(`tug create --name web ${CHECK} busybox sh -c 'echo hello; sleep 1000'`)
    for (const [typed, shown] of [
      ['1', '1s'],
      ['1500ms', '1.5s'],
    ]) {
      const { stdout, stderr, exitCode } = await run(`tug start --wait --wait-timeout ${typed} web`)
      expect([stdout, exitCode]).toEqual(['', 1])
      expect(stderr).toMatch(`container web is not healthy (starting) after ${shown}\n`)
      expect(stderr).toMatch('end of its log:\n  hello\n')
    }
  })

  test('a paused container is waited for until it is resumed', async () => {
    const waiting = run(`tug run -d --wait --name web ${CHECK} busybox sh -c 'sleep 2; touch /ready; sleep 1000'`)
    await fixture.shell.succeed(`${RUNNING}; tug pause web; sleep 3`)
    // Engine 28 calls a paused container unhealthy.
    expect(await state('web', 'Health.Status')).toMatch(/^(starting|unhealthy)$/)
    await fixture.shell.succeed('tug unpause web')
    expect(await waiting).toMatchObject({ stderr: '', exitCode: 0 })
  })

  test('start waits for all containers, and prints their names in the order typed', async () => {
    const create = (name: string, script: string) => `tug create --name ${name} ${CHECK} busybox sh -c '${script}'`
    await fixture.shell.succeed(create('slow', 'sleep 1; touch /ready; sleep 1000'))
    await fixture.shell.succeed(create('fast', 'touch /ready; sleep 1000'))
    await fixture.shell.succeed(create('broken', 'exit 9'))
    const outcome = await run('tug start --wait broken slow nosuch fast')
    expect([outcome.stdout, outcome.exitCode]).toEqual(['slow\nfast\n', 1])
    const lines = outcome.stderr.trimEnd().split('\n')
    expect(lines[0]).toMatch(/No such container: nosuch$/i)
    expect(lines.slice(1)).toEqual([
      'Error: failed to start containers: nosuch',
      'container broken has ended with exit code 9',
    ])
  })

  test('restart waits for the new health check', async () => {
    await fixture.shell.succeed(
      `tug run -d --wait --name web ${CHECK} busybox sh -c 'rm -f /ready; sleep 0.5; touch /ready; sleep 1000'`,
    )
    expect(await run('tug restart -t 0 --wait web')).toEqual({ stdout: 'web\n', stderr: '', exitCode: 0 })
    expect(await state('web', 'Health.Status')).toBe('healthy')
    expect((await run('tug restart -t 0 --wait nosuch web')).exitCode).toBe(1)
  })

  test('Ctrl-C ends the wait and leaves the container running', async () => {
    const line = `tug -D run -d --wait --name web ${CHECK} busybox sleep 1000`
    const terminal = fixture.shell.terminal(line, { columns: 500 })
    await terminal.waitFor(WAITING)
    terminal.type('\x03')
    expect(await terminal.exit()).toMatchObject({ exitCode: 130 })
    expect(terminal.screen()).toContain('stopped waiting, and left running: web')
    expect(await state('web', 'Running')).toBe('true')
  })

  test('a lost connection to the daemon ends the wait', async () => {
    const relay = await Relay.open(fixture.engine.socket)
    try {
      await fixture.shell.succeed(`tug create --name web ${CHECK} busybox sleep 1000`)
      const line = `tug -D -H tcp://127.0.0.1:${relay.port} start --wait web`
      await using waiting = new RunningProgram(fixture.shell, line)
      await waiting.waitFor(WAITING)
      relay.close()
      const { stdout, stderr, exitCode } = await waiting.ending()
      expect([stdout, exitCode]).toEqual(['', 1])
      expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/daemon|connection|EOF/)
    } finally {
      relay.close()
    }
  })

  test.each([
    ['run --wait busybox', 125, /--wait needs --detach/],
    ['run -d --wait-timeout 3 busybox', 125, /--wait-timeout needs --wait/],
    ['run -d --wait --wait-timeout -1s busybox', 125, /duration cannot be negative/],
    ['run -d --wait --wait-timeout soon busybox', 125, /invalid duration "soon"/],
    ['start --wait --attach web', 1, /--wait cannot be used with --attach/],
    ['start --wait-timeout 3 web', 1, /--wait-timeout needs --wait/],
    ['restart --wait-timeout 3 web', 1, /--wait-timeout needs --wait/],
  ])('refuses tug %s', async (line, exitCode, message) => {
    const outcome = await run(`tug ${line}`)
    expect(outcome).toMatchObject({ stdout: '', exitCode, stderr: expect.stringMatching(message) })
  })
})
