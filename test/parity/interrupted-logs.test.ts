import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { json } from '../support/fake-replies.ts'
import { programs, Shell } from '../support/run.ts'
import type { Terminal } from '../support/terminal.ts'
import { caseDirectory } from './case-directory.ts'

const CTRL_C = '\x03'
const waiting = { frames: [{ stdout: '2025-01-02T03:04:05.000000000Z ready\n' }], fail: 'hang' } as const

/** Prints the exit code of a command if it has left the settings of the terminal as they were. */
const reporting = (line: string) =>
  `sh -c 'trap : INT; before=$(stty -g); ${line}; code=$?; [ "$(stty -g)" = "$before" ] && echo "exit code $code"'`

describe.each(programs)('$name', (program) => {
  let shell: Shell
  let daemon: FakeDaemon
  let terminal: Terminal | undefined
  beforeEach(async () => {
    const socket = `${await caseDirectory('pty')}/docker.sock`
    daemon = new FakeDaemon({
      replies: {
        'GET /containers/*/json': json({ Id: 'c1', Name: '/web', Config: { Tty: false }, HostConfig: {}, State: {} }),
        'GET /containers/*/logs': waiting,
        'GET /services/web': json({ ID: 's1', Spec: { Name: 'web', TaskTemplate: { ContainerSpec: {} } } }),
        'GET /services/web/logs': waiting,
      },
    })
    await daemon.listen(socket)
    shell = await Shell.open(program, { socket })
  })
  afterEach(async () => {
    await terminal?.close()
    await shell.close()
    await daemon.close()
  })

  test.each([
    'tug logs -f web',
    'tug logs -f web db',
    'tug logs -F web',
    'tug service logs -f --raw web',
  ])('Ctrl-C ends %s with exit code 130 and without a message', async (line) => {
    terminal = shell.terminal(reporting(line))
    await expect.poll(() => terminal?.output).toMatch(/ready\r\n$/)
    terminal.type(CTRL_C)
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.output).toMatch(/ready\r\n\^Cexit code 130\r\n$/)
  })
})
