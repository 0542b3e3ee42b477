import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { engineObstacle } from '../test/support/engines/obstacle.ts'
import { needTools } from '../test/support/engines/packages.ts'
import { openWorkspace, removeWorkspace } from '../test/support/engines/workspace.ts'
import { restoreOwner } from './build/owner.ts'

/**
 * Runs all checks and tests that this machine allows: `npm test`. The checks and the build run side by side; when one
 * fails, no test runs. Ends with the exit code of the first section that fails. The end-to-end tests need engines; where
 * none can be started, the closing lines say why and how to run them, which is a failure only where `CI` is set. With
 * `--engines`, all tests run with both forms of tug on both engines, instead of a sample, and the tutorial also runs on two
 * more engines and the builds on one of them, which take longer to set up.
 */
const ROOT = join(import.meta.dirname, '..')
const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter)
/** Where Vitest keeps files for its next run. */
const CACHES = ['node_modules/.vite', 'node_modules/.vite-temp', 'node_modules/.vitest-cache']
const isCi = Boolean(process.env.CI) && process.env.CI !== 'false'

interface Counts {
  readonly numPassedTests: number
  readonly numFailedTests: number
  /** Tests that were skipped. */
  readonly numPendingTests: number
  /** Vitest's exit code. It fails without a failed test, too, when a file cannot be loaded. */
  readonly exitCode: number
}

/** The error of a section that failed; the sections after it do not run. */
class SectionFailed extends Error {
  readonly exitCode: number

  constructor(title: string, exitCode: number) {
    super(`${title} failed`)
    this.exitCode = exitCode
  }
}

// The unit and parity tests run them.
await needTools(['git', 'openssl'], console.log).catch((error: Error) => {
  console.error(`npm test: ${error.message}`)
  process.exit(1)
})
const obstacle = engineObstacle()
const wantsMoreEngines = process.argv.includes('--engines')
if (obstacle !== undefined) {
  console.log(`The end-to-end tests will not run, because ${obstacle}.`)
  if (wantsMoreEngines) process.exit(1)
}
// Temporary files are created here, so that those of killed tests are removed too.
const workspace = await openWorkspace()
// Suites that run tug as another user create directories in it.
chmodSync(workspace.directory, 0o711)
// A terminal sends Ctrl-C to the running section too. This process waits until the section has cleaned up.
let isInterrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true
  })
}
try {
  // Each of them keeps one core busy.
  const checks = await Promise.allSettled([
    quietSection('Style', ['npm', 'run', '--silent', 'lint']),
    quietSection('Import rules', ['npm', 'run', '--silent', 'imports']),
    quietSection('Types', ['npm', 'run', '--silent', 'types']),
    quietSection('Unused code and dependencies', ['npm', 'run', '--silent', 'unused']),
    quietSection('Build', ['npm', 'run', '--silent', 'build']),
  ])
  for (const check of checks) if (check.status === 'rejected') throw check.reason
  const projects = obstacle === undefined ? [] : ['--project', 'unit', '--project', 'parity']
  const counts = [await tests('Tests', projects, wantsMoreEngines ? { TUG_COMBINATIONS: 'all' } : {})]
  if (wantsMoreEngines) {
    const tutorial = ['--project', 'e2e', 'test/e2e/tutorial']
    counts.push(
      await tests('Tutorial on more engines', tutorial, { TUG_ENGINES: 'sid,podman', TUG_COMBINATIONS: 'all' }),
    )
    const builds = ['--project', 'e2e', 'test/e2e/buildkit']
    counts.push(await tests('Builds on one more engine', builds, { TUG_ENGINES: 'sid', TUG_COMBINATIONS: 'all' }))
  }
  process.exitCode = summarize(counts, obstacle === undefined ? 0 : await countEndToEndTests())
} catch (error) {
  if (!(error instanceof SectionFailed)) throw error
  console.error(`\n${isInterrupted ? 'interrupted' : error.message}`)
  process.exitCode = error.exitCode
} finally {
  await removeWorkspace(workspace)
  restoreOwner(ROOT, CACHES)
}

