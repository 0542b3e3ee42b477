import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../support/engines/http.ts'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { RunningProgram } from '../session/program.ts'
import { LIST_TREE, MAKE_TREE } from './copies.ts'

const SUCCESS = { stdout: '', stderr: '', exitCode: 0 }

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  let root: string
  let local: string
  let directory = 0

  beforeAll(async () => {
    fixture = await openFixture(combination)
    root = await mkdtemp(join(tmpdir(), 'tug-cp-several-'))
    await fixture.shell.succeed('tug run -d --name web busybox sleep 1000; tug run -d --name db busybox sleep 1000')
  })
  beforeEach(async () => {
    local = join(root, String(directory++))
    await mkdir(local)
    for (const name of ['web', 'db']) await inContainer('rm -rf /t; mkdir /t', name)
  })
  afterEach(async () => {
    await rm(local, { recursive: true })
  })
  afterAll(async () => {
    await closeFixture(fixture)
    await rm(root, { recursive: true })
  })

  const run = (line: string) => fixture.shell.run(line, { cwd: local })
  const here = (script: string) => fixture.shell.succeed('sh', { input: script, cwd: local })
  const inContainer = (script: string, name = 'web') =>
    fixture.shell.succeed(`tug exec -i ${name} sh`, { input: script })
  const listed = async () => (await here('find . -mindepth 1 | sort')).trimEnd().split('\n')

  test('copies what matches patterns, and single files of other containers', async () => {
    await inContainer(
      'cd /t; echo a > a.log; echo b > b.log; echo c > c.txt; echo h > .h.log; mkdir d.log; echo d > d.log/x',
    )
    await inContainer('echo db > /t/hosts', 'db')
    expect(await run("tug cp 'web:/t/*.log' db:/t/hosts .")).toEqual(SUCCESS)
    expect(await listed()).toEqual(['./a.log', './b.log', './d.log', './d.log/x', './hosts'])
    expect(await here('cat a.log b.log d.log/x hosts')).toBe('a\nb\nd\ndb\n')
  })

  test.each([
    ['/t/?.log', ['./1.log', './2.log']],
    ['/t/[12].log', ['./1.log', './2.log']],
    ['/t/[!1].log', ['./2.log']],
    ['/t/.*', ['./.hidden.log']],
    ['/t/*/in.log', ['./in.log']],
    ['/t/s*/.', ['./in.log', './other']],
    ['/t/s*/', ['./sub', './sub/in.log', './sub/other']],
    ['t/1*', ['./1.log', './10.log']],
    ['/l/1*', ['./1.log', './10.log']],
    ['/t/\\*.txt', ['./*.txt']],
    ['/t/*[*].txt', ['./*.txt']],
    ['/t/- *', ['./- dash']],
  ])('the pattern %s matches as in a shell', async (pattern, expected) => {
    await inContainer(`cd /t; touch 1.log 2.log 10.log .hidden.log '*.txt' './- dash' x.txt
      mkdir sub; touch sub/in.log sub/other; ln -sfn /t /l`)
    expect(await run(`tug cp 'web:${pattern}' .`)).toEqual(SUCCESS)
    expect(await listed()).toEqual(expected)
  })

  test('a file with the name of the pattern is copied alone', async () => {
    await inContainer("cd /t; echo star > '*.log'; echo a > a.log")
    expect(await run("tug cp 'web:/t/*.log' out")).toEqual(SUCCESS)
    expect(await here('cat out')).toBe('star\n')
    expect(await run("tug cp 'web:/t/*.log' .")).toEqual(SUCCESS)
    expect(await listed()).toEqual(['./*.log', './out'])
  })

  test('one match is copied as if its path had been typed', async () => {
    await inContainer('echo a > /t/a.log')
    expect(await run("tug cp 'web:/t/*.log' new")).toEqual(SUCCESS)
    expect(await run("tug cp 'web:/t/*.log' - | tar xO")).toEqual({ ...SUCCESS, stdout: 'a\n' })
    expect(await here('cat new')).toBe('a\n')
  })

  test('a pattern that matches nothing is reported as docker does', async () => {
    for (const path of ['/t/*.log', '/nosuch/*', '/etc/passwd/*']) {
      const outcome = await run(`tug cp 'web:${path}' .`)
      expect(outcome).toMatchObject({ stdout: '', exitCode: 1 })
      expect(outcome.stderr).toContain(path)
      expect(outcome.stderr.split('\n')).toHaveLength(2)
    }
    expect(await run("tug cp 'nosuch:/t/*' .")).toEqual({
      stdout: '',
      stderr: 'Error response from daemon: No such container: nosuch\n',
      exitCode: 1,
    })
  })

  test('a source that fails does not keep the others from being copied', async () => {
    await inContainer('cd /t; echo a > a.log; echo b > b.log')
    const outcome = await run("tug cp web:/t/a.log web:/t/nosuch 'web:/t/*.txt' nosuch:/x web:/t/b.log .")
    expect(outcome).toMatchObject({ stdout: '', exitCode: 1 })
    const lines = outcome.stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    for (const [index, name] of ['/t/nosuch', '/t/*.txt', 'No such container: nosuch'].entries()) {
      expect(lines[index]).toContain(name)
    }
    expect(await listed()).toEqual(['./a.log', './b.log'])
  })

  test('several sources need an existing directory, and nothing is copied without one', async () => {
    await inContainer('cd /t; echo a > a.log; echo b > b.log')
    await here('echo old > f')
    for (const destination of ['f', 'nosuch']) {
      const stderr = `destination "${destination}" must be a directory\n`
      expect(await run(`tug cp web:/t/a.log web:/t/b.log ${destination}`)).toEqual({ ...SUCCESS, stderr, exitCode: 1 })
      expect(await run(`tug cp 'web:/t/*.log' ${destination}`)).toEqual({ ...SUCCESS, stderr, exitCode: 1 })
    }
    const stderr = 'destination "db:/t/nosuch" must be a directory\n'
    expect(await run('tug cp f f web:/t/a.log db:/t/nosuch')).toEqual({ ...SUCCESS, stderr, exitCode: 1 })
    expect(await run('tug cp f web:/t/a.log nosuch:/')).toMatchObject({
      stderr: expect.stringMatching(/^Error response from daemon: .*nosuch/),
      exitCode: 1,
    })
    expect(await listed()).toEqual(['./f'])
    expect(await here('cat f')).toBe('old\n')
  })

  test.each([
    ['web:/t/a web:/t/b -', 'an archive on stdout can hold one source, not 2'],
    ['- f web:/t', 'an archive on stdin cannot be one of several sources'],
    ['web:/t/a f .', 'must specify at least one container source'],
    ["web:/t/a '' .", 'source can not be empty'],
    ["web:/t/a f ''", 'destination can not be empty'],
  ])('cp %s is refused: %s', async (operands, message) => {
    await inContainer('touch /t/a /t/b')
    await here('touch f')
    expect(await run(`tug cp ${operands}`)).toEqual({ stdout: '', stderr: `${message}\n`, exitCode: 1 })
    expect(await listed()).toEqual(['./f'])
  })

  test('a second file of the same name is refused, as by cp', async () => {
    await inContainer('echo web > /t/hosts')
    await inContainer('echo db > /t/hosts', 'db')
    const stderr = 'will not overwrite the copy of "web:/t/hosts" with "db:/t/hosts"\n'
    expect(await run('tug cp web:/t/hosts db:/t/hosts .')).toEqual({ ...SUCCESS, stderr, exitCode: 1 })
    expect(await here('cat hosts')).toBe('web\n')
  })

  test('several local files are copied into a container', async () => {
    await here('echo a > a; mkdir d; echo b > d/b')
    await inContainer('echo c > /t/c', 'db')
    const outcome = await run('tug cp a d nosuch db:/t/c web:/t')
    expect(outcome).toEqual({ ...SUCCESS, stderr: `lstat ${local}/nosuch: no such file or directory\n`, exitCode: 1 })
    expect(await inContainer('cd /t; find . -type f | sort | xargs cat')).toBe('a\nc\nb\n')
  })

  test.each([
    ['/t/d', '/t', '/t/d'],
    ['/t/d', '/t/new', '/t/new'],
    ['/t/d/.', '/t', '/t'],
    ['/t/d/.', '/t/new', '/t/new'],
    ['/t/d/', '/t/new/', '/t/new'],
    ['-L /t/ld', '/t', '/t/ld'],
    ['-L /t/ld', '/t/new', '/t/new'],
  ])('a directory (%s) is copied to %s of another container with owners, modes, times and links', async (from, to, result) => {
    // The daemon loses the setuid bit of a file with several hard links.
    await inContainer(`cd /t; ${MAKE_TREE}; chmod 751 d/a`)
    const [source = '', flag = ''] = from.split(' ').reverse()
    expect(await run(`tug cp ${flag} web:${source} db:${to}`)).toEqual(SUCCESS)
    const list = (path: string) => `cd ${path}; (${LIST_TREE}) | sort`
    expect(await inContainer(list(result), 'db')).toBe(await inContainer(list('/t/d')))
    expect(await inContainer(`cat ${result}/a ${result}/sub/b ${result}/h`, 'db')).toBe('inner\ndeeper\ninner\n')
  })

  test('a file is copied to another container: into a directory, to a new name, and over a file', async () => {
    const name = `${'long '.repeat(30)}é`
    await inContainer(`echo a > "/t/a"; cp /t/a "/t/${name}"`)
    await inContainer('echo old > /t/old', 'db')
    for (const to of ['', 'new', 'old', `${name} new`])
      expect(await run(`tug cp web:/t/a "db:/t/${to}"`)).toEqual(SUCCESS)
    expect(await run(`tug cp "web:/t/${name}" db:/t/short`)).toEqual(SUCCESS)
    expect(await inContainer(`cd /t; cat a new old "${name} new" short`, 'db')).toBe('a\n'.repeat(5))
  })

  test('a link is copied as a link, and a directory does not replace a file', async () => {
    await inContainer('cd /t; ln -s /etc/passwd l; ln -s ../../../etc/passwd up; mkdir d; touch d/x')
    await inContainer('touch /t/f', 'db')
    expect(await run('tug cp web:/t/l db:/t/new')).toEqual(SUCCESS)
    expect(await inContainer('readlink /t/new', 'db')).toBe('/etc/passwd\n')
    // Engines before 28 refuse such a link. Later ones create it, as it is.
    const { stderr } = await run('tug cp web:/t/up db:/t')
    if (stderr === '') expect(await inContainer('readlink /t/up', 'db')).toBe('../../../etc/passwd\n')
    else expect(stderr).toMatch(/invalid symlink|breakout/)
    expect(await run('tug cp web:/t/d db:/t/f')).toEqual({ ...SUCCESS, stderr: 'cannot copy directory\n', exitCode: 1 })
    expect((await run('tug cp web:/t/d db:/nosuch/deep')).exitCode).toBe(1)
    const missing = await run('tug cp web:/t/nosuch db:/t')
    expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('/t/nosuch') })
    expect((await run('tug cp web:/t/d nosuch:/')).stderr).toBe(
      'Error response from daemon: No such container: nosuch\n',
    )
  })

  test('large files are copied completely between containers, and within one', async () => {
    await inContainer('head -c 50000000 /dev/urandom > /t/big')
    expect(
      await run('tug cp web:/t/big db:/t/copy; tug cp web:/t/big web:/t/own; tug cp web:/t/big web:/t/big'),
    ).toEqual(SUCCESS)
    const sum = (await inContainer('md5sum < /t/big')).trim()
    expect((await inContainer('md5sum < /t/own')).trim()).toBe(sum)
    expect((await inContainer('md5sum < /t/copy', 'db')).trim()).toBe(sum)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tug-copy-'))).toEqual([])
  })

  test('stopped containers are copied from and to', async () => {
    await fixture.shell.succeed(
      "tug run --name old busybox sh -c 'echo 1 > /1.x; echo 2 > /2.x'; tug create --name made busybox",
    )
    expect(await run("tug cp 'old:/*.x' made:/tmp && tug cp 'made:/tmp/*.x' .")).toEqual(SUCCESS)
    expect(await here('cat 1.x 2.x')).toBe('1\n2\n')
    await fixture.shell.succeed('tug rm old made')
  })

  test('what matches is not written outside of the destination', async () => {
    await inContainer('cd /t; ln -s ../../../../etc/passwd a; ln -s /etc b; mkdir c; ln -s /etc c/d; echo x > e')
    await here('mkdir in; ln -s / in/c')
    const outcome = await run("tug cp 'web:/t/*' in")
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain(`invalid symlink "${local}/in/a" -> "../../../../etc/passwd"`)
    expect(await here('ls in; cat in/e; test ! -e /d')).toBe('b\nc\ne\nx\n')
  })

  test('each source is reported on a terminal, and -q is quiet', async () => {
    await inContainer('cd /t; echo 1 > 1; echo 2 > 2')
    const terminal = fixture.shell.terminal(
      `sh -c "tug cp web:/t/1 'web:/t/[2]' ${local}; tug cp web:/t/1 db:/t; tug cp -q 'web:/t/*' db:/t"`,
      { columns: 300 },
    )
    expect((await terminal.exit()).exitCode).toBe(0)
    const line = (to: string) =>
      expect.stringMatching(new RegExp(`^Successfully copied 2B \\(transferred \\S+\\) to ${to}$`))
    expect(terminal.screen().split('\n')).toEqual([line(local), line(local), line('db:/t')])
    await terminal.close()
  })

  test('Ctrl-C ends the copy of several sources', async () => {
    await inContainer('head -c 300000000 /dev/zero > /t/1; ln /t/1 /t/2; ln /t/1 /t/3')
    const destinations = [
      { to: 'db:/t', list: () => inContainer('ls -A /t', 'db') },
      { to: local, list: () => here('ls -A') },
    ]
    for (const { to, list } of destinations) {
      await using program = new RunningProgram(fixture.shell, `tug cp web:/t/1 web:/t/2 web:/t/3 'web:/t/*' ${to}`)
      await until({
        attempt: async () => (await list()) || undefined,
        failure: () => 'nothing was copied',
        timeout: 60_000,
      })
      program.signal('SIGINT')
      expect(await program.ending()).toEqual({ stdout: '', stderr: '', exitCode: 130 })
    }
    // The daemon has let go of the containers.
    expect(await run('tug cp web:/etc/passwd db:/t')).toEqual(SUCCESS)
  })
})
