import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import type { FakeDaemon } from '../../support/fake-daemon.ts'
import { json, noContent, type Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, STACK_TRACE, withDaemon } from './fixture.ts'

const container = (id: string) => ({
  Id: id.padStart(64, '0'),
  Names: [`/n${id}`],
  Image: 'busybox',
  Command: 'sh',
  Created: 1_700_000_000,
  Ports: [],
  Labels: {},
  State: 'running',
  Status: 'Up 2 hours',
})

/** A number of rows that exceeds the buffer of a pipe. */
const ROWS = 8000
const ARGUMENTS = 5000

/** Returns a script that pipes a command into `head -1` and ends with the command's exit code. */
const headOf = (command: string) => `exec bash -c '${command} | head -1; echo ${'$'}{PIPESTATUS[0]}'`
const replies: Replies = {
  'GET /containers/json': json(Array.from({ length: ROWS }, (_, index) => container(String(index)))),
  'GET /containers/a/json': json({
    Id: 'a',
    Config: { Tty: true, OpenStdin: false },
    HostConfig: { AutoRemove: false, LogConfig: { Type: 'json-file' } },
    State: { Running: true, Paused: false, Restarting: false },
  }),
  'GET /info': json({ ID: 'here' }),
  'GET /version': json({ Version: '26.1.5' }),
  'GET /containers/a/logs': { chunks: ['line\n'.repeat(50_000)] },
  'DELETE /containers/*': noContent,
  'POST /containers/*': noContent,
  'DELETE /volumes/*': noContent,
}

interface StreamCase {
  readonly line: string
  /** The exit code of docker 28.2.2. */
  readonly exitCode: number
  readonly stdout: string
}

const quiet: readonly StreamCase[] = [
  { line: 'tug ps -q >&-', exitCode: 0, stdout: '' },
  { line: 'tug ps -q >&- 2>&- <&-', exitCode: 0, stdout: '' },
  { line: 'tug ps -q 2>&- | wc -l', exitCode: 0, stdout: '8000\n' },
  { line: 'tug ps -q <&- | wc -l', exitCode: 0, stdout: '8000\n' },
  { line: 'tug ps --bogus 2>&-', exitCode: 125, stdout: '' },
  { line: 'tug ps --bogus 2>/dev/full', exitCode: 125, stdout: '' },
  { line: headOf('tug ps -q'), exitCode: 0, stdout: '000000000000\n141\n' },
  { line: headOf('tug logs a'), exitCode: 0, stdout: 'line\n141\n' },
  { line: headOf('tug rm $(seq 1 5000)'), exitCode: 0, stdout: '1\n141\n' },
  { line: headOf('tug volume rm $(seq 1 5000)'), exitCode: 0, stdout: '1\n141\n' },
  { line: headOf('tug ps --bogus 2>&1 >/dev/null'), exitCode: 0, stdout: 'unknown flag: --bogus\n125\n' },
  { line: "bash -c 'exec 3> >(exit 0); wait $!; tug ps --bogus 2>&3; echo $?'", exitCode: 0, stdout: '141\n' },
  { line: 'tug ps -q | (sleep 0.5; wc -l)', exitCode: 0, stdout: '8000\n' },
  { line: 'tug logs a | (sleep 0.5; wc -l)', exitCode: 0, stdout: '50000\n' },
]

/** Makes stdout non-blocking, as another program that shares the pipe may do. */
const NON_BLOCKING = `python3 -c 'import os,sys; os.set_blocking(1, False); os.execvp(sys.argv[1], sys.argv[1:])'`

/** Makes stdout non-blocking, and fills the pipe. */
const FULL = `python3 -c 'import os,sys
os.set_blocking(1, False)
try:
  while True: os.write(1, b"x")
except BlockingIOError: pass
os.execvp(sys.argv[1], sys.argv[1:])'`

/** Runs a program whose stdin and stdout are a terminal that has hung up. */
const HUNG_UP = `python3 -c 'import os,pty,sys; m,s=pty.openpty(); os.close(m); os.dup2(s,0); os.dup2(s,1); os.execvp(sys.argv[1], sys.argv[1:])'`

