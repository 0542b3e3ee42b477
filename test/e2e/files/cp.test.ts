import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRecording } from '../../parity/programs.ts'
import { combinations, engines } from '../../support/provided.ts'
import { programs } from '../../support/run.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { type Copy, copies, LIST_TREE, MAKE_TREE } from './copies.ts'

/**
 * Copies on real engines, compared with transcripts of docker 28.2.2: `npm run record -- copies`.
 */
describe.each(combinations())('$program.name on $engine.name', (combination) => {
  const { program, engine } = combination
  const recording = isRecording(program.command)
  let fixture: Fixture
  let local: string

  beforeAll(async () => {
    fixture = await openFixture(combination)
    local = await mkdtemp(join(tmpdir(), 'tug-cp-'))
    await fixture.shell.succeed('tug run -d --name box busybox sleep 1000')
  })
  afterAll(async () => {
    await closeFixture(fixture)
    await rm(local, { recursive: true })
  })

  const golden = (name: string) => new URL(`golden/${name}.${engine.apiVersion}.txt`, import.meta.url).pathname
  // Both forms of tug send the same requests, so only one of them is run on all engines.
  const isFirst = program === programs[0] || engine === engines()[0]
  const isKnown = (name: string) => recording || (isFirst && existsSync(golden(name)))

  /** Returns a script that creates the tree in the directory of each copy. */
  const treesIn = (all: readonly Copy[]) =>
    [...all.map(({ directory }) => `mkdir -p ${directory}; cd ${directory}; ${MAKE_TREE}; cd ..`)].join('\n')

  async function inContainer(script: string): Promise<string> {
    return fixture.shell.succeed('tug exec -i box sh', { input: script })
  }

  async function here(script: string): Promise<string> {
    return fixture.shell.succeed('sh', { input: script, cwd: local })
  }

  /** Runs the copies and returns the output of each and a listing of the results. */
  async function transcript(all: readonly Copy[], list: (script: string) => Promise<string>): Promise<string> {
    const written: string[] = []
    for (const { line } of all) {
      const { stdout, stderr, exitCode } = await fixture.shell.run(line, { cwd: local })
      written.push(`$ ${line}`, `${stdout}${known(stderr)}[${exitCode}]`)
    }
    const listing = await list(LIST_TREE)
    return [...written, ...listing.trimEnd().split('\n').sort(), ''].join('\n')
  }

  function known(stderr: string): string {
    return stderr
      .replaceAll(local, '<local>')
      .replace(/^time=.*io: read\/write on closed pipe"\n/gm, '')
      .replace(/\/\S*\/(overlay2|rootfs)\/\S*?(?=\/t\/)/g, '<root>')
  }

  const directions = {
    async into() {
      const all = copies('', (directory) => `box:/t/${directory}/`)
      await here(MAKE_TREE)
      await inContainer(`mkdir /t; cd /t; ${treesIn(all)}`)
      return transcript(all, (script) => inContainer(`cd /t; ${script}`))
    },
    async out() {
      const all = copies('box:/s/', (directory) => `out/${directory}/`)
      await inContainer(`mkdir /s; cd /s; ${MAKE_TREE}`)
      await here(`mkdir out; cd out; ${treesIn(all)}`)
      return transcript(all, (script) => here(`cd out; ${script}`))
    },
  }

  test.each(
    (['into', 'out'] as const).filter(isKnown),
  )('every kind of source to every kind of destination: %s', async (way) => {
    await expect(await directions[way]()).toMatchFileSnapshot(golden(way))
  })

  test('-a and --archive copy owners', async () => {
    await here('mkdir owned; echo x > owned/f; chown 12:34 owned/f')
    await fixture.shell.succeed('tug cp -a owned box:/owned && tug container cp --archive owned/f box:/owned/g', {
      cwd: local,
    })
    expect(await inContainer('stat -c "%u:%g" /owned/f /owned/g')).toBe('12:34\n12:34\n')
  })

  test('archives are read from stdin and written to stdout', async () => {
    const line = 'tar c piped | tug cp - box:/tmp && tug cp box:/tmp/piped - | tar xO piped/f'
    await here('mkdir piped; echo through > piped/f')
    expect(await fixture.shell.succeed(line, { cwd: local })).toBe('through\n')
    expect(await fixture.shell.run('tug cp - box:/nosuch < /dev/null')).toMatchObject({
      stderr: 'destination "box:/nosuch" must be a directory\n',
      exitCode: 1,
    })
  })

  test('cp reports what it copied on a terminal', async () => {
    const terminal = fixture.shell.terminal(`tug cp ${join(local, 'piped')} box:/shown`)
    expect((await terminal.exit()).exitCode).toBe(0)
    expect(terminal.screen()).toBe('Successfully copied 8B (transferred 2.56kB) to box:/shown')
    await terminal.close()
  })

  test('a link that points out of the container is not followed', async () => {
    await inContainer('mkdir /evil; ln -s /etc /evil/l; ln -s ../../../../etc/passwd /evil/up')
    await here('mkdir in')
    const refused = await fixture.shell.run('tug cp box:/evil in', { cwd: local })
    expect(refused.stderr).toBe(`invalid symlink "${local}/in/evil/up" -> "../../../../etc/passwd"\n`)
    expect(refused.exitCode).toBe(1)
    expect(await here('ls in/evil')).toBe('l\n')
  })

  test('large files are copied completely in both directions', async () => {
    await here('head -c 50000000 /dev/urandom > big')
    await fixture.shell.succeed('tug cp big box:/big && tug cp box:/big back', { cwd: local })
    await here('cmp big back')
  })
})
