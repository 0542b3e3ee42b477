import { mkdir, rm, writeFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { json } from '../support/fake-replies.ts'
import { Terminal } from '../support/terminal.ts'
import { caseDirectory } from './case-directory.ts'
import { multiPlatformImages } from './cases/image/image-data.ts'
import { programUnderTest } from './programs.ts'
import { runCase } from './run-case.ts'

// The tree is docker 29's, which docker 28 cannot record.

const program = programUnderTest()
const replies = { 'GET /images/json': json(multiPlatformImages) }
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Runs `images` on a terminal and returns the screen and the raw output. */
async function onTerminal(args: readonly string[], { imagesFormat = '', env = {} } = {}) {
  const directory = await caseDirectory('parity')
  const daemon = new FakeDaemon({ replies, apiVersion: '1.55' })
  const host = await daemon.listen(`${directory}/docker.sock`)
  await mkdir(`${directory}/.docker`)
  await writeFile(`${directory}/.docker/config.json`, JSON.stringify({ imagesFormat }))
  const [file = '', ...leading] = program
  const terminal = Terminal.open(file, [...leading, 'images', ...args], {
    env: { HOME: directory, DOCKER_HOST: host, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
  })
  closing.push(
    () => terminal.close(),
    () => daemon.close(),
    () => rm(directory, { recursive: true }),
  )
  expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
  return { screen: terminal.screen(), output: terminal.output, request: daemon.requests.at(-1) }
}

test('--tree prints the legend and colors on a terminal, and asks which images are used', async () => {
  const { screen, output, request } = await onTerminal(['--tree'])
  expect(screen.split('\n')[0]?.trimStart()).toBe('i Info →   U  In Use')
  expect(screen).not.toContain('WARNING')
  expect(screen).toContain('├─ linux/amd64')
  expect(output).toContain('\u001b[34m\u001b[1malpine:3.20')
  expect(request).toMatchObject({ version: '1.51', query: { manifests: '1' } })
})

test('--tree has no colors with NO_COLOR', async () => {
  const { screen, output } = await onTerminal(['--tree'], { env: { NO_COLOR: '1' } })
  expect(screen.split('\n')[0]?.trimStart()).toBe('Info ->  U In Use')
  expect(output).not.toContain('\u001b[')
})

test('imagesFormat "tree" prints the tree on a terminal', async () => {
  const { screen } = await onTerminal([], { imagesFormat: 'tree' })
  expect(screen).toContain('CONTENT SIZE')
  expect(screen).toContain('└─ linux/amd64')
})

test.each([
  ['--no-trunc'],
  ['-q'],
  ['--digests'],
  ['--format', 'table'],
])('imagesFormat "tree" does not apply with %s', async (...flags) => {
  const { screen } = await onTerminal(flags, { imagesFormat: 'tree' })
  expect(screen).not.toContain('CONTENT SIZE')
  expect(screen).not.toContain('─')
  expect(screen).not.toBe('')
})

test('imagesFormat "tree" does not change what scripts read', async () => {
  const outcome = async (config: object) => runCase(program, { argv: ['images'], config, replies })
  expect(await outcome({ imagesFormat: 'tree' })).toEqual(await outcome({}))
})

test('--tree prints untagged images with --all only', async () => {
  const bare = { Id: `sha256:${'7'.repeat(64)}`, RepoTags: [], RepoDigests: [], Created: 1, Size: 1 }
  const withBare = { 'GET /images/json': json([...multiPlatformImages, bare]) }
  const outcome = (...flags: string[]) => runCase(program, { argv: ['images', '--tree', ...flags], replies: withBare })
  expect((await outcome()).stdout).not.toContain('777777777777')
  expect((await outcome('--all')).stdout).toMatch(/^<untagged> +777777777777/m)
  expect((await outcome('--filter', 'dangling=true')).stdout).toMatch(/^<untagged> +777777777777/m)
})
