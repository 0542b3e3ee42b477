import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, type CompileOptions } from 'bun'
import { withBytecodeOrder } from './build/bytecode-order.ts'
import { lean } from './build/lean.ts'
import { restoreOwner } from './build/owner.ts'
import { manPages } from './generate/reference/man.ts'
import { sourceCommands } from './generate/source-commands.ts'

/**
 * Builds `dist/`, which `bin/tug.js` runs under Node, `dist/tug`, the executable for this machine, and the man pages in
 * `dist/man`. Bun runs this script: `bun scripts/build.ts`. With `OUTFILE TARGET RUNTIME` it builds only an executable,
 * for another platform: `bun scripts/build.ts /tmp/tug bun-linux-arm64 /tmp/bun`, where RUNTIME is Bun's own executable
 * for that platform. This needs the executable in `dist/`, which records what a start uses.
 */
const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const EXECUTABLE = join(DIST, 'tug')

/** When the commit was made, in ISO 8601; empty when the sources are not in a checkout. */
const BUILD_TIME = git('log', '-1', '--format=%cI')

/** How late hot functions are compiled at first, as a multiple of what is usual (src/cli/jit-policy.ts). */
const JIT_POLICY = 10

const common = {
  minify: true,
  define: {
    TUG_COMMIT: JSON.stringify(git('rev-parse', '--short=7', 'HEAD') || 'unknown'),
    TUG_BUILD_TIME: JSON.stringify(BUILD_TIME),
    'process.env.NODE_ENV': '"production"',
  },
  plugins: [{ name: 'lean', setup: lean }],
} satisfies Partial<BuildOptions>

const [outfile, target, executablePath] = process.argv.slice(2)
if (outfile === undefined) {
  rmSync(DIST, { recursive: true, force: true })
  await buildForNode()
  await buildExecutable({ outfile: EXECUTABLE })
  await withBytecodeOrder(EXECUTABLE, (bytecodeOrder) => buildExecutable({ outfile: EXECUTABLE, bytecodeOrder }))
  await writeManPages(join(DIST, 'man'))
  restoreOwner(ROOT, ['dist'])
} else if (target !== undefined && executablePath !== undefined) {
  await withBytecodeOrder(EXECUTABLE, (bytecodeOrder) =>
    buildExecutable({ outfile, target, executablePath, bytecodeOrder }),
  )
} else {
  throw new Error('build.ts takes no arguments, or OUTFILE TARGET RUNTIME')
}

function buildForNode(): Promise<void> {
  return buildOrFail({
    ...common,
    entrypoints: ['src/main.ts', ...globSync('src/commands/**/*.ts', { cwd: ROOT })].map((file) => join(ROOT, file)),
    root: join(ROOT, 'src'),
    outdir: DIST,
    target: 'node',
    format: 'esm',
    splitting: true,
    naming: { chunk: 'chunks/[name]-[hash].[ext]' },
  })
}

/**
 * @param options where the executable goes, for another platform than this one also its name and its runtime, and the order
 * of the bytecode
 */
function buildExecutable(
  options: Pick<CompileOptions, 'outfile' | 'target' | 'executablePath' | 'bytecodeOrder'>,
): Promise<void> {
  return buildOrFail({
    ...common,
    entrypoints: [join(ROOT, 'src/main.ts')],
    target: 'bun',
    format: 'esm',
    bytecode: true,
    // Each command is a chunk, so the executable reads only the code of the command that runs.
    splitting: true,
    // Without the two autoload options, the executable would read .env and run bunfig preloads of the working directory.
    // With any option of Bun (here execArgv) it also starts in a working directory that has been deleted.
    compile: {
      ...options,
      autoloadDotenv: false,
      autoloadBunfig: false,
      execArgv: ['--no-deprecation'],
      jitPolicy: JIT_POLICY,
    },
  })
}

async function writeManPages(directory: string): Promise<void> {
  const configuration = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8')
  const pages = manPages(await sourceCommands(), configuration, BUILD_TIME.slice(0, 'YYYY-MM-DD'.length))
  mkdirSync(directory)
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(directory, name), text)
}

async function buildOrFail(options: BuildOptions): Promise<void> {
  const result = await build(options)
  if (result.success) return
  for (const log of result.logs) console.error(log)
  throw new Error('the build failed')
}

/** Returns what git prints, or an empty string when the sources are not in a checkout. */
function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return ''
  }
}
