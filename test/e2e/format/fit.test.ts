import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const REFERENCE = 'registry.example.com:5000/platform/backend/shop:1.2.3'

describe.each(combinations())('tables on a terminal with $program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
    await fixture.shell.succeed(`tug tag busybox ${REFERENCE}`)
  })
  afterEach(async () => {
    await fixture.state.removeContainers()
    await rm(join(fixture.shell.configDirectory, 'config.json'), { force: true })
  })
  afterAll(async () => {
    await fixture.shell.succeed(`tug rmi ${REFERENCE}`)
    await closeFixture(fixture)
  })

  /**
   * Returns what a command line shows on a terminal, as it wrote it, and as its rows on the screen.
   * @param flags those of env, with which it runs
   */
  async function show(line: string, columns: number, flags = ''): Promise<{ output: string; rows: string[] }> {
    const terminal = fixture.shell.terminal(`env ${flags} NO_COLOR=1 ${line}`, { columns, rows: 50 })
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    return { output: terminal.output.replaceAll('\r\n', '\n'), rows: terminal.screen().split('\n') }
  }

  test('ps wraps cells and writes ports one a line, and only on a terminal', async () => {
    const [first, second] = [await freePort(), await freePort()]
    await fixture.shell.succeed(
      `tug run -d --name web -p 127.0.0.1:${first}:80 -p 127.0.0.1:${second}:443 busybox sleep 1000`,
    )
    const piped = await fixture.shell.succeed('tug ps')
    const { output, rows } = await show('tug ps', 100)
    // A line that the terminal broke would be one row more than the program wrote.
    expect(rows).toEqual(output.trimEnd().split('\n'))
    expect(rows[0]).toMatch(/^CONTAINER ID {2}IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES$/)
    expect(rows[1]).toMatch(/^[0-9a-f]{12} {2}busybox .* web$/)
    const ports = rows.slice(1).map((row) => row.slice(rows[0]?.indexOf('PORTS'), rows[0]?.indexOf('NAMES')).trim())
    expect(ports.join('')).toBe(`127.0.0.1:${first}->80/tcp127.0.0.1:${second}->443/tcp`)
    for (const line of ['tug ps --no-trunc', 'tug ps --format table', 'env TUG_PLAIN=1 tug ps']) {
      expect((await show(line, 100)).output).toContain(`127.0.0.1:${first}->80/tcp, 127.0.0.1:${second}->443/tcp   web`)
    }
    expect((await show('tug ps', piped.length)).output.replace(/ago|seconds?/g, '')).toContain('80/tcp, 127.0.0.1')
  })

  test('"psFormat" keeps the layout of docker', async () => {
    await fixture.shell.succeed('tug run -d --name a-rather-long-name-for-a-container busybox sleep 1000')
    await mkdir(fixture.shell.configDirectory, { recursive: true })
    await writeFile(join(fixture.shell.configDirectory, 'config.json'), '{"psFormat":"table"}')
    expect((await show('tug ps', 80)).output).toMatch(/ {3}a-rather-long-name-for-a-container\n$/)
  })

  test.each([
    ['images', 70],
    ['history busybox', 50],
    ['network ls', 42],
    ['system df', 50],
    ['system df -v', 90],
    ['context ls', 60],
    ['stats --no-stream', 80],
    ['top web', 90],
  ])('tug %s fits a window of %i columns', async (line, columns) => {
    await fixture.shell.succeed('tug run -d --name web busybox sleep 1000')
    await fixture.shell.succeed('tug network create a-network-with-a-long-name-1 || true')
    // Without DOCKER_HOST there is no warning about it, which is longer than the window.
    const { output, rows } = await show(`tug ${line}`, columns, line.startsWith('context') ? '-u DOCKER_HOST' : '')
    expect(rows).toEqual(output.trimEnd().split('\n'))
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns)
    await fixture.shell.succeed('tug network rm a-network-with-a-long-name-1')
  })

  test('stats fits the window while it is updated, and follows its size', async () => {
    await fixture.shell.succeed('tug run -d --name web busybox sleep 1000')
    const terminal = fixture.shell.terminal('tug stats', { columns: 70 })
    await terminal.waitFor(/CONTAINER ID {2}NAME[^\n]*\n +USAGE[^\n]*\n +LIMIT[^\n]*\n[0-9a-f]{12} {2}web/)
    terminal.resize(160, 24)
    await terminal.waitFor(/CONTAINER ID {3}NAME[^\n]* PIDS ?\n[0-9a-f]{12} {3}web/)
    await terminal.close()
  })
})
