import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import { json, noContent, type Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, withDaemon } from './fixture.ts'

const replies: Replies = {
  // dockerd sends a length. Without one the connection could not be reused.
  'HEAD /_ping': { headers: { 'Content-Length': '0' } },
  'GET /containers/json': json([]),
  'POST /containers/*': noContent,
}
const HEADER = 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n'

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())

  /** Runs a line with a fake `ssh` that records its arguments and its process id, and does not know OpenSSH's `-G`. */
  const runWithSsh = async (line: string, script: string, timeout = 60_000) => {
    const ssh = join(fixture.directory, 'ssh')
    await writeFile(
      ssh,
      `#!/bin/sh\n[ "$1" = -G ] && exit 1\necho "$@" >> ${fixture.directory}/arguments\necho $$ >> ${fixture.directory}/pids\n${script}\n`,
    )
    await chmod(ssh, 0o755)
    return withDaemon(fixture, { replies }, () =>
      fixture.shell.run(`rm -f ${fixture.directory}/arguments; PATH=${fixture.directory}:$PATH; ${line}`, { timeout }),
    )
  }
  const pipe = () => `exec python3 -c '${PIPE}' ${fixture.socket}`

  test("runs ssh with docker's arguments", async () => {
    const line = `DOCKER_HOST=ssh://me@far.example:2222 tug ps; cat ${fixture.directory}/arguments | sort -u`
    const outcome = await runWithSsh(line, pipe())
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: `${HEADER}-o ConnectTimeout=30 -T -l me -p 2222 -- far.example docker system dial-stdio\n`,
      stderr: '',
    })
  })

  test('passes the path of the URL as the remote socket', async () => {
    const line = `DOCKER_HOST=ssh://far.example/run/d.sock tug stop a; cat ${fixture.directory}/arguments | sort -u`
    expect(await runWithSsh(line, pipe())).toEqual({
      exitCode: 0,
      stdout: `a\n-o ConnectTimeout=30 -T -- far.example docker --host unix:///run/d.sock system dial-stdio\n`,
      stderr: '',
    })
  })

  test.each([
    ['/opt/docker/bin/docker', '/opt/docker/bin/docker'],
    ['docker-28', 'docker-28'],
    ['/opt/my%20docker', "'/opt/my docker'"],
    ['a;touch%20x', "'a;touch x'"],
    ['$(id)`id`', "'$(id)`id`'"],
    ["it's$HOME", '"it\'s\\$HOME"'],
  ])('starts the program in ?command=%s on the remote host', async (typed, word) => {
    const line = `DOCKER_HOST='ssh://far.example?command=${typed.replaceAll("'", "'\\''")}' tug ps -q; cat ${fixture.directory}/arguments | sort -u`
    expect(await runWithSsh(line, pipe())).toEqual({
      exitCode: 0,
      stdout: `-o ConnectTimeout=30 -T -- far.example ${word} system dial-stdio\n`,
      stderr: '',
    })
  })

  test.each([
    'command=',
    'command=-x',
    'command=%2Dx',
    'command=a&command=b',
    'command=a&x=1',
    'Command=a',
    'x=command',
  ])('refuses the query %s as docker refuses all', async (query) => {
    const outcome = await fixture.shell.run(`DOCKER_HOST='ssh://far.example?${query}' tug ps`)
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Failed to initialize: ssh host connection is not valid: invalid SSH URL: query parameters are not allowed: "${query}"\n`,
    })
  })

  test('refuses a command with control characters', async () => {
    const outcome = await fixture.shell.run("DOCKER_HOST='ssh://far.example?command=a%0Ab' tug ps")
    expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot quote character at byte 1') })
  })

  test('a context keeps the command', async () => {
    const line =
      "tug context create far --docker 'host=ssh://far.example?command=/opt/docker' >/dev/null 2>&1; DOCKER_HOST= tug --context far ps -q"
    const { stdout } = await runWithSsh(`${line}; sort -u ${fixture.directory}/arguments; tug context rm far`, pipe())
    expect(stdout).toBe('-o ConnectTimeout=30 -T -- far.example /opt/docker system dial-stdio\nfar\n')
  })

  test('TUG_SSH is a line for the shell, which gets the arguments', async () => {
    const line = `TUG_SSH="X=1 ${fixture.directory}/ssh -v 'a b'" PATH=/usr/bin:/bin DOCKER_HOST=ssh://far.example $(command -v tug) ps -q; sort -u ${fixture.directory}/arguments`
    expect(await runWithSsh(line, pipe())).toEqual({
      exitCode: 0,
      stdout: '-v a b -o ConnectTimeout=30 -T -- far.example docker system dial-stdio\n',
      stderr: '',
    })
  })

  test('does not print TUG_SSH when it fails', async () => {
    const line = 'TUG_SSH=\'sh -c "exit 3" secret\' tug -D -H ssh://far.example ps'
    const { stdout, stderr, exitCode } = await fixture.shell.run(line)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toContain(
      'command [$TUG_SSH -o ConnectTimeout=30 -T -- far.example docker system dial-stdio] has exited with exit status 3',
    )
    expect(stderr).not.toContain('secret')
  })

  test('leaves no ssh process', async () => {
    const untilGone = 'for try in $(seq 100); do kill -0 $p || break; sleep 0.1; done; ! kill -0 $p'
    const line = `rm -f ${fixture.directory}/pids; DOCKER_HOST=ssh://far.example tug ps -q; for p in $(cat ${fixture.directory}/pids); do ${untilGone} || echo $p lives; done`
    const { stdout } = await runWithSsh(line, pipe())
    expect(stdout).toBe('')
  })

  // The test does not wait for a process that ssh leaves behind, such as a master connection.
  test.each([
    ['ignores SIGTERM and stays', (pipe: string) => `trap '' TERM; ${pipe}; while :; do sleep 1; done`],
    ['leaves a process that keeps its stderr open', (pipe: string) => `sleep 30 <&- >&- & ${pipe}`],
    ['leaves a process that keeps all its streams open', (pipe: string) => `sleep 30 & ${pipe}`],
    ['fails and leaves a process that keeps all its streams open', () => 'sleep 30 & echo no such host >&2; exit 255'],
  ])('does not wait for an ssh that %s', async (title, script) => {
    const outcome = await runWithSsh(
      `rm -f ${fixture.directory}/pids; DOCKER_HOST=ssh://far.example tug ps -q; echo $?; for p in $(cat ${fixture.directory}/pids); do kill -0 $p 2>/dev/null && echo $p lives; done; true`,
      script(`python3 -c '${PIPE}' ${fixture.socket}`),
      10_000,
    )
    expect(outcome.stdout).toBe(title.startsWith('fails') ? '1\n' : '0\n')
    expect(outcome.stderr).toMatch(title.startsWith('fails') ? /stderr=no such host\n/ : /^$/)
  })

  // docker 28.2.2 needed 7, 11 and 30 logins with this fake ssh.
  test.each([
    [20, 7],
    [50, 11],
    [100, 30],
  ])('stop of %i containers needs at most %i logins, no more than docker', async (count, maxLogins) => {
    const line = `rm -f ${fixture.directory}/pids; DOCKER_HOST=ssh://far.example tug stop $(seq ${count}) | wc -l; wc -l <${fixture.directory}/pids`
    const { stdout, stderr } = await runWithSsh(line, pipe())
    const [stopped, logins] = stdout.split('\n').map(Number)
    expect({ stopped, stderr }).toEqual({ stopped: count, stderr: '' })
    expect(logins).toBeLessThanOrEqual(isReference(program.command) ? count : maxLogins)
  })

  test("an ssh that fails: its stderr inside of docker's error", async () => {
    const line = 'DOCKER_HOST=ssh://far.example tug ps'
    const outcome = await runWithSsh(line, 'echo "ssh: Could not resolve hostname far.example" >&2; exit 255')
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'error during connect: Get "http://docker.example.com/v1.50/containers/json": command [ssh -o ConnectTimeout=30 -T -- far.example docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: Could not resolve hostname far.example\n\n',
    })
  })

  test('reports that ssh is not installed', async () => {
    const words = program.command
      .map((word) => `'${word}'`)
      .join(' ')
      .replace("'docker'", '/usr/local/bin/docker')
    const outcome = await fixture.shell.run(`DOCKER_HOST=ssh://far.example PATH=/nonexistent ${words} ps`)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toMatch(
      /^error during connect: Get "http:\/\/docker.example.com\/v1.50\/containers\/json": .*ssh.*\n$/,
    )
  })

  test('refuses an ssh URL with a password without printing it', async () => {
    const outcome = await fixture.shell.run('DOCKER_HOST=ssh://me:secret@far.example tug ps')
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain('plain-text password is not supported')
    expect(outcome.stderr).not.toContain('secret')
  })
})

/** Does what `docker system dial-stdio` does on the remote machine. */
const PIPE = [
  'import os, socket, sys, threading',
  's = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])',
  'def up():',
  '  while True:',
  '    b = os.read(0, 65536)',
  '    if not b: break',
  '    s.sendall(b)',
  '  s.shutdown(socket.SHUT_WR)',
  'threading.Thread(target=up, daemon=True).start()',
  'while True:',
  '  b = s.recv(65536)',
  '  if not b: break',
  '  os.write(1, b)',
].join('\n')
