import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * Everything that must hold before a change is taken: `npm test`. Stops at the first section that fails, with its exit
 * code. `--engines` runs the tutorial against two more engines afterwards; they take longer to set up.
 */
const ROOT = join(import.meta.dirname, '..')
const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter)
const scratch = mkdtempSync(join(tmpdir(), 'tug-test-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

interface Counts {
  readonly numPassedTests: number
  readonly numFailedTests: number
}

section('Style and import directions', ['npm', 'run', '--silent', 'lint'])
section('Types', ['npm', 'run', '--silent', 'types'])
section('Unused code and dependencies', ['npm', 'run', '--silent', 'unused'])
section('Build', ['npm', 'run', '--silent', 'build'])
const counts = [tests('Tests', [])]
if (process.argv.includes('--engines')) {
  counts.push(
    tests('Tutorial on more engines', ['--project', 'e2e', 'test/e2e/tutorial'], { TUG_ENGINES: 'sid,podman' }),
  )
}
const passed = counts.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0)
const failed = counts.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0)
console.log(`\n${passed} passed, ${failed} failed`)

function section(title: string, [file = '', ...args]: string[], env: NodeJS.ProcessEnv = {}): void {
  console.log(`\n== ${title}: ${[file, ...args].join(' ')}`)
  const { status, error } = spawnSync(file, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH, ...env },
  })
  if (status === 0) return
  console.error(`\n${title} failed${error === undefined ? '' : `: ${error.message}`}`)
  process.exit(status ?? 1)
}

function tests(title: string, args: string[], env: NodeJS.ProcessEnv = {}): Counts {
  const report = join(scratch, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  section(title, ['vitest', 'run', ...reporters, ...args], env)
  return JSON.parse(readFileSync(report, 'utf8'))
}
