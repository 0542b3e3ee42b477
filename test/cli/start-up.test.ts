import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const DIST = new URL('../../dist/', import.meta.url)

/** `import{a as b}from"./x.js"`, `import"./x.js"`, `export*from"./x.js"`, as the minifier writes them. */
const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^'"();]*?\bfrom\s*)?["']([^"']+)["']/g

/** What the built program loads before it can do anything, by file name or module name. */
function loaded(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  if (!existsSync(file)) throw new Error(`${fileURLToPath(file)} is missing: run \`npm run build\``)
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    if (name.startsWith('.')) loaded(new URL(name, file), seen)
    else seen.add(name)
  }
  return seen
}

/** What costs next to nothing. `node:module` is the bundler's, for packages that are CommonJS. */
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
])('%s starts without loading a costly module of Node, or any package', (command) => {
  const modules = [...loaded(new URL('main.js', DIST)), ...loaded(new URL(`commands/${command}.js`, DIST))]
  expect(modules.length).toBeGreaterThan(2)
  const builtin = modules.filter((module) => !module.startsWith('file:'))
  expect(builtin.filter((module) => !CHEAP.includes(module))).toEqual([])
})

test.each([
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
])('%s starts without the template engine, which only a format needs', (command) => {
  const modules = [...loaded(new URL('main.js', DIST)), ...loaded(new URL(`commands/${command}.js`, DIST))]
  const sources = modules
    .filter((module) => module.startsWith('file:'))
    .map((module) => readFileSync(new URL(module), 'utf8'))
  // One of the parser's own sentences.
  expect(
    sources.filter((source) => source.includes('unexpected EOF') && source.includes('non executable command')),
  ).toEqual([])
})

test('the closure is followed: what a build loads is found', () => {
  const modules = [...loaded(new URL('commands/image/build.js', DIST))]
  expect(modules).toContain('node:stream')
})

test('a Node that is too old is told so', () => {
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
