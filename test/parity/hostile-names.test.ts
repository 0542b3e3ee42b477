import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { failure, json, type Replies } from '../support/fake-replies.ts'
import { programs, Shell } from '../support/run.ts'

const ID = '1fa4ab2cf395'.padEnd(64, '0')
/** A name that clears the screen, sets the title, reverses the text direction, and runs a program if a shell reads it. */
const EVIL = 'x\x1b[2J\x1b]0;t\x07\u202e;reboot'
const SHOWN = String.raw`x\x1b[2J\x1b]0;t\x07\u{202e};reboot`
const container = { Id: ID, Names: [`/${EVIL}`], Image: EVIL, Command: EVIL, State: 'exited', Status: 'Exited (0)' }
const replies: Replies = {
  'GET /containers/json': json([{ ...container, Created: 1, Ports: [], Labels: {} }]),
  'POST /containers/web/kill': failure(409, `container ${ID} is not running`),
  'POST /build': { lines: [] },
  'POST /commit': json({ Id: ID }),
  'POST /images/create': { lines: [] },
}

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tug-names-'))
  writeFileSync(join(dir, 'Dockerfile'), 'FROM scratch\n')
})
afterEach(() => rmSync(dir, { recursive: true }))

describe.each(programs)('$name', (program) => {
  async function withShell<T>(work: (shell: Shell) => Promise<T>): Promise<T> {
    const daemon = new FakeDaemon({ replies })
    const socket = join(dir, 'docker.sock')
    await daemon.listen(socket)
    const shell = await Shell.open(program, { socket })
    try {
      return await work(shell)
    } finally {
      await shell.close()
      await daemon.close()
    }
  }

  const screenOf = (line: string) =>
    withShell(async (shell) => {
      const terminal = shell.terminal(line, { columns: 300 })
      try {
        await terminal.exit()
        return terminal.screen()
      } finally {
        await terminal.close()
      }
    })

  test('control characters in names from the daemon are escaped in hints and framed tables', async () => {
    const hint = await screenOf('tug kill web')
    expect(hint).toContain(`hint: container ${SHOWN} (exited`)
    // The shell's own escapes, so that the command can be copied.
    expect(hint).toContain(String.raw`start it with: tug start $'x\033[2J\033]0;t\007\u{202e};reboot'`)
    expect(await screenOf('tug ps -a --format pretty')).toContain(`│ ${SHOWN} │`)
  })

  test('names are printed unchanged into pipes', async () => {
    const { stdout } = await withShell((shell) => shell.run("tug ps -a --format '{{.Names}}'"))
    expect(stdout).toBe(`${EVIL}\n`)
  })

  test('--debug prints no secrets of a query', async () => {
    const lines = [
      'DOCKER_BUILDKIT=0 tug -D build --build-arg PW=sesame --label a=sesame .',
      'tug -D commit --change "ENV PW=sesame" web a',
      'tug -D import --change "ENV PW=sesame" http://me:sesame@example.com/a.tar',
    ]
    for (const line of lines) {
      const { stderr } = await withShell((shell) => shell.run(line, { cwd: dir }))
      expect(stderr).toMatch(/level=debug msg="POST \S*\?\S*\*\*\*/)
      expect(stderr).not.toContain('sesame')
    }
  })
})
