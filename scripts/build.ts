import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, type PluginBuilder } from 'bun'
import { manPages } from './generate/reference/man.ts'
import { sourceCommands } from './generate/source-commands.ts'

/**
 * Builds `dist/`, which `bin/tug.js` runs under Node, `dist/tug`, the executable for this machine, and the man pages in
 * `dist/man`. Bun runs this script: `bun scripts/build.ts`. With `OUTFILE TARGET RUNTIME` it builds only an executable,
 * for another platform: `bun scripts/build.ts /tmp/tug bun-linux-arm64 /tmp/bun`, where RUNTIME is Bun's own executable
 * for that platform.
 */
const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')

/**
 * Packages that dockerode and docker-modem load when they start, but tug never calls. They would double tug's start-up
 * time.
 */
const NEVER_CALLED = new RegExp(
  `^(${[
    ...['ssh2', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', 'tar-fs', '@balena/dockerignore', 'debug'],
    ...['split-ca', 'readable-stream', './http', './http_duplex', './ssh', './session', './buildkit'],
  ].join('|')})$`,
)

/** Node modules that these packages load, with the few members that they use while they are loaded. */
const BUILTINS: Readonly<Record<string, string>> = {
  os: "{ type: () => '' }",
  util: "{ inspect: { custom: Symbol.for('nodejs.util.inspect.custom') } }",
  ...Object.fromEntries(
    ['crypto', 'events', 'fs', 'http', 'https', 'path', 'querystring', 'stream', 'url', 'zlib'].map((name) => [
      name,
      '{}',
    ]),
  ),
}

const DOCKERODE = /node_modules\/(dockerode|docker-modem)\/lib\/[a-z_]+\.js$/

const STUB = `
const stub = () => { throw new Error('this module is not part of tug') }
module.exports = Object.assign(() => stub, { default: stub })
`

/** When the commit was made, in ISO 8601; empty when the sources are not in a checkout. */
const BUILD_TIME = git('log', '-1', '--format=%cI')

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
  await buildExecutable({ outfile: join(DIST, 'tug') })
  await writeManPages(join(DIST, 'man'))
} else if (target !== undefined && executablePath !== undefined) {
  await buildExecutable({ outfile, target, executablePath })
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

/** @param platform where the executable goes, and for another platform than this one also its name and its runtime */
function buildExecutable(platform: { outfile: string; target?: string; executablePath?: string }): Promise<void> {
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
    compile: { ...platform, autoloadDotenv: false, autoloadBunfig: false, execArgv: ['--no-deprecation'] },
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

/** Removes code from the bundles that would slow start-up down. */
function lean(builder: PluginBuilder): void {
  builder.onResolve({ filter: NEVER_CALLED }, ({ path, importer }) =>
    DOCKERODE.test(importer) ? { path: `stub of ${path}`, namespace: 'stub' } : undefined,
  )
  builder.onLoad({ filter: DOCKERODE }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replace(
      /require\(["']([a-z]+)["']\)/g,
      (call, name: string) => BUILTINS[name] ?? call,
    ),
    loader: 'js',
  }))
  // Only the version of package.json is used. The rest would be loaded at every start.
  builder.onLoad({ filter: /\/package\.json$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8')
    const { version } = JSON.parse(text)
    return { contents: path === join(ROOT, 'package.json') ? JSON.stringify({ version }) : text, loader: 'json' }
  })
  builder.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: STUB, loader: 'js' }))
  builder.onLoad({ filter: /@oclif\/core\/lib\/command\.js$/ }, ({ path }) => ({
    contents: leanCommand(readFileSync(path, 'utf8')),
    loader: 'js',
  }))
}

/**
 * Returns only the class of oclif's command.js, as an ES module. The file also initializes process.stdout, reads its
 * package.json and loads oclif's Config, parser and help, which DockerCommand replaces. The imports of methods that tug
 * does not call are stubs.
 */
function leanCommand(source: string): string {
  const start = source.indexOf('\nclass Command {')
  const end = source.indexOf('\nexports.Command = Command;')
  if (start < 0 || end < 0) throw new Error('@oclif/core/lib/command.js has changed: look for the class')
  const imports = [...source.slice(0, start).matchAll(/^const (\w+) = .*require\(/gm)].map(([, name]) => name)
  return [
    "const stub = () => { throw new Error('this part of oclif is not part of tug') }",
    `const ${imports.map((name) => `${name} = { makeDebug: () => stub, default: stub }`).join(', ')}`,
    "const pjson = { name: '@oclif/core', version: '' }",
    source.slice(start, end),
    'export { Command }',
  ].join('\n')
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
