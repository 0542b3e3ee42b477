import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Terminal } from '../support/terminal.ts'

const ROOT = join(import.meta.dirname, '../..')
const BUN = join(ROOT, 'node_modules/.bin/bun')
const directory = mkdtempSync(join(tmpdir(), 'tug-bun-files-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** Returns the arguments that run a script with Bun, which has all that bun-files.ts exports. */
function script(body: string): string[] {
  return ['-e', `import * as files from '${join(ROOT, 'src/files/bun-files.ts')}'\n${body}`]
}

/** Returns what `readWithBun` returns or throws for a path, as JSON. */
function read(path: string): unknown {
  const body = `
    const decode = (bytes) => bytes && new TextDecoder().decode(bytes)
    try { console.log(JSON.stringify([decode(files.readWithBun(${JSON.stringify(path)}, 1000))])) }
    catch (error) { console.log(JSON.stringify(error.code)) }`
  return JSON.parse(execFileSync(BUN, script(body), { encoding: 'utf8', timeout: 20_000 }))
}

/** The JSON of a list with undefined. */
const LEFT_TO_NODE = [null]

test('reads a regular file, and leaves what is none to node:fs', () => {
  writeFileSync(join(directory, 'file'), 'é')
  expect(read(join(directory, 'file'))).toEqual(['é'])
  expect(read(join(directory, 'missing'))).toBe('ENOENT')
  mkdirSync(join(directory, 'directory'))
  expect(read(join(directory, 'directory'))).toEqual(LEFT_TO_NODE)
  execFileSync('mkfifo', [join(directory, 'pipe')])
  expect(read(join(directory, 'pipe'))).toEqual(LEFT_TO_NODE)
  expect(read('/dev/zero')).toEqual(LEFT_TO_NODE)
})

test('leaves a file to node:fs that is too large', () => {
  const path = join(directory, 'large')
  writeFileSync(path, '')
  truncateSync(path, 1001)
  expect(read(path)).toEqual(LEFT_TO_NODE)
})

const write = (size: number) =>
  script(`
    const report = (result) => process.getBuiltinModule('node:fs').writeSync(2, String(result))
    try { report(files.writeWithBun(1, new Uint8Array(${size}).fill(120))) } catch (error) { report(error.code) }`)

test.each([1, 4096, 10_000])('writes at most 4096 of %i bytes to a pipe', (size) => {
  const { stdout, stderr } = spawnSync(BUN, write(size), { encoding: 'utf8', timeout: 20_000 })
  const written = Math.min(size, 4096)
  expect({ stdout, stderr }).toEqual({ stdout: 'x'.repeat(written), stderr: `${written}` })
})

test.each(['a', 'r+'])('writes to a regular file that was opened with %s, after what is there', (mode) => {
  const path = join(directory, 'output')
  writeFileSync(path, 'before, and what is behind it')
  const file = openSync(path, mode)
  if (mode === 'r+') readSync(file, Buffer.alloc(6))
  const { stderr } = spawnSync(BUN, write(5000), { stdio: ['ignore', file, 'pipe'], encoding: 'utf8', timeout: 20_000 })
  writeSync(file, 'after')
  closeSync(file)
  const before = mode === 'a' ? 'before, and what is behind it' : 'before'
  expect({ content: readFileSync(path, 'utf8'), stderr }).toEqual({
    content: `${before}${'x'.repeat(5000)}after`,
    stderr: '5000',
  })
})

test('writes a few bytes to a terminal, and leaves more to node:fs', async () => {
  const outputs = [4096, 4097].map(async (size) => {
    const terminal = Terminal.open(BUN, write(size))
    await terminal.exit()
    return terminal.output
  })
  expect(await Promise.all(outputs)).toEqual([`${'x'.repeat(4096)}4096`, '0'])
})

test('finds out that a path does not exist', () => {
  const paths = ['missing', 'file', 'directory', 'file/below'].map((name) => join(directory, name))
  const body = `console.log(JSON.stringify(${JSON.stringify(paths)}.map(files.isMissingWithBun)))`
  const missing = JSON.parse(execFileSync(BUN, script(body), { encoding: 'utf8', timeout: 20_000 }))
  // Whether something is below a file is left to node:fs.
  expect(missing).toEqual([true, false, false, false])
})

test('throws the error of a failed write', () => {
  const full = openSync('/dev/full', 'w')
  const { stderr } = spawnSync(BUN, write(1), { stdio: ['ignore', full, 'pipe'], encoding: 'utf8', timeout: 20_000 })
  closeSync(full)
  expect(stderr).toBe('ENOSPC')
})
