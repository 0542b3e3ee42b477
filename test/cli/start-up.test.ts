import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { summaries } from '../../src/command-summaries.ts'
import { CertificateMaker } from '../support/certificates.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'
import type { Replies } from '../support/fake-replies.ts'
import { Terminal } from '../support/terminal.ts'

const DIST = new URL('../../dist/', import.meta.url)
const TUG = fileURLToPath(new URL('tug', DIST))
const SCRIPT = fileURLToPath(new URL('../../bin/tug.js', import.meta.url))

/** `import{a as b}from"./x.js"`, `import"./x.js"`, `export*from"./x.js"`, as the minifier writes them. */
const STATIC_IMPORT = /(?:^|[;}\n])(?:import|export)\s*(?:[\w$*{][^'"();]*?\bfrom\s*)?["']([^"']+)["']/g

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
  'container/export',
  'image/ls',
  'image/save',
  'image/load',
  'image/import',
  'image/build',
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
  ['container/ls', 7],
  ['image/ls', 7],
  ['container/stop', 7],
  ['container/rm', 6],
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

const one = 'c'.repeat(64)

/** Runs an action with a fake daemon that listens in a temporary directory, which is also the home directory. */
async function withDaemon<T>(
  replies: Replies,
  action: (directory: string, env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'tug-start-'))
  const daemon = new FakeDaemon({ replies })
  const host = await daemon.listen(join(directory, 'docker.sock'))
  try {
    return await action(directory, { DOCKER_HOST: host, HOME: directory, BUN_JSC_verboseOSR: '1' })
  } finally {
    await daemon.close()
    rmSync(directory, { recursive: true })
  }
}

/** Runs the executable with a fake daemon. @returns what JavaScriptCore says about the functions that run */
function traceOf(words: readonly string[], replies: Replies): Promise<string> {
  return withDaemon(replies, async (_, env) => (await promisify(execFile)(TUG, words, { env })).stderr)
}

/** The root of a container, as the daemon describes it to `cp`. */
const ROOT_STAT = Buffer.from(JSON.stringify({ name: '/', size: 4096, mode: 2147484141, linkTarget: '' })).toString(
  'base64',
)

test.each([
  { words: ['ps'], most: 363 },
  { words: ['images'], most: 371 },
  { words: ['inspect', one], most: 339 },
  { words: ['stop', one], most: 322 },
  { words: ['rm', one], most: 320 },
  { words: ['version'], most: 334 },
  { words: ['create', 'busybox'], most: 433 },
  { words: ['logs', one], most: 432 },
  { words: ['load', '-i', fileURLToPath(import.meta.url)], most: 415 },
  { words: ['save', '-o', '/dev/null', 'busybox'], most: 329 },
  { words: ['cp', fileURLToPath(import.meta.url), `${one}:/`], most: 466 },
])('the executable runs at most $most functions for $words.0', async ({ words, most }) => {
  const trace = await traceOf(words, {
    'GET /containers/json': { json: [{ Id: one, Names: ['/web'], Image: 'busybox', State: 'running' }] },
    [`GET /containers/${one}/json`]: { json: { Id: one, Config: { Tty: true }, HostConfig: {}, State: {} } },
    [`POST /containers/${one}/stop`]: { status: 204 },
    [`DELETE /containers/${one}`]: { status: 204 },
    'GET /images/json': { json: [{ Id: `sha256:${one}`, RepoTags: ['busybox:latest'] }] },
    'POST /containers/create': { status: 201, json: { Id: one, Warnings: [] } },
    [`GET /containers/${one}/logs`]: { chunks: ['a line\n'] },
    'POST /images/load': { json: { stream: 'Loaded image: busybox:latest\n' } },
    'GET /images/get': { chunks: ['an archive'] },
    [`HEAD /containers/${one}/archive`]: { headers: { 'X-Docker-Container-Path-Stat': ROOT_STAT } },
    [`PUT /containers/${one}/archive`]: {},
    'GET /version': { json: { Version: '28.2.2', ApiVersion: '1.50' } },
  })
  const functions = trace.match(/Installing .*LLInt/g) ?? []
  expect(functions.length).toBeGreaterThan(200)
  expect(functions.length).toBeLessThanOrEqual(most)
})

/** Returns the modules of Node in a trace that the executable has loaded. */
function nodeModulesIn(trace: string): string[] {
  return [...trace.matchAll(/Installing ((?:node|internal):[^#]+)#/g)].map(([, name = '']) => name)
}

const A_CONTAINER: Replies = {
  'GET /containers/json': { json: [{ Id: one, Names: ['/web'], State: 'running', Status: 'Up 2 hours' }] },
}

test('the executable loads no module of Node to print a list on a terminal, in colors', async () => {
  const { trace, output } = await withDaemon(A_CONTAINER, async (directory, env) => {
    const file = join(directory, 'trace')
    const options = { env: { ...env, PATH: process.env.PATH, TERM: 'xterm-256color' }, columns: 120 }
    const terminal = Terminal.open('sh', ['-c', 'exec "$0" ps 2>"$1"', TUG, file], options)
    await terminal.exit()
    return { trace: readFileSync(file, 'utf8'), output: terminal.output }
  })
  expect(output).toContain('\u001b[32mUp 2 hours\u001b[39m')
  expect(nodeModulesIn(trace)).toEqual([])
})

test('the executable loads no module of Node to find the daemon of a context', async () => {
  const { stdout, stderr } = await withDaemon(A_CONTAINER, (directory, { DOCKER_HOST, ...env }) => {
    const meta = join(directory, '.docker/contexts/meta', createHash('sha256').update('work').digest('hex'))
    mkdirSync(meta, { recursive: true })
    const context = { Name: 'work', Endpoints: { docker: { Host: DOCKER_HOST } } }
    writeFileSync(join(meta, 'meta.json'), JSON.stringify(context))
    writeFileSync(join(directory, '.docker/config.json'), JSON.stringify({ currentContext: 'work', auths: {} }))
    return promisify(execFile)(TUG, ['ps', '-q'], { env })
  })
  expect(stdout).toBe(`${one.slice(0, 12)}\n`)
  expect(nodeModulesIn(stderr)).toEqual([])
})

test('the executable loads no module of Node to print a list over TCP', async () => {
  const daemon = new FakeDaemon({ replies: A_CONTAINER })
  const env = { DOCKER_HOST: await daemon.listen(), HOME: '/nonexistent', BUN_JSC_verboseOSR: '1' }
  const { stdout, stderr } = await promisify(execFile)(TUG, ['ps', '-q'], { env })
  await daemon.close()
  expect(stdout).toBe(`${one.slice(0, 12)}\n`)
  expect(nodeModulesIn(stderr)).toEqual([])
})

test('the executable sends a request over TLS without node:http, node:net and node:tls', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tug-start-'))
  const maker = new CertificateMaker(directory)
  const certificates = await maker.certificate('daemon', await maker.authority('ca'))
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => readFileSync(join(certificates, name)))
  const hosts = new Set<string | undefined>()
  const names = new Set<unknown>()
  const server = createServer({ cert, key }, (request, response) => {
    hosts.add(request.headers.host)
    names.add(Reflect.get(request.socket, 'servername'))
    response.writeHead(200, { 'Api-Version': '1.50' }).end(request.method === 'GET' ? '[]' : undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const env = {
    DOCKER_HOST: `tcp://${host}`,
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: certificates,
    HOME: directory,
    BUN_JSC_verboseOSR: '1',
  }
  const { stdout, stderr } = await promisify(execFile)(TUG, ['ps'], { env })
  server.closeAllConnections()
  server.close()
  rmSync(directory, { recursive: true })
  expect(stdout).toMatch(/^CONTAINER ID .*\n$/)
  expect([...hosts]).toEqual([host])
  // A client may not send an IP address as the server's name.
  expect([...names]).toEqual([false])
  expect(nodeModulesIn(stderr).filter((name) => /^node:(https?|net|tls|stream)$/.test(name))).toEqual([])
})

test('modules of Node are found in a trace: load reads its file with node:fs', async () => {
  const trace = await traceOf(['load', '-i', fileURLToPath(import.meta.url)], {
    'POST /images/load': { json: { stream: 'Loaded image: busybox:latest\n' } },
  })
  expect(nodeModulesIn(trace)).toContain('node:fs')
})

/** Yields an empty list over 200 ms, which is longer than most commands take. */
async function* slowly() {
  yield '['
  await new Promise((resolve) => setTimeout(resolve, 200))
  yield ']'
}

test('the executable compiles hot code as soon as usual when a command takes longer than most', async () => {
  const trace = await traceOf(['ps'], { 'GET /containers/json': { stream: slowly() } })
  expect(trace).toContain('Startup JIT deferral scale set to 10')
  expect(trace).toContain('Ending startup JIT deferral window')
})

test('imports of imports are found: cp needs constants of node:fs', () => {
  expect([...loaded(new URL('commands/container/cp.js', DIST))]).toContain('node:fs')
})

/** Runs `ps` in Node with a fake daemon. @returns which of the modules it has loaded in the end */
async function loadedInNode(names: readonly string[], replies: Replies): Promise<string[]> {
  const print = 'process.on("exit", () => console.error(process.moduleLoadList.join("\\n")))'
  const daemon = new FakeDaemon({ replies })
  const host = await daemon.listen()
  try {
    const words = ['--import', `data:text/javascript,${print}`, SCRIPT, '-H', host, 'ps']
    const { stderr } = await promisify(execFile)(process.execPath, words, { env: {} })
    return names.filter((name) => stderr.includes(`NativeModule ${name}\n`))
  } finally {
    await daemon.close()
  }
}

test('in Node, ps of a daemon without TLS does not load the modules for TLS', async () => {
  const loadedModules = await loadedInNode(['http', 'https', 'tls'], { 'GET /containers/json': { json: [] } })
  expect(loadedModules).toEqual(['http'])
})

test('in Node, a command that takes longer than most loads node:v8 and changes how it compiles', async () => {
  expect(await loadedInNode(['v8'], { 'GET /containers/json': { stream: slowly() } })).toEqual(['v8'])
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
