import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { restoreOwner } from '../scripts/build/owner.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

test('package.json decides for each install script whether npm runs it, because npm 12 runs no others', () => {
  const locked: Record<string, { hasInstallScript?: boolean }> = read('package-lock.json').packages
  const names = Object.keys(locked).flatMap((path) =>
    locked[path]?.hasInstallScript ? [path.replace(/^.*node_modules\//, '')] : [],
  )
  const allowed: Record<string, boolean> = read('package.json').allowScripts
  expect(Object.keys(allowed).sort()).toEqual(names.sort())
  // Their install scripts fetch the executables that run npm's scripts.
  expect(Object.keys(allowed).filter((name) => allowed[name])).toEqual(['bun', 'node'])
})

let clone: string
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'tug-set-up-'))
  for (const file of ['package.json', 'scripts/start.js']) cpSync(join(ROOT, file), join(clone, file))
})
afterAll(() => rmSync(clone, { recursive: true }))

test.each(['test', 'demo'])('npm run %s says to run npm ci first, without a stack trace', (script) => {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', script], { cwd: clone, encoding: 'utf8' })
  expect(stderr).toBe('npm scripts run on a Node that is not installed yet. First run: npm ci --ignore-scripts=false\n')
  expect(status).toBe(1)
})

test.skipIf(process.getuid?.() !== 0)("what root writes in a user's checkout belongs to the user afterwards", () => {
  const checkout = mkdtempSync(join(clone, 'checkout-'))
  chownSync(checkout, 54321, 54322)
  mkdirSync(join(checkout, 'dist'))
  writeFileSync(join(checkout, 'dist/tug'), '')
  restoreOwner(checkout, ['dist', 'missing'])
  for (const name of ['dist', 'dist/tug']) {
    expect(statSync(join(checkout, name))).toMatchObject({ uid: 54321, gid: 54322 })
  }
})

test('the end-to-end tests are counted without engines, once for each form of tug and each engine', () => {
  const file = 'test/e2e/tutorial/run.test.ts'
  const args = ['list', '--project', 'e2e', '--no-static-parse', '--no-isolate', '--maxWorkers=1', file, '--json']
  const vitest = join(ROOT, 'node_modules/.bin/vitest')
  const { stdout } = spawnSync(vitest, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, TUG_ENGINES: 'none' },
  })
  const tests: { name: string }[] = JSON.parse(stdout)
  const names = tests.map(({ name }) => name.replace(/ > .*/, ''))
  expect([...new Set(names)].sort()).toEqual(['dist/tug on engine 26.1.5', 'node bin/tug.js on engine 20.10.24'])
})
