import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { json } from '../support/fake-replies.ts'
import { programs, Shell } from '../support/run.ts'
import type { Terminal } from '../support/terminal.ts'
import { caseDirectory } from './case-directory.ts'

const CTRL_BACKSLASH = '\x1c'
const CTRL_C = '\x03'
const CTRL_D = '\x04'
const CTRL_Z = '\x1a'

/** A shell with job control that prints a short prompt. */
const INTERACTIVE = 'bash --norc --noprofile -i'
const SHELL_PROMPT = /\$$/

describe.each(programs)('$name', (program) => {
  let shell: Shell
  let daemon: FakeDaemon
  let terminals: Terminal[] = []
  beforeEach(async () => {
    const directory = await caseDirectory('pty')
    daemon = new FakeDaemon({
      replies: {
        'POST /auth': json({ Status: 'Login Succeeded' }),
        'GET /info': json({ Swarm: { LocalNodeState: 'locked' } }),
        'POST /swarm/unlock': json({}),
      },
    })
    await daemon.listen(join(directory, 'docker.sock'))
    shell = await Shell.open(program, { socket: join(directory, 'docker.sock'), env: { PS1: '$ ' } })
  })
  afterEach(async () => {
    for (const terminal of terminals) await terminal.close()
    terminals = []
    await shell.close()
    await daemon.close()
  })

  function open(line: string): Terminal {
    const terminal = shell.terminal(line)
    terminals.push(terminal)
    return terminal
  }

  /** Returns what was stored for `r.example`. */
  async function stored(): Promise<string> {
    const { auths } = JSON.parse(await readFile(join(shell.configDirectory, 'config.json'), 'utf8'))
    return Buffer.from(auths['r.example'].auth, 'base64').toString()
  }

  test('prompts end with one space, and nothing precedes them', async () => {
    const terminal = open('tug login r.example')
    await expect.poll(() => terminal.output).toBe('Username: ')
    terminal.type('me\r')
    await expect.poll(() => terminal.output).toBe('Username: me\r\nPassword: ')
    terminal.type('secret\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.output).toMatch(/^Username: me\r\nPassword: \r\n\r\nWARNING!/)
    expect(await stored()).toBe('me:secret')
  })

  test('the key of a swarm is asked for without showing it', async () => {
    const terminal = open('tug swarm unlock')
    await expect.poll(() => terminal.output).toBe('Enter unlock key: ')
    terminal.type('SWMKEY-1\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.output).toBe('Enter unlock key: \r\n')
    expect(daemon.requests.at(-1)).toMatchObject({ path: '/swarm/unlock', body: { UnlockKey: 'SWMKEY-1' } })
  })

  test.each([
    'me\npw\n',
    'me\rpw\r',
  ])('%j replies to both prompts when it is typed before they appear', async (text) => {
    const terminal = open('tug login r.example')
    terminal.type(text)
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(await stored()).toBe('me:pw')
  })

  test.each<[prompt: 'Username' | 'Password', ending: string, end: (terminal: Terminal, pid: number) => void]>([
    ['Username', '130', (terminal) => terminal.type(CTRL_C)],
    ['Password', '130', (terminal) => terminal.type(CTRL_C)],
    ['Username', '131', (terminal) => terminal.type(CTRL_BACKSLASH)],
    ['Password', '131', (terminal) => terminal.type(CTRL_BACKSLASH)],
    ['Username', '143', (_, pid) => process.kill(pid, 'SIGTERM')],
    ['Password', '143', (_, pid) => process.kill(pid, 'SIGTERM')],
    ['Username', '129', (_, pid) => process.kill(pid, 'SIGHUP')],
    ['Password', '129', (_, pid) => process.kill(pid, 'SIGHUP')],
    ['Username', '1', (terminal) => terminal.type(CTRL_D)],
    ['Password', '1', (terminal) => terminal.type(CTRL_D)],
  ])('at the prompt %s the command ends with %s and the terminal is restored', async (prompt, ending, end) => {
    const pidFile = join(shell.configDirectory, '..', 'pid')
    const script = [
      'trap : INT QUIT',
      'before=$(stty -a)',
      `sh -c 'echo $$ >${pidFile}; exec tug login r.example'`,
      'echo "ended $?"',
      '[ "$before" = "$(stty -a)" ] && echo "terminal restored"',
    ]
    const terminal = open(`sh -c '${script.join('\n').replaceAll("'", "'\\''")}'`)
    await terminal.waitFor('Username:')
    if (prompt === 'Password') terminal.type('me\r')
    await terminal.waitFor(`${prompt}:`)
    end(terminal, Number(await readFile(pidFile, 'utf8')))
    expect(await terminal.waitFor('terminal restored')).toContain(`ended ${ending}\n`)
  })

  test.each(['key', 'signal'])('a password prompt that a %s has suspended goes on without showing keys', async (by) => {
    const terminal = open(INTERACTIVE)
    await terminal.waitFor(SHELL_PROMPT)
    terminal.type('tug login -u me r.example\r')
    await terminal.waitFor(/^Password:$/m)
    if (by === 'key') {
      // What follows the key in the same write is discarded, too: it could have been meant for the shell.
      terminal.type(`lost${CTRL_Z}lost\r`)
    } else {
      const [job = ''] = (await shell.succeed(`pgrep -P ${terminal.pid}`)).split('\n')
      process.kill(Number(job), 'SIGTSTP')
    }
    await terminal.waitFor('Stopped')
    terminal.type('echo for the $((6*7))\r')
    await terminal.waitFor('for the 42')
    terminal.type('fg\r')
    await terminal.waitFor(/Password:[\s\S]*Password:$/)
    terminal.type('secret\r')
    await terminal.waitFor('Login Succeeded')
    expect(terminal.screen()).not.toMatch(/secret|lost/)
    expect(await stored()).toBe('me:secret')
  })

  test.each(['Username', 'Password'])('Ctrl-C ends the command after a suspension at the prompt %s', async (prompt) => {
    const terminal = open(INTERACTIVE)
    await terminal.waitFor(SHELL_PROMPT)
    terminal.type('tug login r.example\r')
    await terminal.waitFor(/^Username:$/m)
    if (prompt === 'Password') terminal.type('me\r')
    await terminal.waitFor(`${prompt}:`)
    await sleep(100)
    terminal.type(CTRL_Z)
    await terminal.waitFor('Stopped')
    terminal.type('fg\r')
    await terminal.waitFor(/\nfg\n|\$ fg\n[\s\S]*login r\.example/)
    await sleep(200)
    terminal.type(CTRL_C)
    await terminal.waitFor(/\n\$$/)
    terminal.type('echo "ended $?"\r')
    await terminal.waitFor('ended 130')
  })
})
