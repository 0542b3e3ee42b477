import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PluginBuilder } from 'bun'
import { coreImports, isLoadedOnDemand } from './core.ts'
import { LAZY_NAME, lazyModule, withLazyImports } from './lazy-modules.ts'

const ROOT = join(import.meta.dirname, '../..')

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

/**
 * The module with which chalk finds out how many colors a terminal has. tug sets the number of colors itself, and this module
 * loads node:tty, which takes as long as half of `tug ps`.
 */
const COLOR_DETECTION = /^#supports-color$/

/** Changes the bundles so that tug starts faster. */
export function lean(builder: PluginBuilder): void {
  builder.onResolve({ filter: NEVER_CALLED }, ({ importer }) =>
    DOCKERODE.test(importer) ? { path: 'stub', namespace: 'stub' } : undefined,
  )
  builder.onResolve({ filter: COLOR_DETECTION }, () => ({ path: 'no-colors', namespace: 'no-colors' }))
  builder.onLoad({ filter: /.*/, namespace: 'no-colors' }, () => ({
    contents: 'export default { stdout: false, stderr: false }',
    loader: 'js',
  }))
  builder.onLoad({ filter: DOCKERODE }, ({ path }) => ({
    contents: leanDockerode(readFileSync(path, 'utf8')),
    loader: 'js',
  }))
  // Only the version of package.json is used. The rest would be loaded at every start.
  builder.onLoad({ filter: /\/package\.json$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8')
    const { version } = JSON.parse(text)
    return { contents: path === join(ROOT, 'package.json') ? JSON.stringify({ version }) : text, loader: 'json' }
  })
  builder.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: STUB, loader: 'js' }))
  builder.onLoad({ filter: new RegExp(`^${join(ROOT, 'src')}/.*\\.ts$`) }, ({ path }) => ({
    contents: withLazyImports(readFileSync(path, 'utf8')) + (isLoadedOnDemand(path) ? coreImports() : ''),
    loader: 'ts',
  }))
  builder.onResolve({ filter: LAZY_NAME }, ({ path }) => ({ path, namespace: 'lazy' }))
  builder.onLoad({ filter: LAZY_NAME, namespace: 'lazy' }, ({ path }) => ({ contents: lazyModule(path), loader: 'js' }))
  builder.onLoad({ filter: /@oclif\/core\/lib\/command\.js$/ }, ({ path }) => ({
    contents: leanCommand(readFileSync(path, 'utf8')),
    loader: 'js',
  }))
}

/** Returns a file of dockerode without Node's modules, and with its classes loaded when an object is created. */
function leanDockerode(source: string): string {
  const classes = new Map(
    [...source.matchAll(/^ +([A-Z][a-z]+) = require\('(\.\/[a-z]+)'\),\n/gm)].map(([, name, file]) => [name, file]),
  )
  if (source.includes('Docker.prototype.') && classes.size === 0) {
    throw new Error('the main file of dockerode has changed: look for the classes that it loads')
  }
  return source
    .replace(/^ +[A-Z][a-z]+ = require\('\.\/[a-z]+'\),\n/gm, '')
    .replace(/^Docker\.[A-Z][a-z]+ = [A-Z][a-z]+;\n/gm, '')
    .replace(/\bnew ([A-Z][a-z]+)\(/g, (call, name: string) =>
      classes.has(name) ? `new (require('${classes.get(name)}'))(` : call,
    )
    .replace(/require\(["']([a-z]+)["']\)/g, (call, name: string) => BUILTINS[name] ?? call)
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
    'const stubs = { makeDebug: () => stub, default: stub }',
    `const ${imports.map((name) => `${name} = stubs`).join(', ')}`,
    "const pjson = { name: '@oclif/core', version: '' }",
    source.slice(start, end),
    'export { Command }',
  ].join('\n')
}
