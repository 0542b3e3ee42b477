import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { RunningProgram } from '../session/program.ts'

const QUESTION = 'Are you sure you want to continue? [y/N] '
const CTRL_C = '\x03'
const ID = /^[0-9a-f]{64}\n$/

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const succeed = (line: string) => fixture.shell.succeed(line)
  const containers = async () => (await fixture.state.containers()).length

  /** Creates a container that is never started. */
  async function idle(name: string, options = '', image = 'busybox'): Promise<string> {
    return (await succeed(`tug create --name ${name} ${options} ${image} true`)).trimEnd()
  }

  test('a network is created, connected to a container, disconnected and removed', async () => {
    const id = await succeed('tug network create --subnet 10.91.0.0/24 --gateway 10.91.0.254 --label a=b upkeep')
    expect(id).toMatch(ID)
    const description = await succeed("tug network inspect -f '{{json .IPAM.Config}} {{json .Labels}}' upkeep")
    expect(description).toBe('[{"Subnet":"10.91.0.0/24","Gateway":"10.91.0.254"}] {"a":"b"}\n')
    await succeed('tug run -d --name one busybox sleep 1000')
    expect(await succeed('tug network connect --ip 10.91.0.7 --alias uno upkeep one')).toBe('')
    const field = '{{.NetworkSettings.Networks.upkeep.IPAddress}}'
    expect(await succeed(`tug inspect -f '${field}' one`)).toBe('10.91.0.7\n')
    expect(await fixture.shell.run('tug network rm upkeep')).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/^Error response from daemon: .*active endpoints.*\nexit status 1\n$/),
      exitCode: 1,
    })
    expect(await succeed('tug network disconnect upkeep one')).toBe('')
    expect(await succeed('tug network rm upkeep')).toBe('upkeep\n')
    expect(await fixture.shell.run('tug network rm -f upkeep')).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  test('addresses outside of the subnet are refused before any request', async () => {
    const outcome = await fixture.shell.run('tug network create --subnet 10.91.0.0/24 --gateway 10.92.0.1 upkeep')
    expect(outcome).toEqual({ stdout: '', stderr: 'no matching subnet for gateway 10.92.0.1\n', exitCode: 1 })
  })

  test('a volume is created with options, kept while it is used, and removed', async () => {
    const options = '-o type=tmpfs -o device=tmpfs -o o=size=1m --label a=b'
    expect(await succeed(`tug volume create ${options} upkeep`)).toBe('upkeep\n')
    expect(await succeed("tug volume inspect -f '{{json .Options}}' upkeep")).toBe(
      '{"device":"tmpfs","o":"size=1m","type":"tmpfs"}\n',
    )
    await idle('one', '-v upkeep:/data')
    const used = await fixture.shell.run('tug volume rm nosuch upkeep')
    expect(used).toMatchObject({ stdout: '', exitCode: 1 })
    expect(used.stderr).toMatch(/nosuch.*\n.*volume is in use/)
    await succeed('tug rm one')
    expect(await succeed('tug volume rm upkeep')).toBe('upkeep\n')
    expect(await succeed('tug volume create')).toMatch(ID)
    await succeed('tug volume prune -f')
  })

  test.each(['n\n', '', 'yes\n'])('prune removes nothing after %j and exits with 0', async (input) => {
    await idle('one')
    const outcome = await fixture.shell.run('tug container prune', { input })
    expect(outcome).toEqual({
      stdout: `WARNING! This will remove all stopped containers.\n${QUESTION}`,
      stderr: '',
      exitCode: 0,
    })
    expect(await containers()).toBe(1)
  })

  test('prune removes stopped containers after y', async () => {
    await succeed('tug run -d --name stays busybox sleep 1000')
    const id = await idle('goes')
    const { stdout, exitCode } = await fixture.shell.run('tug container prune', { input: 'y\n' })
    expect(exitCode).toBe(0)
    expect(stdout.split(QUESTION)[1]).toBe(`Deleted Containers:\n${id}\n\nTotal reclaimed space: 0B\n`)
    expect(await succeed("tug ps -a --format '{{.Names}}'")).toBe('stays\n')
  })

  test('prune does not wait for the end of stdin after y', async () => {
    await using prune = new RunningProgram(fixture.shell, 'tug container prune')
    await prune.waitFor(QUESTION)
    prune.stdin.write('n\n')
    expect(await prune.ending()).toMatchObject({ stderr: '', exitCode: 0 })
  })

  test('on a terminal y and Enter confirm', async () => {
    const id = await idle('one')
    const terminal = fixture.shell.terminal('tug container prune', { columns: 100 })
    await terminal.waitFor(QUESTION.trimEnd())
    terminal.type('y\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.screen()).toContain(`[y/N] y\nDeleted Containers:\n${id}\n\nTotal reclaimed space: 0B`)
    expect(await containers()).toBe(0)
  })

  test('on a terminal prune first shows what it will remove', async () => {
    const anonymous = (await succeed('tug volume create')).trimEnd()
    await succeed('tug volume create upkeep-named')
    await succeed('tug volume create -o type=tmpfs -o device=tmpfs upkeep-options')
    await succeed('tug network create upkeep')
    await succeed('tug run -d --name stays -v upkeep-held:/data busybox sleep 1000')
    const id = await idle('goes', '-v upkeep-idle:/data -v /more')
    const image = (await fixture.shell.run('tug build -q -', { input: 'FROM busybox\nLABEL a=b\n' })).stdout.trimEnd()
    await idle('last', '', image)

    const terminal = fixture.shell.terminal('tug system prune --volumes', { columns: 120, rows: 60 })
    const plan = (await terminal.waitFor(QUESTION.trimEnd())).split('WARNING!')[0] ?? ''
    terminal.type('y\r')
    await terminal.exit()
    const removed = terminal.screen().split('[y/N]')[1] ?? ''

    expect(plan).toMatch(/This would go on unix:\S+:\n┌─/)
    expect(plan).toMatch(/│ container +│ goes +│ busybox, Created +│/)
    expect(removed).toContain(id)
    for (const name of ['stays', 'upkeep-held', 'busybox:']) expect(`${plan}${removed}`).not.toContain(`│ ${name}`)
    const volumes = [anonymous, 'upkeep-named', 'upkeep-options', 'upkeep-idle', 'upkeep-held'].map((name) => ({
      name,
      isPlanned: plan.includes(` ${name.length === 64 ? `${name.slice(0, 12)}…` : name} `),
      isRemoved: removed.includes(`\n${name}\n`),
    }))
    expect(volumes.filter(({ isPlanned, isRemoved }) => isPlanned !== isRemoved)).toEqual([])
    expect(volumes[0]).toMatchObject({ isPlanned: true })
    expect(plan).toMatch(/│ network +│ upkeep +│ bridge/)
    expect(plan).toContain(image.slice('sha256:'.length, 'sha256:'.length + 12))
    expect(removed).toContain(`deleted: ${image}`)
    await fixture.state.removeContainers()
    await fixture.shell.run('tug volume rm upkeep-named upkeep-options upkeep-idle upkeep-held')
  })

  test('on a terminal prune reports that there is nothing to remove', async () => {
    const terminal = fixture.shell.terminal('tug container prune', { columns: 120 })
    expect(await terminal.waitFor(QUESTION.trimEnd())).toMatch(/There is nothing to remove on unix:\S+\.\n\nWARNING!/)
    terminal.type('\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
  })

  test('on a terminal Ctrl-C cancels', async () => {
    await idle('one')
    const terminal = fixture.shell.terminal('tug container prune')
    await terminal.waitFor(QUESTION.trimEnd())
    terminal.type(CTRL_C)
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(await containers()).toBe(1)
  })

  test('filters select what is pruned', async () => {
    await idle('one', '--label keep')
    await idle('two')
    await succeed("tug container prune -f --filter 'label!=keep'")
    expect(await succeed("tug ps -a --format '{{.Names}}'")).toBe('one\n')
  })

  test('image prune removes dangling images only', async () => {
    const dockerfile = 'FROM busybox\nLABEL upkeep=yes\n'
    const id = (await fixture.shell.run('tug build -q -', { input: dockerfile })).stdout.trimEnd()
    expect(id).toMatch(/^sha256:/)
    const { stdout } = await fixture.shell.run('tug image prune -f --filter label=upkeep')
    expect(stdout).toContain(`Deleted Images:\n`)
    expect(stdout).toContain(`deleted: ${id}\n`)
    expect(stdout).toMatch(/\n\nTotal reclaimed space: 0B\n$/)
    expect(await succeed('tug images -q busybox')).not.toBe('')
  })

  test('prunes networks, the build cache and the system', async () => {
    // The engine may still have networks that the tests of other files have left.
    await succeed('tug network prune -f; tug network create upkeep')
    expect(await succeed('tug network prune -f')).toBe('Deleted Networks:\nupkeep\n\n')
    expect(await succeed('tug builder prune -f')).toMatch(/^Total reclaimed space: .*B\n$/m)
    const id = await idle('one')
    await succeed('tug network create upkeep')
    const all = await succeed('tug system prune -f --volumes')
    expect(all).toMatch(
      new RegExp(`^Deleted Containers:\n${id}\n\nDeleted Networks:\nupkeep\n\n(.*\n)*Total reclaimed space: .*\n$`),
    )
    expect(await containers()).toBe(0)
  })

  test('events prints past events, one a line', async () => {
    const id = (await succeed('tug run -d --name one --label z=1 --label a=2 busybox true')).trimEnd()
    await succeed('tug wait one')
    // The daemon filters by whole seconds.
    const all = `tug events --since 1m --until $(($(date +%s) + 1)) --filter container=${id}`
    const line = `${all} --filter event=create`
    expect(await succeed(line)).toMatch(
      new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\S{18,} container create ${id} \\(a=2, image=busybox, name=one, z=1\\)\n$`),
    )
    const format = "'{{.Type}} {{.Action}} {{.Actor.Attributes.name}}'"
    expect(await succeed(`${all} --format ${format}`)).toMatch(/^container create one\n(.*\n)*container die one\n/)
    const json = await succeed(`${line} --format json`)
    expect(JSON.parse(json)).toMatchObject({ Type: 'container', Action: 'create', Actor: { ID: id } })
  })

  test('events prints new events until Ctrl-C', async () => {
    const events = fixture.shell.terminal("tug events --filter type=container --format '{{.Action}}'")
    // A client that has just started may miss an event.
    for (let count = 0; !events.screen().includes('create'); count++) await idle(`box${count}`)
    events.type(CTRL_C)
    expect(await events.exit()).toMatchObject({ exitCode: 130 })
  })

  test('system df prints a summary and, with -v, all objects', async () => {
    await idle('one')
    await succeed('tug volume create upkeep')
    const lines = (await succeed('tug system df')).split('\n')
    expect(lines[0]).toBe('TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE')
    expect(lines[2]).toMatch(/^Containers {6}1 {9}0 /)
    expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
      'TYPE',
      'Images',
      'Containers',
      'Local Volumes',
      'Build Cache',
      '',
    ])
    const full = await succeed('tug system df -v')
    expect(full).toMatch(/\n[0-9a-f]{12} +busybox +"true" +0 +0B +.* Created +one\n/)
    expect(full).toMatch(/\nupkeep +0 +0B\n/)
    const format = "'{{range .Volumes}}{{.Name}} {{.Links}}{{end}}'"
    expect(await succeed(`tug system df -v --format ${format}`)).toContain('upkeep 0')
    await succeed('tug volume rm upkeep')
  })
})
