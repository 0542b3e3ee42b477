import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const DIST = new URL('../../dist/', import.meta.url)

/** `import{a as b}from"./x.js"`, `import"./x.js"`, `export*from"./x.js"`, as the minifier writes them. */
const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^'"();]*?\bfrom\s*)?["']([^"']+)["']/g
const DYNAMIC_IMPORT = /\bimport\(\s*["']([^"']+)["']\s*\)/g

/** Returns all modules that a built file imports directly or indirectly, as URLs or names, and the file itself. */
function importsOf(file: URL, patterns: readonly RegExp[], found = new Set<string>()): Set<string> {
  if (found.has(file.href)) return found
  found.add(file.href)
  if (!existsSync(file)) throw new Error(`${fileURLToPath(file)} is missing: run \`npm run build\``)
  const source = readFileSync(file, 'utf8')
  for (const [, name = ''] of patterns.flatMap((pattern) => [...source.matchAll(pattern)])) {
    if (name.startsWith('.')) importsOf(new URL(name, file), patterns, found)
    else found.add(name)
  }
  return found
}

/** Returns the modules that are loaded before a command can run. */
function loadedAtStart(command: string): string[] {
  const files = ['main.js', `commands/${command}.js`]
  return files.flatMap((file) => [...importsOf(new URL(file, DIST), [STATIC_IMPORT])])
}

/** The built-in modules that cost next to nothing. The bundler needs `node:module` for packages that are CommonJS. */
const CHEAP = ['node:fs', 'node:os', 'node:path', 'node:module', 'node:timers/promises']

test.each([
  'container/ls',
  'container/run',
  'container/create',
  'container/exec',
  'container/start',
  'container/logs',
  'image/ls',
  'container/stop',
  'container/kill',
  'container/rm',
  'image/rm',
  'image/tag',
  'image/history',
  'network/ls',
  'volume/ls',
])('%s starts without loading costly modules of Node or packages', (command) => {
  const modules = loadedAtStart(command)
  expect(modules.length).toBeGreaterThan(2)
  const builtin = modules.filter((module) => !module.startsWith('file:'))
  expect(builtin.filter((module) => !CHEAP.includes(module))).toEqual([])
})

test('finds the costly modules that `image build` loads', () => {
  expect(loadedAtStart('image/build')).toContain('node:stream')
})

describe('the template engine', () => {
  /** The built files that contain the template parser, recognized by two of its error messages. */
  const engine = globSync('**/*.js', { cwd: DIST })
    .map((name) => new URL(name, DIST))
    .filter((file) => {
      const source = readFileSync(file, 'utf8')
      return source.includes('unexpected EOF') && source.includes('non executable command')
    })
    .map(({ href }) => href)

  const COMMANDS = [
    'container/ls',
    'image/ls',
    'image/history',
    'network/ls',
    'volume/ls',
    'container/stats',
    'container/inspect',
    'inspect',
    'version',
    'system/info',
  ]

  test.each(COMMANDS)('is not loaded when %s starts, because only a format needs it', (command) => {
    expect(loadedAtStart(command).filter((module) => engine.includes(module))).toEqual([])
  })

  // Without this, the test above would pass if the messages above were not those of the parser.
  test.each(COMMANDS)('is found among the modules that %s can load', (command) => {
    const modules = importsOf(new URL(`commands/${command}.js`, DIST), [STATIC_IMPORT, DYNAMIC_IMPORT])
    expect([...modules].filter((module) => engine.includes(module))).not.toEqual([])
  })
})

test('reports a Node that is too old', () => {
  const older = 'import module from "node:module"; delete module.enableCompileCache; module.syncBuiltinESMExports()'
  const script = fileURLToPath(new URL('../../bin/tug.js', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${older}`, script], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `tug needs Node 22.22.2 or later, and this is Node ${process.versions.node}.\n`,
  })
})
