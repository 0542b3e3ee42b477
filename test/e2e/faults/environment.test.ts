import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, type Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, withDaemon } from './fixture.ts'

const replies: Replies = {
  'GET /containers/json': json([
    {
      Id: '1'.repeat(64),
      Names: ['/one'],
      Image: 'busybox',
      Command: 'sh',
      Created: 1_700_000_000,
      Ports: [],
      Labels: {},
      State: 'running',
      Status: 'Up 2 hours',
    },
  ]),
}
const LISTED = `${'1'.repeat(12)}\n`

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())

  const list = (line: string, cwd = fixture.directory) =>
    withDaemon(fixture, { replies }, () => fixture.shell.run(line, { cwd }))

  test.each([
    [
      'proxies',
      'HTTP_PROXY=http://127.0.0.1:1 http_proxy=http://127.0.0.1:1 HTTPS_PROXY=x ALL_PROXY=socks5://127.0.0.1:1',
    ],
    ['no HOME', 'HOME='],
    ['no config directory', 'DOCKER_CONFIG=/nonexistent'],
    ['an invalid time zone', 'TZ=Mars/Olympus'],
    ['a time zone that is another file', 'TZ=:/etc/passwd'],
    ['an invalid locale', 'LANG=xx_YY.bogus LC_ALL=tlh'],
    ['the POSIX locale', 'LC_ALL=POSIX'],
    ['an unknown terminal', 'TERM=bogus COLUMNS=banana'],
    ['no terminal', 'TERM='],
    ['no PATH', 'PATH='],
    [
      'variables of Bun',
      'BUN_OPTIONS=--bogus BUN_CONFIG_REGISTRY=x BUN_JSC_useJIT=0 BUN_RUNTIME_TRANSPILER_CACHE_PATH=/nonexistent',
    ],
    [
      'variables of Node',
      'NODE_PENDING_DEPRECATION=1 NODE_PATH=/nonexistent NODE_ENV=development NODE_TLS_REJECT_UNAUTHORIZED=1',
    ],
    ['variables of npm', 'npm_config_loglevel=silly npm_lifecycle_event=x'],
  ])('lists containers with %s', async (_, settings) => {
    const words = program.command.map((word) => `'${word}'`).join(' ')
    const outcome = await list(`${settings} ${words.startsWith("'docker") ? '/usr/local/bin/docker' : words} ps -q`)
    expect(outcome).toEqual({ exitCode: 0, stdout: LISTED, stderr: '' })
  })

  test('works without HOME', async () => {
    expect(await list('unset HOME; tug ps -q')).toEqual({ exitCode: 0, stdout: LISTED, stderr: '' })
  })

  test('ignores configuration files of Bun and Node in the working directory', async () => {
    const directory = join(fixture.directory, 'trap')
    await mkdir(directory, { recursive: true })
    const trap = 'require("node:fs").writeFileSync("caught", ""); process.exit(66)'
    await writeFile(join(directory, '.env'), 'DOCKER_HOST=unix:///nonexistent\nNO_COLOR=1\nDOCKER_CONTEXT=bogus\n')
    await writeFile(join(directory, '.env.local'), 'DOCKER_HOST=unix:///nonexistent\n')
    await writeFile(join(directory, 'bunfig.toml'), 'preload = ["./trap.cjs"]\n')
    await writeFile(join(directory, 'trap.cjs'), trap)
    await writeFile(join(directory, 'package.json'), '{"type": "bogus", "imports": 5')
    await writeFile(join(directory, 'tsconfig.json'), '{"compilerOptions": {"paths": {"*": ["./trap.cjs"]}}}')
    await writeFile(join(directory, 'node.config.json'), '{"nodeOptions": {"import": "./trap.cjs"}}')
    expect(await list('env -u DOCKER_CONFIG tug ps -q', directory)).toMatchObject({ exitCode: 0, stdout: LISTED })
    expect(await readdir(directory)).not.toContain('caught')
  })

  test('uses no proxy for a daemon on this machine', async () => {
    const settings = 'DOCKER_HOST=tcp://127.0.0.1:1 HTTP_PROXY=http://127.0.0.1:2 http_proxy=http://127.0.0.1:2'
    expect(await fixture.shell.run(`${settings} tug ps`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?\n',
    })
  })
})
