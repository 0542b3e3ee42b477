import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { openWorkspace, removeWorkspace } from '../test/support/engines/workspace.ts'

/**
 * Runs all checks and tests: `npm test`. Stops at the first section that fails, with its exit code. With `--engines`,
 * the tutorial also runs on two more engines and the builds on one of them, which take longer to set up.
 */
const ROOT = join(import.meta.dirname, '..')
const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter)

interface Counts {
  readonly numPassedTests: number
  readonly numFailedTests: number
}

/** The error of a section that failed; the sections after it do not run. */
class SectionFailed extends Error {
  readonly exitCode: number

  constructor(title: string, exitCode: number) {
    super(`${title} failed`)
    this.exitCode = exitCode
  }
}

// Temporary files are created here, so that those of killed tests are removed too.
const workspace = await openWorkspace()
// Suites that run tug as another user create directories in it.
chmodSync(workspace.directory, 0o711)
// A terminal sends Ctrl-C to the running section too. This process waits until the section has cleaned up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
try {
  await section('Style', ['npm', 'run', '--silent', 'lint'])
  await section('Import rules', ['npm', 'run', '--silent', 'imports'])
  await section('Types', ['npm', 'run', '--silent', 'types'])
  await section('Unused code and dependencies', ['npm', 'run', '--silent', 'unused'])
  await section('Build', ['npm', 'run', '--silent', 'build'])
  const counts = [await tests('Tests', [])]
  if (process.argv.includes('--engines')) {
    const tutorial = ['--project', 'e2e', 'test/e2e/tutorial']
    counts.push(await tests('Tutorial on more engines', tutorial, { TUG_ENGINES: 'sid,podman' }))
    const builds = ['--project', 'e2e', 'test/e2e/buildkit']
    counts.push(await tests('Builds on one more engine', builds, { TUG_ENGINES: 'sid' }))
  }
  const passed = counts.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0)
  const failed = counts.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
} catch (error) {
  if (!(error instanceof SectionFailed)) throw error
  console.error(`\n${error.message}`)
  process.exitCode = error.exitCode
} finally {
  await removeWorkspace(workspace)
}

async function section(title: string, [file = '', ...args]: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  console.log(`\n== ${title}: ${[file, ...args].join(' ')}`)
  const child = spawn(file, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH, TMPDIR: workspace.directory, ...env },
  })
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, forward)
  const [code]: (number | null)[] = await once(child, 'exit')
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, forward)
  if (code !== 0) throw new SectionFailed(title, code ?? 1)
}

async function tests(title: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  const report = join(workspace.directory, 'report.json')
  const reporters = [
    '--reporter=default',
    '--reporter=./test/support/report-retries.ts',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  await section(title, ['vitest', 'run', ...reporters, ...args], env)
  return JSON.parse(readFileSync(report, 'utf8'))
}
