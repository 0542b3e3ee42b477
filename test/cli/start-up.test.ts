import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { summaries } from '../../src/command-summaries.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'

const DIST = new URL('../../dist/', import.meta.url)
const SCRIPT = fileURLToPath(new URL('../../bin/tug.js', import.meta.url))

/** `import{a as b}from"./x.js"`, `import"./x.js"`, `export*from"./x.js"`, as the minifier writes them. */
const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^'"();]*?\bfrom\s*)?["']([^"']+)["']/g

/** Returns the files and modules that a built file imports statically, those of its imports included. */
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

/** Returns the files and modules that are loaded before a command can run. */
function loadedBy(command: string): string[] {
  return [...loaded(new URL('main.js', DIST)), ...loaded(new URL(`commands/${command}.js`, DIST))]
}

/** Whether one of the built files holds the template parser, recognized by two of its error messages. */
function hasTemplateParser(modules: readonly string[]): boolean {
  const sources = modules
    .filter((module) => module.startsWith('file:'))
    .map((module) => readFileSync(new URL(module), 'utf8'))
  return sources.some((source) => source.includes('unexpected EOF') && source.includes('non executable command'))
}

/** `import { a } from './x.ts'` and `} from './x.ts'`. What is only imported as a type is not loaded. */
const SOURCE_IMPORT = /^(?:import (?!type )\{.*|\}) from '(\.[^']+)'$/gm
const TYPE_IMPORT = /^import type \{[^}]*\} from '[^']+'$/gm

/** Returns the sources that a source imports statically, itself and those of its imports included. */
function sourcesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').replace(TYPE_IMPORT, '')
  for (const [, name = ''] of text.matchAll(SOURCE_IMPORT)) sourcesOf(join(dirname(file), name), seen)
  return seen
}

/** Modules that cost next to nothing. The bundler adds `node:module` for CommonJS packages. */
const CHEAP = ['node:module']

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
])('%s starts without loading an expensive Node module or any package', (command) => {
  const modules = loadedBy(command)
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
])('%s starts without the template parser, which only --format needs', (command) => {
  expect(hasTemplateParser(loadedBy(command))).toBe(false)
})

test('the check for the template parser recognizes it in the built files', () => {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  expect(hasTemplateParser(files.map((name) => new URL(name, DIST).href))).toBe(true)
})

test('ps starts without the summaries of commands and the rest of package.json, which it does not use', () => {
  const unused = [JSON.stringify(summaries.container).slice(1, -1), 'fastest-levenshtein']
  const texts = loadedBy('container/ls')
    .filter((module) => module.startsWith('file:'))
    .map((module) => readFileSync(new URL(module), 'utf8'))
  expect(texts.filter((text) => unused.some((part) => text.includes(part)))).toEqual([])
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  expect(files.some((name) => readFileSync(new URL(name, DIST), 'utf8').includes(unused[0] ?? ''))).toBe(true)
})

test.each([
  ['container/ls', 12],
  ['image/ls', 12],
  ['container/stop', 8],
  ['container/rm', 8],
])('%s starts with at most %i built files', (command, most) => {
  expect(loadedBy(command).filter((module) => module.startsWith('file:')).length).toBeLessThanOrEqual(most)
})

test.each([
  'container/ls',
  'image/ls',
  'container/stop',
  'container/rm',
])('%s loads no other sources before it runs than those that are listed for it', async (command) => {
  const sources = [...sourcesOf('main.ts'), ...sourcesOf(`commands/${command}.ts`)]
  const list = [...new Set(sources)].sort().map((file) => `${file}\n`)
  await expect(list.join('')).toMatchFileSnapshot(`start-up/${command.replace('/', '-')}.txt`)
})

test('imports of imports are found: build needs streams', () => {
  expect([...loaded(new URL('commands/image/build.js', DIST))]).toContain('node:stream')
})

test('in Node, ps of a daemon without TLS does not load the modules for TLS', async () => {
  const print = 'process.on("exit", () => console.error(process.moduleLoadList.join("\\n")))'
  const daemon = new FakeDaemon({ replies: { 'GET /containers/json': { json: [] } } })
  const host = await daemon.listen()
  try {
    const words = ['--import', `data:text/javascript,${print}`, SCRIPT, '-H', host, 'ps']
    const { stderr } = await promisify(execFile)(process.execPath, words, { env: {} })
    expect(['http', 'https', 'tls'].filter((name) => stderr.includes(`NativeModule ${name}\n`))).toEqual(['http'])
  } finally {
    await daemon.close()
  }
})

test('bin/tug.js refuses to start on a Node version that is too old', () => {
  const older = 'import module from "node:module"; delete module.enableCompileCache; module.syncBuiltinESMExports()'
  const { status, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${older}`, SCRIPT], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `tug needs Node 22.22.2 or later, and this is Node ${process.versions.node}.\n`,
  })
})
