import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

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