/** Runs a program on a terminal that hangs up, without a signal, at the password prompt. */
const HANGS_UP = `python3 -c 'import os,pty,subprocess,sys
m,s=pty.openpty()
child=subprocess.Popen(sys.argv[1:],stdin=s,stdout=s,start_new_session=True)
os.close(s)
while b"Password" not in os.read(m,4096): pass
os.close(m)
sys.exit(child.wait())'`

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())

  const run = (line: string) =>
    withDaemon(fixture, { replies }, async (daemon) => ({
      ...(await fixture.shell.run(line)),
      requestLines: requestLinesOf(daemon),
    }))

  test.each(quiet)('$line prints no error', async ({ line, exitCode, stdout }) => {
    expect(await run(line)).toMatchObject({ exitCode, stdout, stderr: '' })
  })

  // docker loses the output without an error. The exit codes are docker's.
  test.each(['tug ps -q', 'tug rm a b', 'tug logs a'])('%s > /dev/full reports the error', async (line) => {
    const outcome = await run(`${line} > /dev/full`)
    if (isReference(program.command)) return expect(outcome.stderr).toMatch(/^(write \/dev\/stdout: .*\n)?$/)
    const exitCode = line === 'tug logs a' ? 1 : 0
    expect(outcome).toMatchObject({ exitCode, stderr: 'write /dev/stdout: no space left on device\n' })
  })

  test.each(['tug version', 'tug --version', "tug info --format '{{.ID}}'"])('%s > /dev/full fails', async (line) => {
    const outcome = await run(`${line} > /dev/full`)
    expect(outcome).toMatchObject({ exitCode: 1, stderr: 'write /dev/stdout: no space left on device\n' })
  })

  test('removes containers although stdout is a full disk', async () => {
    const { requestLines } = await run('tug rm a b c > /dev/full')
    expect(requestLines.toSorted()).toEqual(['DELETE /containers/a', 'DELETE /containers/b', 'DELETE /containers/c'])
  })

  test.each([
    { line: 'tug ps -q', exitCode: 0, stderr: 'write /dev/stdout: input/output error\n' },
    { line: 'tug run -it a', exitCode: 1, stderr: 'the input device is not a TTY\n' },
  ])('$line reports a terminal that has hung up', async ({ line, exitCode, stderr }) => {
    const outcome = await run(`${HUNG_UP} ${line}`)
    expect(outcome).toMatchObject({ exitCode, stderr: isReference(program.command) ? expect.any(String) : stderr })
  })

  // docker waits forever.
  test.skipIf(isReference(program.command))(
    'login exits when the terminal hangs up at the password prompt',
    async () => {
      const outcome = await run(`${HANGS_UP} tug login -u me 127.0.0.1:1`)
      expect(outcome).toMatchObject({ exitCode: 129, stderr: '' })
    },
  )

  test.each(['ps -q', 'logs a'])('%s writes everything to a full non-blocking pipe', async (line) => {
    const outcome = await run(`${NON_BLOCKING} tug ${line} | (sleep 0.5; wc -l)`)
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    if (!isReference(program.command)) expect(outcome.stdout).toBe(line === 'ps -q' ? '8000\n' : '50000\n')
  })

  test('names wait in their order for room in a pipe', async () => {
    const outcome = await run(`${FULL} tug volume rm $(seq 1 30) | (sleep 0.5; tr -d x)`)
    const names = Array.from({ length: 30 }, (_, index) => `${index + 1}\n`)
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '', stdout: names.join('') })
  })

  test('rm handles 5,000 arguments', async () => {
    const outcome = await run('tug rm $(seq 1 5000)')
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    expect(outcome.stdout).toBe(Array.from({ length: ARGUMENTS }, (_, index) => `${index + 1}\n`).join(''))
    expect(new Set(outcome.requestLines).size).toBe(ARGUMENTS)
  })

  test('prints no stack trace with closed streams', async () => {
    const outcome = await run('tug ps --bogus >&- 2>&- <&-')
    expect(outcome.exitCode).toBe(125)
    expect(outcome.stderr).not.toMatch(STACK_TRACE)
  })
})

function requestLinesOf({ requests }: FakeDaemon): string[] {
  return requests.filter(({ path }) => path !== '/_ping').map(({ method, path }) => `${method} ${path}`)
}
