import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const CTRL_C = '\x03'
const DOWN = '\x1b[B'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const names = async () =>
    (await fixture.shell.succeed("tug ps -a --format '{{.Names}}'")).trimEnd().split('\n').filter(Boolean).sort()
  const create = (...containers: string[]) =>
    fixture.shell.succeed(containers.map((name) => `tug create --name ${name} busybox`).join(';'))

  async function configure(text: string): Promise<void> {
    await mkdir(fixture.shell.configDirectory, { recursive: true })
    await writeFile(join(fixture.shell.configDirectory, 'config.json'), text)
  }

  test('rm --pick removes what is checked', async () => {
    await create('api', 'db', 'web')
    const terminal = fixture.shell.terminal('tug rm --pick', { columns: 100 })
    expect(await terminal.waitFor('Ctrl-C to cancel')).toMatch(/> \[ \] web {2}Created {2}busybox\n {2}\[ \] db/)
    terminal.type(` ${DOWN}`)
    await terminal.waitFor(/ \[x\] web .*\n> \[ \] db/)
    terminal.type(' \r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.screen()).toContain('Which ones? web, db\nweb\ndb')
    expect(await names()).toEqual(['api'])
  })

  test('typed text filters the list, and what was checked before stays checked', async () => {
    await create('api', 'db', 'web')
    const terminal = fixture.shell.terminal('tug rm --pick', { columns: 100 })
    await terminal.waitFor('Ctrl-C to cancel')
    terminal.type(' ap')
    await terminal.waitFor(/Which ones\? ap\n> \[ \] api/)
    terminal.type(' \x7f\x7f')
    await terminal.waitFor(/\[x\] web.*\n.*db.*\n.*\[x\] api/)
    terminal.type('\r')
    await terminal.exit()
    expect(await names()).toEqual(['db'])
  })

  test('--filter narrows the list, and --dry-run only lists what is picked', async () => {
    await create('api', 'db', 'web')
    const terminal = fixture.shell.terminal("tug rm --pick --filter 'name!=web' --dry-run", { columns: 100 })
    expect(await terminal.waitFor('Ctrl-C to cancel')).not.toContain('web  Created')
    terminal.type(' \r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.screen()).toMatch(/CONTAINER ID.*\n.* (api|db)/)
    expect(await names()).toEqual(['api', 'db', 'web'])
  })

  test('Ctrl-C and an empty choice leave everything as it was', async () => {
    await create('web')
    for (const [keys, exitCode] of [
      [` ${CTRL_C}`, 130],
      ['\r', 0],
    ] as const) {
      const terminal = fixture.shell.terminal('tug rm --pick', { columns: 100 })
      await terminal.waitFor('Ctrl-C to cancel')
      terminal.type(keys)
      expect(await terminal.exit()).toMatchObject({ exitCode })
    }
    expect(await names()).toEqual(['web'])
  })

  test('"pick": true in config.json asks where no name is typed, on a terminal only', async () => {
    await create('web')
    await configure('{"pick":true}')
    const terminal = fixture.shell.terminal('tug start', { columns: 100 })
    await terminal.waitFor('[ ] web')
    terminal.type(' \r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    const { stderr, exitCode } = await fixture.shell.run('tug rm')
    expect([stderr.split('\n')[0], exitCode]).toEqual(["tug: 'tug rm' requires at least 1 argument", 1])
    await configure('{}')
  })

  test('--pick is refused without a terminal and together with names', async () => {
    const refusal = async (line: string) => (await fixture.shell.run(line)).stderr
    expect(await refusal('tug stop --pick')).toBe('--pick needs a terminal\n')
    expect(await refusal('tug stop --pick web')).toBe('names cannot be typed together with --pick\n')
  })
})
