import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { firstProgramCombinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

describe.each(firstProgramCombinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  test('network ls lists the predefined networks', async () => {
    const table = await fixture.shell.succeed('tug network ls')
    expect(table).toMatch(/^NETWORK ID +NAME +DRIVER +SCOPE\n/)
    for (const name of ['bridge', 'host', 'none']) expect(table).toMatch(new RegExp(`\\n[0-9a-f]{12} +${name} `))
    expect(await fixture.shell.succeed("tug network ls -f name=host --format '{{.Name}} {{.Driver}}'")).toBe(
      'host host\n',
    )
  })

  test('network inspect shows when a network was created', async () => {
    const text = await fixture.shell.succeed("tug network inspect -f '{{.Name}} {{.Created.Year}} {{len .ID}}' bridge")
    expect(text).toMatch(/^bridge 2\d{3} 64\n$/)
  })

  test('volume ls and volume inspect show a volume', async () => {
    await fixture.shell.succeed('tug run --rm -v kept:/kept busybox true')
    expect(await fixture.shell.succeed('tug volume ls -q')).toContain('kept\n')
    expect(await fixture.shell.succeed("tug volume ls -f name=kept --format '{{.Driver}} {{.Name}}'")).toBe(
      'local kept\n',
    )
    expect(await fixture.shell.succeed("tug volume inspect -f '{{.Name}} {{.Scope}}' kept")).toBe('kept local\n')
    expect(await fixture.shell.succeed('tug volume rm kept')).toBe('kept\n')
    expect(await fixture.shell.succeed('tug volume ls -q')).not.toContain('kept')
  })

  test('volume create creates a volume with labels, and volume rm removes it', async () => {
    expect(await fixture.shell.succeed('tug volume create --label tier=web made')).toBe('made\n')
    expect(await fixture.shell.succeed("tug volume ls -f label=tier=web --format '{{.Name}}'")).toBe('made\n')
    expect(await fixture.shell.succeed('tug volume rm made')).toBe('made\n')
    expect((await fixture.shell.run('tug volume rm made')).stderr).toMatch(
      /^Error response from daemon: .*no such volume/,
    )
  })

  test('network connect and disconnect change the networks of a container', async () => {
    await fixture.shell.succeed('tug run -d --name one --network none busybox sleep 1000')
    await fixture.shell.succeed('tug network disconnect none one')
    await fixture.shell.succeed('tug network connect bridge one')
    const networks = "tug inspect -f '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}' one"
    expect(await fixture.shell.succeed(networks)).toBe('bridge \n')
    await fixture.shell.succeed('tug network disconnect -f bridge one')
    expect(await fixture.shell.succeed(networks)).toBe('\n')
  })

  test('history lists the layers of busybox', async () => {
    const table = await fixture.shell.succeed('tug history busybox')
    expect(table).toMatch(/^IMAGE +CREATED +CREATED BY +SIZE +COMMENT\n/)
    expect((await fixture.shell.succeed('tug history -q --no-trunc busybox')).split('\n')[0]).toMatch(
      /^sha256:[0-9a-f]{64}$/,
    )
  })

  test('info describes the daemon, as text and with a template', async () => {
    const output = await fixture.shell.succeed('tug info')
    expect(output).toMatch(/^Client:\n Version: {4}28\./)
    expect(output).toMatch(/\nServer:\n Containers: \d+\n {2}Running: \d+\n/)
    const version = await fixture.shell.succeed("tug info -f '{{.ServerVersion}}'")
    expect(output).toContain(` Server Version: ${version}`)
  })

  test('stats shows the resource usage of a running container', async () => {
    await fixture.shell.succeed('tug run -d --name one busybox sleep 1000')
    const table = await fixture.shell.succeed('tug stats --no-stream')
    expect(table).toMatch(/^CONTAINER ID +NAME +CPU % +MEM USAGE \/ LIMIT +MEM % +NET I\/O +BLOCK I\/O +PIDS\n/)
    expect(table).toMatch(/\n[0-9a-f]{12} +one +[\d.]+% /)
    expect(await fixture.shell.succeed("tug stats --no-stream --format '{{.Name}}' one")).toBe('one\n')
    const outcome = await fixture.shell.run('tug stats --no-stream one nosuch')
    expect(outcome).toMatchObject({ stdout: '', exitCode: 1 })
    expect(outcome.stderr).toContain('nosuch')
  })

  test('stats in a pipe prints one header, then rows with their time and without cursor codes', async () => {
    await fixture.shell.succeed('tug run -d --name one busybox sleep 1000; tug run -d --name two busybox sleep 1000')
    const row = (name: string) =>
      /^[0-9a-f]{12} +NAME +[\d.]+% .* \d+ +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.source.replace(
        'NAME',
        name,
      )
    for (const line of ['stats', 'stats one two']) {
      const { stdout, stderr } = await fixture.shell.run(`tug ${line} | head -n 5`)
      const [header, ...rows] = stdout.trimEnd().split('\n')
      expect(stderr).toBe('')
      expect(header).toMatch(/^CONTAINER ID +NAME +CPU % +MEM USAGE \/ LIMIT +MEM % +NET I\/O +BLOCK I\/O +PIDS +TIME$/)
      expect(rows).toHaveLength(4)
      for (const name of ['one', 'two']) {
        expect(
          rows.filter((text) => new RegExp(row(name)).test(text)),
          stdout,
        ).toHaveLength(2)
      }
    }
  })

  test('stats in a pipe has no row for a container that has just been started and has no usage yet', async () => {
    await fixture.shell.succeed('tug run -d --name one busybox sleep 1000')
    const { stdout } = await fixture.shell.run(
      `(sleep 1; tug run -d --name two busybox sleep 1000 >&2) & tug stats | grep -m 2 -e two -e '^ '; wait`,
    )
    expect(stdout.trimEnd().split('\n')).toEqual([expect.stringMatching(/^[0-9a-f]{12} +two /), expect.any(String)])
    expect(stdout).not.toContain('--')
  })

  test.each([
    ['--format table', ''],
    ["--format '{{.Name}}'", ''],
    ['', 'TUG_PLAIN=1'],
  ])('stats %s in a pipe draws as docker does with %o', async (flags, variable) => {
    await fixture.shell.succeed('tug run -d --name one busybox sleep 1000')
    const output = await fixture.shell.run(`${variable} tug stats ${flags} one | head -c 400`)
    expect(output.stdout.startsWith('\x1b[H')).toBe(true)
    expect(output.stdout).not.toContain('TIME')
  })

  test.each(['INT', 'TERM'])('stats in a pipe ends on SIG%s', async (signal) => {
    await fixture.shell.succeed('tug run -d --name one busybox sleep 1000')
    const code = { INT: 130, TERM: 143 }[signal]
    const line = `timeout --foreground --preserve-status -s ${signal} 3 tug stats one`
    expect(await fixture.shell.run(line)).toMatchObject({ stderr: '', exitCode: code })
  })
})