/** Runs a section whose output appears as it is written. @throws SectionFailed */
async function section(title: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  console.log(heading(title, words))
  await finish(title, start(words, 'inherit', env))
}

/** Runs a section whose output appears at its end, so that others can run at the same time. @throws SectionFailed */
async function quietSection(title: string, words: readonly string[]): Promise<void> {
  const child = start(words, 'pipe')
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => output.push(text))
  await finish(title, child).finally(() => console.log(`${heading(title, words)}\n${output.join('')}`.trimEnd()))
}

function heading(title: string, words: readonly string[]): string {
  return `\n== ${title}: ${words.join(' ')}`
}

function start([file = '', ...args]: readonly string[], output: 'inherit' | 'pipe', env: NodeJS.ProcessEnv = {}) {
  return spawn(file, args, {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: { ...process.env, PATH, TMPDIR: workspace.directory, ...env },
  })
}

/** Waits for the end of a section and passes signals on to it. @throws SectionFailed */
async function finish(title: string, child: ChildProcess): Promise<void> {
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, forward)
  const [code]: (number | null)[] = await once(child, 'close')
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, forward)
  if (code !== 0) throw new SectionFailed(title, code ?? 1)
}

/** Runs tests. @throws SectionFailed if they were interrupted or could not be started */
async function tests(title: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  const report = join(workspace.directory, 'report.json')
  rmSync(report, { force: true })
  const reporters = [
    '--reporter=default',
    '--reporter=./test/support/report-retries.ts',
    '--reporter=./test/support/report-skipped.ts',
    '--reporter=./test/support/report-sample.ts',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  let exitCode = 0
  try {
    await section(title, ['vitest', 'run', ...reporters, ...args], env)
  } catch (error) {
    if (!(error instanceof SectionFailed) || isInterrupted || !existsSync(report)) throw error
    exitCode = error.exitCode
  }
  return { ...JSON.parse(readFileSync(report, 'utf8')), exitCode }
}

/** Prints the closing lines. Returns the exit code. @param endToEnd the number of end-to-end tests that did not run */
function summarize(counts: readonly Counts[], endToEnd: number): number {
  const sum = (key: keyof Counts) => counts.reduce((total, { [key]: count }) => total + count, 0)
  const notRun = sum('numPendingTests') + endToEnd
  if (obstacle !== undefined) {
    console.log(`
The ${format(endToEnd)} end-to-end tests in test/e2e and test/parity/live did not run, because ${obstacle}.
They start engines, for which they have to run as root on Linux, and in a container only with --privileged:
  ${process.getuid?.() === 0 ? 'npm test' : 'sudo npm test'}`)
  }
  const numbers = [`${format(sum('numPassedTests'))} passed`, `${format(sum('numFailedTests'))} failed`]
  if (notRun > 0) numbers.push(`${format(notRun)} not run`)
  console.log(`\n${numbers.join(', ')}${obstacle === undefined ? '' : `: ${obstacle}`}`)
  const failure = counts.find(({ exitCode }) => exitCode !== 0)
  if (failure !== undefined) {
    console.error('Tests failed')
    return failure.exitCode
  }
  if (notRun === 0 || !isCi) return 0
  console.error('Every test has to run where CI is set.')
  return 1
}

/** Counts the end-to-end tests by loading their files, which takes three seconds. @throws SectionFailed */
async function countEndToEndTests(): Promise<number> {
  const list = join(workspace.directory, 'end-to-end-tests.json')
  const words = ['vitest', 'list', '--project', 'e2e', '--no-static-parse', '--no-isolate', '--maxWorkers=1']
  await section('Count of the end-to-end tests', [...words, `--json=${list}`], { TUG_ENGINES: 'none' })
  const listed: unknown[] = JSON.parse(readFileSync(list, 'utf8'))
  return listed.length
}

function format(count: number): string {
  return count.toLocaleString('en')
}
