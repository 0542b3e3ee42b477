import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tarBytes } from '../../parity/cases/container/tar-bytes.ts'
import type { Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, STACK_TRACE, withDaemon } from '../faults/fixture.ts'

const FILE = { name: 'x', size: 5000, mode: 0o644, mtime: '2020-01-02T03:04:05Z', linkTarget: '' }
const DIRECTORY = { ...FILE, mode: 2 ** 31 + 0o755 }
const described = (stat: object) => ({
  'X-Docker-Container-Path-Stat': Buffer.from(JSON.stringify(stat)).toString('base64'),
})
const LARGE = 2_000_000
const archive = tarBytes([{ name: 'x', content: 'x'.repeat(LARGE) }])
const half = archive.subarray(0, LARGE / 2)

const whole: Replies = {
  'HEAD *': { headers: described(DIRECTORY) },
  'GET /containers/c/archive': { headers: described(FILE), chunks: [archive] },
  'GET /containers/c/export': { chunks: [archive] },
  'GET /images/get': { chunks: [archive] },
  'PUT *': { status: 200 },
}
const hanging: Replies = {
  ...whole,
  'GET /containers/c/archive': { headers: described(FILE), chunks: [half], fail: 'hang' },
  'GET /containers/c/export': { chunks: [half], fail: 'hang' },
  'GET /images/get': { chunks: [half], fail: 'hang' },
}
const isRoot = process.getuid?.() === 0

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  let cwd: string
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  beforeEach(async () => {
    cwd = join(fixture.directory, 'cwd')
    await mkdir(cwd)
  })
  afterEach(() => rm(cwd, { recursive: true }))
  afterAll(() => fixture.close())

  const run = (line: string, replies: Replies = whole) =>
    withDaemon(fixture, { replies }, () => fixture.shell.run(line, { cwd, timeout: 20_000 }))

  /** Returns a command line that sends a signal during the transfer and prints the exit code. */
  const interrupted = (signal: string, command: string) =>
    run(`bash -c '${command} & sleep 0.7; kill -${signal} $!; wait $!; echo $?'`, hanging)

  test.each(['INT', 'TERM'])('SIG%s keeps the existing file and leaves no temporary file', async (signal) => {
    const status = { INT: '130\n', TERM: '143\n' }[signal]
    for (const command of ['save -o old c', 'export -o old c', 'cp c:/x old', 'cp c:/x .']) {
      await writeFile(join(cwd, 'old'), 'what was there')
      expect(await interrupted(signal, `tug ${command}`), command).toEqual({ stdout: status, stderr: '', exitCode: 0 })
      expect(await readdir(cwd), command).toEqual(['old'])
      expect(await readFile(join(cwd, 'old'), 'utf8')).toBe('what was there')
    }
  })

  test.each(['load', 'import -', 'cp - c:/x'])('%s can be interrupted while its stdin is silent', async (command) => {
    const line = `exec 3<> fifo; tug ${command} <&3 & sleep 0.7; kill -INT $!; wait $!; echo $?`
    expect(await run(`mkfifo fifo; bash -c '${line}'`)).toEqual({ stdout: '130\n', stderr: '', exitCode: 0 })
  })

  test.each([
    ['tug save c', 'tug export c', 'tug cp c:/x -'].join(' > /dev/full; '),
  ])('%s > /dev/full', async (lines) => {
    const { stdout, stderr } = await run(`${lines} > /dev/full; echo $?`)
    expect(stdout).toBe('1\n')
    expect(stderr).toBe('write /dev/stdout: no space left on device\n'.repeat(3))
  })

  test.each(['tug save c', 'tug export c', 'tug cp c:/x -'])('%s into a pipe whose reader has ended', async (line) => {
    const { stdout, stderr } = await run(`bash -c '${line} | head -c 10; echo " \${PIPESTATUS[0]}"'`)
    expect(stdout.split(' ')[1]).toBe('141\n')
    expect(stderr).toBe('')
  })

  // The end-to-end tests run as root, who can mount a small disk.
  test.each(['1m'])('a full disk of %s keeps the existing file', async (size) => {
    await mkdir(join(cwd, 'small'))
    const commands = [
      'tug save -o small/old c',
      'tug export -o small/old c',
      'tug cp c:/x small/old',
      'tug cp c:/x small',
    ]
    const script = [
      `mount -t tmpfs -o size=${size} none small`,
      'printf kept > small/old',
      ...commands.map((command) => `${command}; echo $?`),
      'ls -A small',
      'cat small/old',
    ].join('\n')
    await writeFile(join(cwd, 'script'), script)
    const { stdout, stderr } = await run('unshare -m sh script')
    expect(stdout).toBe('1\n1\n1\n1\nold\nkept')
    const place = join(cwd, 'small')
    expect(stderr).toBe(
      ['old', 'old', 'old', 'x'].map((name) => `write ${place}/${name}: no space left on device\n`).join(''),
    )
  })

  test('files without read permission are skipped, and the copy fails', async () => {
    await mkdir(join(cwd, 'd/closed'), { recursive: true })
    await writeFile(join(cwd, 'd/a'), 'a')
    await writeFile(join(cwd, 'd/b'), 'b')
    await chmod(join(cwd, 'd/a'), 0)
    await chmod(join(cwd, 'd/closed'), 0)
    await chmod(fixture.directory, 0o755)
    const command = program.command.map((word) => `'${word}'`).join(' ')
    const asNobody = isRoot ? 'setpriv --reuid=65534 --regid=65534 --clear-groups' : ''
    const { stderr, exitCode, body } = await withDaemon(fixture, { replies: whole }, async (daemon) => {
      await chmod(fixture.socket, 0o666)
      const outcome = await fixture.shell.run(`DOCKER_CONFIG=/nonexistent ${asNobody} ${command} cp d c:/x`, { cwd })
      return { ...outcome, body: daemon.requests.at(-1)?.body }
    })
    const log = (message: string) => `level=error msg="${message}"\n`
    expect(stderr.replace(/time="[^"]*" /g, '')).toBe(
      `${log(`Can't add file ${cwd}/d/a to tar: open ${cwd}/d/a: permission denied`)}${log(`Tar: Can't stat file ${cwd} to tar: open ${cwd}/d/closed: permission denied`)}not everything could be copied\n`,
    )
    expect(exitCode).toBe(1)
    const { tar } = { tar: [], ...(typeof body === 'object' ? body : {}) }
    expect(tar.map((line: string) => line.split(' ').at(-1))).toEqual(['d/', 'd/b', 'd/closed/'])
    await chmod(join(cwd, 'd/closed'), 0o700)
  })

  test('a transfer that ends early keeps the existing file', async () => {
    const broken: Replies = {
      'GET /containers/c/archive': { headers: described(FILE), chunks: [half], fail: 'close-mid-response' },
      'GET *': { chunks: [half], fail: 'close-mid-response' },
    }
    for (const command of ['save -o old c', 'export -o old c', 'cp c:/x old', 'cp c:/x .']) {
      await writeFile(join(cwd, 'old'), 'kept')
      const outcome = await run(`tug ${command}`, broken)
      expect(outcome, command).toEqual({ stdout: '', stderr: 'unexpected EOF\n', exitCode: 1 })
      expect(outcome.stderr).not.toMatch(STACK_TRACE)
      expect(await readdir(cwd), command).toEqual(['old'])
      expect(await readFile(join(cwd, 'old'), 'utf8')).toBe('kept')
    }
  })
})
