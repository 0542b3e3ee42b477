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
