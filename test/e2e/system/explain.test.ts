import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

describe.each(combinations())('--explain with $program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  /** Returns the curl lines that a command prints, without its ping. */
  async function explain(line: string): Promise<string[]> {
    const { stderr, exitCode } = await fixture.shell.run(`tug --explain ${line}`)
    expect(exitCode).toBe(0)
    const lines = stderr.split('\n').filter((text) => text.startsWith('curl '))
    expect(lines[0]).toMatch(/ -I .*\/_ping$/)
    return lines.slice(1)
  }

  const runLine = async (line = ''): Promise<unknown> =>
    JSON.parse(await fixture.shell.succeed(line.replace('curl ', 'curl -sS ')))

  test('prints requests whose curl commands get the same responses', async () => {
    await fixture.shell.succeed(`tug run -d --name web -l 'it=its "own"' busybox sleep 1000`)
    const [inspect, ...none] = await explain('inspect --type container web')
    expect(none).toEqual([])
    expect([await runLine(inspect)]).toEqual(JSON.parse(await fixture.shell.succeed('tug inspect web')))
    const [list] = await explain(`ps --filter 'label=it=its "own"'`)
    expect(await runLine(list)).toMatchObject([{ Names: ['/web'] }])
    const [ping] = (await fixture.shell.run('tug --explain version')).stderr.split('\n')
    expect(await fixture.shell.succeed(ping ?? '')).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*Api-Version: 1\./)
  })

  test('prints a create request that creates the same container again', async () => {
    const words = `--name web -e "A=it's" -l 'b=$c' --memory 64m busybox sh -c 'echo "$1"' sh '*'`
    const [create = ''] = await explain(`create ${words}`)
    await runLine(create.replace('name=web', 'name=copy'))
    const settings = '{{json .Config.Env}}{{json .Config.Labels}}{{json .Config.Cmd}}{{.HostConfig.Memory}}'
    const [web, copy] = (await fixture.shell.succeed(`tug inspect -f '${settings}' web copy`)).split('\n')
    expect(copy).toBe(web)
    expect(web).toContain("A=it's")
  })

  test('the command still runs, and its output stays the same', async () => {
    const plain = await fixture.shell.succeed('tug ps -a')
    expect(await fixture.shell.succeed('tug --explain ps -a')).toBe(plain)
    expect((await fixture.shell.run('tug ps --explain')).stderr).toMatch(/^unknown flag: --explain\n/)
    expect((await fixture.shell.run('tug --explain run --rm busybox sh -c "exit 7"')).exitCode).toBe(7)
  })

  test('a copy reads its archive from stdin', async () => {
    await fixture.shell.succeed('tug create --name web busybox true')
    const line = (await explain('cp /etc/hosts web:/')).find((text) => text.includes(' -T - ')) ?? ''
    await fixture.shell.succeed(`tar -C /etc -cf - passwd | ${line.replace('curl ', 'curl -sS ')}`)
    expect(await fixture.shell.succeed('tug cp web:/passwd - | tar -tf -')).toBe('passwd\n')
  })

  test('passwords are masked', async () => {
    const { stderr } = await fixture.shell.run('tug --explain login -u me --password-stdin 127.0.0.1:1', {
      input: 'hunter2',
    })
    expect(stderr).toContain('"password":"***"')
    expect(stderr).not.toContain('hunter2')
  })
})
