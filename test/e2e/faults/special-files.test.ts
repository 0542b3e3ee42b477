import { execFileSync } from 'node:child_process'
import { lstatSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, type Replies } from '../../support/fake-replies.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture, withDaemon } from './fixture.ts'

const ID = 'a'.repeat(64)
const replies: Replies = {
  'POST /containers/create': json({ Id: ID, Warnings: [] }, 201),
  'GET /images/get': { chunks: ['arch', 'ive'] },
  'GET /containers/a/export': { chunks: ['arch', 'ive'] },
  'POST /build': { lines: [{ aux: { ID: `sha256:${ID}` } }] },
}

/** The options that name a file, and what is written into it. */
const OPTIONS: readonly (readonly [line: string, content: RegExp])[] = [
  ['tug create --cidfile FILE a', /^a{64}$/],
  ['tug build --iidfile FILE context', /^sha256:a{64}$/],
  ['tug context export default FILE', /meta\.json/],
  ['tug save -o FILE a', /^archive$/],
  ['tug export -o FILE a', /^archive$/],
]

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  let directory: string
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())
  beforeEach(async () => {
    directory = await mkdtemp(join(fixture.directory, 'special-'))
    await mkdir(join(directory, 'context'))
    await writeFile(join(directory, 'context/Dockerfile'), 'FROM scratch\n')
  })
  afterEach(() => rm(directory, { recursive: true }))

  const run = (line: string) => withDaemon(fixture, { replies }, () => fixture.shell.run(line, { cwd: directory }))

  // A device of the test's own, because a fault would replace it.
  test.each(OPTIONS)('%s writes into a device and keeps it', async (line) => {
    execFileSync('mknod', [join(directory, 'device'), 'c', '1', '3'])
    for (const name of ['device', 'link']) {
      if (name === 'link') await symlink('device', join(directory, 'link'))
      expect(await run(line.replace('FILE', name))).toMatchObject({ exitCode: 0 })
    }
    expect(lstatSync(join(directory, 'device')).isCharacterDevice()).toBe(true)
    expect(lstatSync(join(directory, 'link')).isSymbolicLink()).toBe(true)
  })

  test.each(OPTIONS)('%s writes into a pipe and keeps it', async (line, content) => {
    execFileSync('mkfifo', [join(directory, 'pipe')])
    const { stdout } = await run(`${line.replace('FILE', 'pipe')} >log & cat pipe; wait`)
    expect(stdout).toMatch(content)
    expect(statSync(join(directory, 'pipe')).isFIFO()).toBe(true)
  })

  test('context use keeps a device that config.json is a link to', async () => {
    execFileSync('mknod', [join(directory, 'device'), 'c', '1', '3'])
    await symlink('device', join(directory, 'config.json'))
    expect(await run(`tug --config ${directory} context use default`)).toMatchObject({ exitCode: 0 })
    expect(lstatSync(join(directory, 'device')).isCharacterDevice()).toBe(true)
    expect(lstatSync(join(directory, 'config.json')).isSymbolicLink()).toBe(true)
  })
})
