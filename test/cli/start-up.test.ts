import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const DIST = new URL('../../dist/', import.meta.url)

/** `import{a as b}from"./x.js"`, `import"./x.js"`, `export*from"./x.js"`, as the minifier writes them. */
const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^'"();]*?\bfrom\s*)?["']([^"']+)["']/g

/** Returns what the built program loads at start-up: URLs of files and names of modules. */
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

/** Modules that load fast. The bundler adds `node:module` for CommonJS packages. */
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
])('%s loads no slow Node module and no package', (command) => {
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
])('%s loads the template engine only for a format', (command) => {
  const modules = [...loaded(new URL('main.js', DIST)), ...loaded(new URL(`commands/${command}.js`, DIST))]
  const files = modules.filter((module) => module.startsWith('file:'))
  expect(files.length).toBeGreaterThan(1)
  expect(files.filter((file) => isTemplateEngine(new URL(file)))).toEqual([])
})

// Without this control, another wording of the message would let the test above pass whatever is loaded.
test('the template engine is recognized in the build', () => {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  expect(files.filter((name) => isTemplateEngine(new URL(name, DIST))).length).toBeGreaterThan(0)
})

/** Whether a file contains the parser of templates, by one of its error messages. */
function isTemplateEngine(file: URL): boolean {
  return readFileSync(file, 'utf8').includes('non executable command in pipeline stage')
}

test('the imports of imports are found', () => {
  const modules = [...loaded(new URL('commands/image/build.js', DIST))]
  expect(modules).toContain('node:stream')
})

test('a Node that is too old gets a message', () => {
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
