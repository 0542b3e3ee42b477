import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const ID = /^sha256:[0-9a-f]{64}\n$/

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  let directory: string
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-archives-'))
  })
  afterEach(async () => {
    await fixture.state.removeContainers()
    await rm(directory, { recursive: true })
  })
  afterAll(() => closeFixture(fixture))

  const run = (line: string, input?: string) =>
    fixture.shell.run(line, { cwd: directory, ...(input === undefined ? {} : { input }) })
  const succeed = (line: string) => fixture.shell.succeed(line, { cwd: directory })

  test('a saved image can be loaded and run after its removal', async () => {
    await succeed('tug tag busybox kept:1 && tug tag busybox kept:2')
    expect(await run('tug save -o kept.tar kept:1 kept:2')).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    expect((await stat(join(directory, 'kept.tar'))).mode & 0o777).toBe(0o600)
    await succeed('tug rmi kept:1 kept:2')
    const loaded = await succeed('tug load -i kept.tar')
    expect(loaded.split('\n').sort()).toEqual(['', 'Loaded image: kept:1', 'Loaded image: kept:2'])
    expect(await succeed('tug run --rm kept:2 echo it runs')).toBe('it runs\n')
    expect(await succeed('tug image save kept:1 | gzip | tug image load -q')).toBe('Loaded image: kept:1\n')
    await succeed('tug rmi kept:1 kept:2')
  })

  test('commit creates an image of a container, with changes', async () => {
    await succeed("tug run --name one busybox sh -c 'echo changed > /file'")
    const options = `-m "a message" -a Ann -c 'CMD ["cat", "/file"]' --change 'ENV A=b'`
    const id = await succeed(`tug commit ${options} one committed:1`)
    expect(id).toMatch(ID)
    expect(await succeed('tug run --rm committed:1')).toBe('changed\n')
    expect(await succeed("tug inspect -f '{{.Id}} {{.Comment}} {{.Author}}' committed:1")).toBe(
      `${id.trim()} a message Ann\n`,
    )
    expect(await succeed('tug container commit --pause=false one')).toMatch(ID)
    await succeed('tug rmi committed:1')
  })

  test('an exported file system can be imported', async () => {
    await succeed("tug run --name one busybox sh -c 'echo here > /file'")
    await succeed('tug export -o fs.tar one')
    expect(await succeed('tar xOf fs.tar file')).toBe('here\n')
    const id = await succeed(`tug import -m "a message" -c 'CMD ["cat", "/file"]' fs.tar imported:1`)
    expect(id).toMatch(ID)
    expect(await succeed('tug run --rm imported:1')).toBe('here\n')
    expect(await succeed('tug container export one | tug image import - imported:2')).toMatch(ID)
    expect(await succeed('tug run --rm imported:2 cat /file')).toBe('here\n')
    await succeed('tug rmi imported:1 imported:2')
  })

  test.each([
    ['tug save nosuch', /^Error response from daemon: .*nosuch.*\n$/i],
    ['tug save -o out nosuch', /^Error response from daemon: .*nosuch.*\n$/i],
    ['tug export -o out nosuch', /^Error response from daemon: .*nosuch.*\n$/i],
    ['tug commit nosuch', /^Error response from daemon: .*nosuch.*\n$/i],
    ['tug load -i nosuch', /^open nosuch: no such file or directory\n$/],
    ['tug import nosuch', /^open nosuch: no such file or directory\n$/],
    ['tug load < /etc/passwd', /./],
  ])('%s reports an error and leaves no file behind', async (line, message) => {
    const { stdout, stderr, exitCode } = await run(line)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toMatch(message)
    expect(await readdir(directory)).toEqual([])
  })

  test('archives are not written to terminals', async () => {
    for (const line of ['tug save busybox', 'tug export one']) {
      const terminal = fixture.shell.terminal(line)
      expect((await terminal.exit()).exitCode).toBe(1)
      expect(terminal.screen()).toBe('cowardly refusing to save to a terminal. Use the -o flag or redirect')
      await terminal.close()
    }
    const terminal = fixture.shell.terminal('tug load')
    expect((await terminal.exit()).exitCode).toBe(1)
    expect(terminal.screen()).toMatch(/^requested load from stdin, but stdin is empty\nhint: /)
    await terminal.close()
  })

  test('load shows the loaded images on a terminal', async () => {
    await succeed('tug save -o s.tar busybox')
    const terminal = fixture.shell.terminal('tug load -i s.tar', { cwd: directory })
    expect((await terminal.exit()).exitCode).toBe(0)
    expect(terminal.screen()).toMatch(/Loaded image: busybox:latest$/)
    await terminal.close()
  })

  test('an existing file is replaced only by a complete one', async () => {
    await succeed('tug run -d --name one busybox sleep 1000')
    await writeFile(join(directory, 'fs.tar'), 'old')
    expect((await run('tug export -o fs.tar nosuch')).exitCode).toBe(1)
    expect(await readFile(join(directory, 'fs.tar'), 'utf8')).toBe('old')
    await succeed('tug export -o fs.tar one && tar tf fs.tar')
    expect(await readdir(directory)).toEqual(['fs.tar'])
  })
})
