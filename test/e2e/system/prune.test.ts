import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { firstProgramCombinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const QUESTION = 'Are you sure you want to continue? [y/N]'
const ID = /\b(?:sha256:)?[0-9a-z]{25,64}\b/g

/** What the daemon removes does not depend on the form of tug. */
const perEngine = firstProgramCombinations()

describe.each(perEngine)('$program.name on $engine.name', (combination) => {
  const isPodman = combination.engine.kind === 'podman'
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
    // The engine may still have what the tests of other files have left.
    await removeUnused()
  })
  afterEach(async () => {
    await fixture.state.removeContainers()
    await removeUnused()
  })
  afterAll(() => closeFixture(fixture))

  async function removeUnused(): Promise<void> {
    const leftovers = ['volume prune -f', 'volume rm keep plain', 'network prune -f', 'builder prune -af']
    for (const line of [...leftovers, 'rmi -f shop:1', 'image prune -f']) await fixture.shell.run(`tug ${line}`)
  }
  const succeed = (line: string) => fixture.shell.succeed(line)
  const lines = async (line: string) => (await succeed(line)).trimEnd().split('\n').filter(Boolean)

  /** The ids in the output of a prune, sorted. */
  async function removedBy(line: string): Promise<string[]> {
    return [...(await succeed(line)).matchAll(ID)].map(([id]) => id.replace('sha256:', '').slice(0, 12)).sort()
  }

  test.each([
    [''],
    ['--filter label!=keep'],
    ['--filter label=keep=2'],
    ['--filter until=1h'],
    ['--filter until=1s'],
  ])('container prune %s --dry-run lists what the prune removes', async (filter) => {
    await succeed('tug create --label keep=1 busybox; tug create busybox; tug run --label keep=2 busybox true')
    await succeed('tug run -d busybox sleep 100; sleep 1.1')
    const planned = (await lines(`tug container prune --dry-run ${filter} --format '{{.ID}}'`)).sort()
    expect(await lines('tug ps -aq')).toHaveLength(4)
    expect(await removedBy(`tug container prune -f ${filter}`)).toEqual(planned)
  })

  test.each(['', '--filter label!=keep'])('network prune %s --dry-run lists what the prune removes', async (filter) => {
    await succeed('tug network create --label keep one; tug network create two; tug network create used')
    await succeed('tug run -d --network used busybox sleep 100')
    const planned = (await lines(`tug network prune --dry-run ${filter} --format '{{.Name}}'`)).sort()
    expect(planned).toEqual(filter === '' ? ['one', 'two'] : ['two'])
    const removed = (await succeed(`tug network prune -f ${filter}`)).split('\n').slice(1).filter(Boolean)
    expect(removed.sort()).toEqual(planned)
  })

  test.each([
    '',
    '-a',
    '--filter label=keep',
  ])('volume prune %s --dry-run lists what the prune removes', async (flags) => {
    if (flags === '-a' && isPodman) return expectRefusal('tug volume prune -a', ['-f'])
    if (flags === '-a' && combination.engine.apiVersion === '1.41') return expectRefusal(`tug volume prune ${flags}`)
    await succeed('tug volume create --label keep keep; tug volume create plain; tug create -v /data busybox')
    await succeed('tug run --name gone -v /data busybox true; tug rm gone')
    const planned = (await lines(`tug volume prune --dry-run ${flags} --format '{{.Name}}'`)).sort()
    const removed = (await succeed(`tug volume prune -f ${flags}`)).split('\n').slice(1, -2).filter(Boolean)
    expect(removed.sort()).toEqual(planned)
  })

  // Podman's prune leaves images that others are based on.
  test.each(
    isPodman ? [''] : ['', '-a'],
  )('image and builder prune %s --dry-run list what the prunes remove', async (flags) => {
    const build = (tag: string, label: string) =>
      fixture.shell.succeed(`tug build -q ${tag} -`, {
        input: `FROM busybox\nRUN echo ${label} > /x\nLABEL a=${label}\n`,
      })
    await succeed('tug create busybox')
    const others = await lines(`tug image prune --dry-run ${flags} --format '{{.ID}}'`)
    await build('-t shop:1', 'tagged')
    await build('', 'untagged')
    const images = await lines(`tug image prune --dry-run ${flags} --format '{{.ID}}'`)
    expect(images.filter((id) => !others.includes(id))).toHaveLength(flags === '' ? 1 : 2)
    const removed = await succeed(`tug image prune -f ${flags}`)
    for (const id of images) expect(removed).toMatch(new RegExp(`^deleted: (sha256:)?${id}`, 'm'))
    // Podman does not list its build cache, and removes it with the images.
    if (isPodman) return
    const records = await lines(`tug builder prune --dry-run ${flags} --format '{{.ID}}'`)
    const ids = [...(await succeed(`tug builder prune -f ${flags}`)).matchAll(ID)].map(([id]) => id.slice(0, 12))
    expect(ids.sort()).toEqual(records.sort())
  })

  test('system prune --dry-run lists all kinds with the sum of their sizes', async () => {
    await succeed('tug create --name idle busybox; tug network create old')
    await succeed('tug run --name writer busybox sh -c "head -c 5000 /dev/zero > /file"')
    const text = await succeed('tug system prune --dry-run')
    expect(text).toMatch(/^KIND +NAME +DETAIL +SIZE\n/)
    expect(text).toMatch(/\ncontainer +writer +\S*busybox\S*, Exited \(0\).* (5|16\.3)kB\n/)
    expect(text).toMatch(/\nnetwork +old +bridge/)
    expect(text).toMatch(/\n\nWould remove 3 objects, reclaimable space: (5|16\.28)kB\n$/)
    expect(await lines('tug ps -aq')).toHaveLength(2)
  })

  test('what is confirmed on a terminal is what was shown', async () => {
    const shown = await lines('tug create busybox; tug create busybox; tug run -d busybox true; tug wait $(tug ps -lq)')
    const [gone = '', started = '', removed = ''] = shown
    await succeed('tug network create old')
    const terminal = fixture.shell.terminal('tug system prune', { columns: 120, rows: 60 })
    await terminal.waitFor(QUESTION)
    const [late] = await lines('tug create busybox sleep 100')
    await succeed(`tug rm ${gone}; tug network create late`)
    const exec = await lines(`tug create busybox sleep 100`)
    terminal.type('y\r')
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    const output = terminal.screen().split('[y/N]')[1] ?? ''
    expect(output).toContain(removed)
    expect(output).toContain(started)
    expect(output).not.toContain(gone)
    expect((await lines('tug ps -aq --no-trunc')).sort()).toEqual([late, ...exec].sort())
    const networks = await lines('tug network ls --format {{.Name}}')
    expect(networks.filter((name) => ['late', 'old'].includes(name))).toEqual(['late'])
  })

  test('a context that is not the default one is named', async () => {
    await succeed(`tug context create prod --docker host=unix://${combination.engine.socket}`)
    const terminal = fixture.shell.terminal('env -u DOCKER_HOST tug --context prod container prune', { columns: 120 })
    expect(await terminal.waitFor(QUESTION)).toContain(
      `There is nothing to remove on context prod, unix://${combination.engine.socket}.`,
    )
    terminal.type('\r')
    await terminal.exit()
    await succeed('tug context rm prod')
  })

  async function expectRefusal(line: string, flags = ['-f', '--dry-run']): Promise<void> {
    for (const flag of flags) expect((await fixture.shell.run(`${line} ${flag}`)).exitCode).not.toBe(0)
  }
})
