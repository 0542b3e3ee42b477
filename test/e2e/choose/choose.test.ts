import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { firstProgramCombinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

describe.each(firstProgramCombinations())('$program.name on $engine.name', (combination) => {
  const isPodman = combination.engine.kind === 'podman'
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  const succeed = (line: string) => fixture.shell.succeed(line)
  const lines = async (line: string) => (await succeed(line)).trimEnd().split('\n').filter(Boolean)
  const names = async (flags = '') => (await lines(`tug ps -a ${flags} --format '{{.Names}}'`)).sort()
  const failure = async (line: string) => {
    const { stdout, stderr, exitCode } = await fixture.shell.run(line)
    expect(stdout).toBe('')
    return [stderr, exitCode]
  }
  /** Returns the first and the last column of a table, which do not change with time. */
  const idsAndNames = (table: string) => table.split('\n').map((line) => [line.slice(0, 12), line.split(' ').at(-1)])
  /** Starts `web` and `db`, pauses `db`, and creates `job`, which has the label `keep`. */
  const prepare = () =>
    succeed(`
      tug run -d --name web --label tier=front busybox sleep 1000
      tug run -d --name db --label tier=back busybox sleep 1000
      tug pause db
      tug create --name job --label keep busybox true
    `)

  test('each verb acts on the states that it is for', async () => {
    await prepare()
    expect(await lines('tug pause --all')).toEqual(['web'])
    expect(await lines('tug unpause --filter name=db')).toEqual(['db'])
    expect(await lines('tug unpause --all')).toEqual(['web'])
    expect(await lines('tug restart -t 0 --filter label=tier --filter name=web')).toEqual(['web'])
    expect(await lines('tug kill --filter label=tier=front')).toEqual(['web'])
    expect(await lines('tug wait --filter status=exited --filter name=web')).toEqual(['137'])
    expect(await lines('tug start --filter name=^/web')).toEqual(['web'])
    expect((await lines('tug stop -t 0 --all')).sort()).toEqual(['db', 'web'])
    expect(await lines('tug start --filter status=exited')).toEqual(['web', 'db'])
    expect(await lines("tug rm --filter 'label!=tier'")).toEqual(['job'])
    expect(await names()).toEqual(['db', 'web'])
  })

  test('a filter of states takes the place of those that a verb is for', async () => {
    await prepare()
    expect(await lines('tug restart --filter status=created')).toEqual(['job'])
    expect(await lines('tug wait job')).toEqual(['0'])
    expect(await lines('tug wait --filter exited=0')).toEqual(['0'])
  })

  test('an empty choice prints nothing and succeeds', async () => {
    for (const verb of ['stop', 'start', 'restart', 'kill', 'rm', 'pause', 'unpause', 'wait']) {
      expect(await succeed(`tug ${verb} --all`)).toBe('')
      expect(await succeed(`tug ${verb} --filter label=nosuch`)).toBe('')
    }
    expect(await succeed('tug rmi --filter label=nosuch')).toBe('')
    expect(await succeed('tug volume rm --filter label=nosuch; tug network rm --filter label=nosuch')).toBe('')
  })

  test('rm --all needs -f for running containers, and removes the others', async () => {
    await prepare()
    const { stdout, stderr, exitCode } = await fixture.shell.run('tug rm --all')
    expect([stdout, exitCode]).toEqual(['job\n', 1])
    expect(stderr.match(/cannot remove|cannot remove a (running|paused) container/gi)).toHaveLength(2)
    expect((await lines('tug rm -f --all')).sort()).toEqual(['db', 'web'])
  })

  test('--dry-run lists what would be acted on as ps does, and does nothing', async () => {
    await prepare()
    const list = idsAndNames(await succeed('tug ps -a --filter label=tier'))
    expect(idsAndNames(await succeed('tug rm -f --filter label=tier --dry-run'))).toEqual(list)
    expect(idsAndNames(await succeed('tug rm -f db web --dry-run')).sort()).toEqual(list.sort())
    expect((await lines("tug stop --all --dry-run --format '{{.Names}}'")).sort()).toEqual(['db', 'web'])
    expect(await lines("tug start --all --dry-run --format '{{.Names}}'")).toEqual(['job'])
    expect(await lines('tug start --filter name=nosuch --dry-run')).toHaveLength(1)
    expect(await names('--filter status=running')).toEqual(['web'])
    const { stdout, stderr, exitCode } = await fixture.shell.run("tug rm web nosuch --dry-run --format '{{.Names}}'")
    expect([stdout, exitCode]).toEqual(['web\n', 1])
    expect(stderr).toMatch(/no such container/i)
  })

  test('flags that exclude each other are refused', async () => {
    expect(await failure('tug rm web --all')).toEqual(['names cannot be typed together with --all\n', 1])
    expect(await failure('tug rm web --filter name=web')).toEqual(['names cannot be typed together with --filter\n', 1])
    expect(await failure('tug rm web --format x')).toEqual(['--format needs --dry-run\n', 1])
    expect(await failure('tug rm --all --pick')).toEqual(['--all cannot be used together with --pick\n', 1])
    expect((await failure('tug rm --all --dry-run --format "{{"'))[1]).not.toBe(0)
    expect((await failure('tug rm --dry-run'))[0]).toContain("'tug rm' requires at least 1 argument")
    expect((await failure('tug rm --filter name'))[0]).toContain('bad format of filter (expected name=value)')
    expect((await failure('tug rm --filter nosuch=x'))[0]).toMatch(/invalid filter/i)
  })

  test('lists leave out what a negated filter matches', async () => {
    await prepare()
    expect(await names("--filter 'label!=keep'")).toEqual(['db', 'web'])
    expect(await names("--filter 'label!=tier=front' --filter 'label!=keep'")).toEqual(['db'])
    expect(await names("--filter 'label=tier' --filter 'name!=^/web$'")).toEqual(['db'])
    expect(await names("--filter 'name=db' --filter 'name=job' --filter 'label!=tier'")).toEqual(['job'])
    expect(await names("--filter 'ancestor!=busybox'")).toEqual([])
    expect((await lines("tug ps --filter 'status!=running' --format '{{.Names}}'")).sort()).toEqual(['db', 'job'])
    await succeed('tug unpause db')
    expect(await lines("tug ps --filter 'name!=web' --format '{{.Names}}'")).toEqual(['db'])
    expect((await failure("tug ps --filter 'nosuch!=x'"))[0]).toMatch(/invalid filter/i)
    expect((await failure("tug ps --filter 'status!=x'"))[0]).toMatch(/invalid filter|unknown/i)
  })

  // podman does not order containers of the same second.
  test.skipIf(isPodman)('-n and -l count the containers that are left', async () => {
    await prepare()
    expect(await lines("tug ps -n 2 --filter 'name!=db' --format '{{.Names}}'")).toEqual(['job', 'web'])
    expect(await lines("tug ps -l --filter 'name!=job' --format '{{.Names}}'")).toEqual(['db'])
  })

  // podman's stats contain names without the slash that docker expects in front of them.
  test.skipIf(isPodman)(
    'stats --filter shows the containers that match, and those that are started later',
    async () => {
      await prepare()
      expect((await lines("tug stats --no-stream --filter label=tier --format '{{.Name}}'")).sort()).toEqual([
        'db',
        'web',
      ])
      expect(await lines("tug stats --no-stream --all --filter 'label!=tier' --format '{{.Name}}'")).toEqual(['job'])
      expect(await failure('tug stats --filter label=tier web')).toEqual([
        'names cannot be typed together with --filter\n',
        1,
      ])
      const terminal = fixture.shell.terminal('tug stats --filter label=tier', { columns: 120 })
      await terminal.waitFor('web')
      await succeed(
        'tug run -d --name other busybox sleep 1000; tug run -d --name later --label tier busybox sleep 1000',
      )
      expect(await terminal.waitFor('later')).not.toContain('other')
      terminal.type('\x03')
      expect(await terminal.exit()).toMatchObject({ exitCode: 130 })
    },
  )

  test('completion offers the filters of each list, and their values', async () => {
    await prepare()
    const offered = async (line: string) =>
      (await lines(`tug __completeNoDesc ${line} 2>/dev/null`)).filter((word) =>
        word.startsWith(line.split(' ').at(-1) ?? ''),
      )
    expect(await offered('rm --filter s')).toEqual(['since=', 'status='])
    expect(await offered('start --filter status=e')).toEqual(['status=exited'])
    expect(await offered('kill --filter name!=w')).toEqual(['name!=web'])
    expect(await offered('stats --filter health!')).toEqual(['health!='])
    expect(await offered('rmi --filter dangling=')).toEqual(['dangling=true', 'dangling=false'])
    expect(await offered('volume rm --filter d')).toEqual(['dangling=', 'driver='])
    expect(await offered('network rm --filter type=')).toEqual(['type=builtin', 'type=custom'])
  })

  test('volumes and networks are chosen by their filters, and predefined networks never', async () => {
    await succeed('tug volume create v-keep --label keep; tug volume create v-a; tug volume create v-b')
    await succeed('tug network create n-keep --label keep; tug network create n-a; tug network create n-b')
    expect(await lines("tug volume ls -q --filter name=v- --filter 'label!=keep'")).toEqual(['v-a', 'v-b'])
    const list = await succeed("tug network ls --filter 'name!=n-b' --filter 'driver=bridge' --filter 'label!=keep'")
    expect(list).toContain('n-a')
    expect(list).not.toMatch(/n-b|n-keep/)
    const dryRun = await lines('tug network rm --all --dry-run')
    expect(dryRun.map((line) => line.split(/\s+/)[1])).toEqual(expect.arrayContaining(['n-a', 'n-b', 'n-keep']))
    expect(dryRun.join('\n')).not.toMatch(/ (bridge|host|none) +(bridge|host|null) /)
    expect(await succeed('tug volume rm --filter name=v- --dry-run')).toBe(
      await succeed('tug volume ls --filter name=v-'),
    )
    expect(await lines("tug volume rm --filter name=v- --filter 'label!=keep'")).toEqual(['v-a', 'v-b'])
    expect(await lines("tug network rm --filter name=n- --filter 'label!=keep'")).toEqual(['n-a', 'n-b'])
    expect(await lines('tug volume rm --filter name=v-; tug network rm --filter name=n-')).toEqual(['v-keep', 'n-keep'])
  })

  test('images are chosen by their names, across slashes with **', async () => {
    const format = "--format '{{.Repository}}:{{.Tag}}'"
    for (const name of ['x-app:1', 'team/x-app:1', 'reg.example:5000/a/b/x-app:2', 'x-app2:1'])
      await succeed(`tug tag busybox ${name}`)
    const apps = ['reg.example:5000/a/b/x-app:2', 'team/x-app:1', 'x-app:1']
    expect((await lines(`tug images --filter 'reference=**/x-app:*' ${format}`)).sort()).toEqual(apps)
    expect((await lines(`tug images '**/x-app' ${format}`)).sort()).toEqual(apps)
    const others = await lines(`tug images --filter 'reference!=**/x-app:*' ${format}`)
    expect(others).toEqual(expect.arrayContaining(['x-app2:1', 'busybox:latest']))
    expect(others.filter((name) => apps.includes(name))).toEqual([])
    expect(await lines(`tug rmi x-app --dry-run ${format}`).catch(() => [])).toEqual([])
    const withoutBusybox = await lines(`tug images --filter 'reference!=busybox:*' ${format}`)
    expect(withoutBusybox.filter((name) => name.startsWith('busybox:'))).toEqual([])
    expect(await lines(`tug rmi x-app:1 --dry-run ${format}`)).toEqual(['x-app:1'])
    expect(await lines("tug rmi --filter 'reference=**/x-app*:*'")).toHaveLength(4)
    expect((await lines(`tug images ${format}`)).filter((name) => name.includes('x-app'))).toEqual([])
  })

  // podman matches names by other rules.
  test.skipIf(isPodman)('several name patterns are alternatives, and a negated one takes names away', async () => {
    for (const name of ['x-app:1', 'team/x-app:1', 'reg.example:5000/a/b/x-app:2', 'x-app2:1'])
      await succeed(`tug tag busybox ${name}`)
    const format = "--format '{{.Repository}}:{{.Tag}}'"
    const both = `--filter 'reference=**/x-app:*' --filter 'reference=x-app2' --filter 'reference!=x-app:*'`
    expect((await lines(`tug images ${both} ${format}`)).sort()).toEqual([
      'reg.example:5000/a/b/x-app:2',
      'team/x-app:1',
      'x-app2:1',
    ])
    expect((await lines(`tug rmi ${both} --dry-run ${format}`)).sort()).toEqual([
      'reg.example:5000/a/b/x-app:2',
      'team/x-app:1',
      'x-app2:1',
    ])
    await succeed("tug rmi --filter 'reference=**/x-app*:*'")
  })

  test('500 containers are listed, started and removed', async () => {
    const count = process.env.TUG_CHOOSE_COUNT ?? '40'
    await succeed(
      `for i in $(seq ${count}); do tug create --name c$i --label many busybox true & [ $((i % 20)) = 0 ] && wait; done; wait`,
    )
    expect(await lines("tug rm --filter label=many --dry-run --format '{{.Names}}'")).toHaveLength(Number(count))
    expect(await lines("tug rm --filter label=many --filter 'name!=c1'")).not.toContain('c10')
    expect(await lines('tug rm --all')).toContain('c1')
    expect(await names()).toEqual([])
  })
})
