import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEngine } from '../../support/engines/start.ts'
import { combinations, mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { Terminal, withoutCursorReports } from '../../support/terminal.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { RunningProgram } from './program.ts'

const PROMPT = /\/ #$/
const DETACH = '\x10\x11'

/** A command line on a terminal, in a shell that prints whether the terminal's settings are restored afterwards. */
class Session {
  readonly terminal: Terminal
  readonly #pidFile: string

  constructor(shell: Shell, line: string, name = 'session') {
    this.#pidFile = join(shell.configDirectory, '..', `${name}.pid`)
    const script = [
      'before=$(stty -a)',
      `sh -c 'echo $$ >${this.#pidFile}; exec tug ${line}'`,
      'echo "ended $?"',
      '[ "$before" = "$(stty -a)" ] && echo "terminal restored"',
    ]
    this.terminal = Terminal.open('sh', ['-c', script.join('\n')], { env: shell.env })
  }

  signal(name: NodeJS.Signals): void {
    process.kill(Number(readFileSync(this.#pidFile, 'utf8')), name)
  }

  isRunning(): boolean {
    return existsSync(`/proc/${readFileSync(this.#pidFile, 'utf8').trim()}`)
  }

  /**
   * Waits for the end and returns the screen, without the responses to the queries of the container's shell that arrive
   * after the client has ended.
   */
  async end(): Promise<string> {
    await this.terminal.exit(30_000)
    return withoutCursorReports(this.terminal.screen())
  }
}

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  test.each([
    ['run -it --name box busybox sh', 'exit 7\r', 7],
    ['run -it --name box busybox sh', DETACH, 0],
    ['run -it --name box --detach-keys ctrl-a,x busybox sh', '\x01x', 0],
    ['attach box', DETACH, 1],
    ['start -ai box', DETACH, 0],
    ['exec -it box sh', 'exit 7\r', 7],
    ['exec -it box sh', DETACH, 1],
    ['exec -it --detach-keys ctrl-a,x box sh', '\x01x', 1],
  ])('%s after the keys %j exits with %i and restores the terminal', async (line, keys, exitCode) => {
    if (!line.startsWith('run')) await fixture.shell.succeed('tug create -it --name box busybox sh')
    if (/^(attach|exec)/.test(line)) await fixture.shell.succeed('tug start box')
    const session = new Session(fixture.shell, line)
    await session.terminal.waitFor(PROMPT)
    for (const key of keys.endsWith('\r') ? [keys] : keys) session.terminal.type(key)
    const screen = await session.end()
    expect(screen).toMatch(new RegExp(`ended ${exitCode}\nterminal restored`))
    expect(screen.includes('read escape sequence')).toBe(exitCode === 1)
  })

  test('restores the terminal after an error in raw mode', async () => {
    const session = new Session(fixture.shell, 'run -it --rm busybox nosuchprogram')
    const screen = await session.end()
    // The engine's message is wrapped anywhere.
    expect(screen.replaceAll('\n', '')).toMatch(/executable *file *not *found/)
    expect(screen).toMatch(/no program nosuchprogram[\s\S]*\nended 127\nterminal restored/)
    expect(await fixture.state.containers()).toEqual([])
  })

  // docker leaves the terminal in raw mode after the signals that end it.
  test.each([
    ['SIGHUP', 'run -it --sig-proxy=false --name box busybox sh', 129],
    ['SIGQUIT', 'run -it --sig-proxy=false --name box busybox sh', 131],
    ['SIGHUP', 'attach --sig-proxy=false box', 129],
    ['SIGQUIT', 'attach box', 131],
    ['SIGHUP', 'exec -it box sh', 129],
    ['SIGQUIT', 'exec -it box sh', 131],
    ['SIGTERM', 'exec -it box sh', 0],
    ['SIGINT', 'exec -it box sh', 0],
    ['SIGTERM', 'start -ai box', 0],
  ] as const)('%s ends %s with exit code %i and restores the terminal', async (signal, line, exitCode) => {
    if (!line.startsWith('run')) await fixture.shell.succeed('tug create -it --name box busybox sh')
    if (/^(attach|exec)/.test(line)) await fixture.shell.succeed('tug start box')
    const session = new Session(fixture.shell, line)
    await session.terminal.waitFor(PROMPT)
    session.signal(signal)
    expect(await session.end()).toMatch(new RegExp(`ended ${exitCode}\nterminal restored`))
    expect(await fixture.shell.succeed("tug ps --format '{{.Names}}'")).toBe('box\n')
  })

  // The signal may arrive before, after or between the errors of the streams, hence the repetitions.
  test.each([
    'attach box',
    'start -ai box',
  ])('%s ends when its terminal is closed while there is output', async (line) => {
    const shellLine = 'while :; do echo tick; sleep 0.01; done'
    await fixture.shell.succeed(`tug create -it --name box busybox sh -c '${shellLine}'`)
    for (let attempt = 0; attempt < 4; attempt++) {
      await fixture.shell.succeed(line.startsWith('attach') ? 'tug start box' : 'tug stop -t 0 box')
      const session = new Session(fixture.shell, line)
      await session.terminal.waitFor('tick')
      session.terminal.hangUp()
      await expect.poll(() => session.isRunning(), { timeout: 20_000 }).toBe(false)
    }
  })

  test.each([
    'run -it --name box',
    'run -it --sig-proxy=false --name box',
  ])('%s goes on after signals that docker ignores, and its terminal is restored at the end', async (line) => {
    const session = new Session(fixture.shell, `${line} busybox sh`)
    await session.terminal.waitFor(PROMPT)
    for (const name of ['SIGALRM', 'SIGVTALRM', 'SIGPROF', 'SIGIO', 'SIGXCPU', 'SIGUSR1', 'SIGUSR2'] as const) {
      session.signal(name)
    }
    session.terminal.type('echo $((6*7))\r')
    await session.terminal.waitFor('\n42\n')
    session.terminal.type('exit 3\r')
    expect(await session.end()).toMatch(/ended 3\nterminal restored/)
  })

  test('exits at the third SIGTERM when the container ignores the forwarded signals', async () => {
    const session = new Session(fixture.shell, 'run -it --name box busybox sh')
    await session.terminal.waitFor(PROMPT)
    const repeat = setInterval(() => {
      if (session.isRunning()) session.signal('SIGTERM')
    }, 300)
    const screen = await session.end().finally(() => clearInterval(repeat))
    expect(screen).toMatch(/got 3 SIGTERM\/SIGINTs, forcefully exiting\s+ended 1\nterminal restored/)
    expect(await fixture.shell.succeed("tug ps --format '{{.Names}}'")).toBe('box\n')
  })
})

test.each(['node', 'bun'])('restores the terminal after an uncaught error, on %s', async (runtime) => {
  const crash = fileURLToPath(new URL('crash.ts', import.meta.url))
  const script = `before=$(stty -a); ${runtime} ${crash}; echo "ended $?"; [ "$before" = "$(stty -a)" ] && echo "terminal restored"`
  const terminal = Terminal.open('sh', ['-c', script])
  await terminal.exit(30_000)
  expect(terminal.screen()).toMatch(/raw: -icanon[\s\S]*crashed on purpose[\s\S]*\nended 1\nterminal restored/)
})

describe('a daemon that is killed', () => {
  const WAIT_FAILED = 'error waiting for container: unexpected EOF'
  // A killed daemon's connections are closed or reset. As in docker, a session whose own connection is reset ends with 1.
  const BROKEN_CONNECTION = /unexpected EOF|connection reset by peer/
  const RESET = 'connection reset by peer'
  const SESSIONS = [
    ['run busybox sh -c "echo tick; exec sleep 1000"', 125, WAIT_FAILED],
    ['run --rm -i busybox sh -c "echo tick; exec cat"', 125, WAIT_FAILED],
    ['start -a created', 125, WAIT_FAILED],
    ['attach ticking', 1, BROKEN_CONNECTION],
    ['logs -f ticking', 1, BROKEN_CONNECTION],
    ['exec ticking sh -c "echo tick; exec sleep 1000"', 255, ''],
  ] as const
  const TERMINALS = [
    ['run -it busybox sh', 125],
    ['exec -it ticking sh', 255],
  ] as const
  const TICKING = 'busybox sh -c "while :; do echo tick; sleep 0.2; done"'

  test("ends every session with docker's exit code and restores the terminals", { timeout: 240_000 }, async () => {
    const engine = await startEngine({ from: 'machine', mirrorUrl: mirrorUrl() })
    const shells = await Promise.all(programs.map((program) => Shell.open(program, { socket: engine.socket })))
    const open = []
    for (const [index, shell] of shells.entries()) {
      const setUp = index === 0 ? `tug pull -q busybox; tug run -d --name ticking ${TICKING}; ` : ''
      await shell.succeed(`${setUp}tug create --name created${index} ${TICKING}`)
      for (const [line, exitCode, stderr] of SESSIONS) {
        const program = new RunningProgram(shell, `tug ${line.replace('created', `created${index}`)}`)
        open.push({ line, exitCode, stderr, program })
      }
    }
    const terminals = shells.flatMap((shell) =>
      TERMINALS.map(([line, exitCode], index) => ({ exitCode, session: new Session(shell, line, `killed${index}`) })),
    )
    for (const { program } of open) await program.waitFor('tick', 60_000)
    for (const { session } of terminals) await session.terminal.waitFor(PROMPT, 60_000)
    await engine.stop()
    for (const { line, exitCode, stderr, program } of open) {
      const ending = await program.ending(30_000)
      const isReset = ending.stderr.includes(RESET)
      expect({ line, exitCode: ending.exitCode }).toEqual({ line, exitCode: isReset ? 1 : exitCode })
      expect(ending.stderr).toMatch(isReset ? RESET : stderr)
    }
    for (const { exitCode, session } of terminals) {
      const screen = await session.end()
      expect(screen).toContain(`ended ${screen.includes(RESET) ? 1 : exitCode}\nterminal restored`)
    }
    await Promise.all(shells.map((shell) => shell.close()))
  })
})
