import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EngineState } from '../../support/engine-state.ts'
import { request } from '../../support/engines/http.ts'
import { combinations } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'

interface Build {
  readonly name: string
  /** The content of files by path; `base64:` marks binary content. */
  readonly files: Readonly<Record<string, string>>
  readonly links?: Readonly<Record<string, string>>
  readonly modes?: Readonly<Record<string, number>>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly expected: {
    readonly exitCode: number
    readonly stdout: string
    /** Without docker's notice that the classic builder is deprecated. */
    readonly stderr: string
    /** The image's Config. */
    readonly config?: object
    /** The content of the file that `--iidfile IID` wrote. */
    readonly iid?: string
  }
}

/**
 * Recorded from `docker build --no-cache` 28.2.2 with Engine 20.10, with placeholders for ids and the context's
 * directory.
 */
const builds: Build[] = JSON.parse(await readFile(new URL('golden/corpus.json', import.meta.url), 'utf8'))

const NOTICE = /^DEPRECATED: The legacy builder[\s\S]*?environment-variable\.\n\n/

/**
 * The size of a compressed context, which depends on the compressor. Only compressed contexts are smaller than a block.
 */
const COMPRESSED_SIZE = /daemon +\d+B/

const RECORDED_API = '1.41'

describe.each(combinations())('$program.name on $engine.name', ({ program, engine }) => {
  const state = new EngineState(engine.socket)
  let shell: Shell
  let directory: string

  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket, env: { DOCKER_BUILDKIT: '0' } })
    await shell.succeed('tug build -', { input: 'FROM busybox\nLABEL pulled=1\n' })
  })
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-build-'))
  })
  afterEach(async () => {
    await rm(directory, { recursive: true })
    await rm(`${directory}.iid`, { force: true })
    await state.removeContainers()
  })
  afterAll(() => shell.close())

  // The builder's output differs between engines; the corpus is that of 20.10.
  test.each(engine.apiVersion === RECORDED_API && program === programs[0] ? builds : [])('$name', async ({
    files,
    links = {},
    modes = {},
    args = [],
    env = {},
    expected,
  }) => {
    await writeContext(files, links, modes)
    const settings = Object.entries(env).map(([name, value]) => `${name}=${value} `)
    const iid = `${directory}.iid`
    const typed = args.map((arg) => `'${arg === 'IID' ? iid : arg}'`).join(' ')
    const outcome = await shell.run(`${settings.join('')}tug build --no-cache ${typed} .`, { cwd: directory })
    expect({ exitCode: outcome.exitCode, stdout: known(outcome.stdout), stderr: errorsOf(outcome.stderr) }).toEqual({
      exitCode: expected.exitCode,
      stdout: expected.stdout,
      stderr: expected.stderr,
    })
    if (expected.config) expect(await configOf(outcome.stdout)).toEqual(expected.config)
    if (expected.iid !== undefined) expect(known(await readFile(iid, 'utf8'))).toBe(expected.iid)
  })

  test('a second build uses the cache for every step', async () => {
    await writeContext({ Dockerfile: 'FROM busybox\nCOPY a /a\nRUN date > /date\n', a: 'x' })
    const first = await shell.succeed('tug build -q .', { cwd: directory })
    expect(await shell.succeed('tug build -q .', { cwd: directory })).toBe(first)
    expect(await shell.succeed('tug build .', { cwd: directory })).toMatch(/Using cache/i)
  })

  test('Ctrl-C also ends the build on the engine', async () => {
    await writeContext({ Dockerfile: 'FROM busybox\nRUN sleep 100\n' })
    const terminal = shell.terminal('tug build .', { cwd: directory })
    await terminal.waitFor(/Running in|RUN sleep/)
    terminal.type('\x03')
    expect((await terminal.exit()).exitCode).toBe(130)
    await terminal.close()
    await expect.poll(() => state.containers()).toEqual([])
  })

  async function writeContext(
    files: Readonly<Record<string, string>>,
    links: Readonly<Record<string, string>> = {},
    modes: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      const bytes = content.startsWith('base64:') ? Buffer.from(content.slice(7), 'base64') : Buffer.from(content)
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), bytes)
      await chmod(join(directory, path), modes[path] ?? 0o644)
    }
    for (const [path, target] of Object.entries(links)) await symlink(target, join(directory, path))
  }

  async function configOf(stdout: string): Promise<object> {
    const id = /Successfully built (\w+)/.exec(stdout)?.[1] ?? stdout.trim()
    const { body } = await request({ socketPath: engine.socket, method: 'GET', path: `/images/${id}/json` })
    // The image that a step started from and the name of its container differ in every run.
    const { Image: _image, Hostname: _hostname, ...config } = JSON.parse(body).Config
    return config
  }

  function errorsOf(stderr: string): string {
    expect(stderr).toMatch(NOTICE)
    return known(stderr.replace(NOTICE, ''))
  }

  function known(text: string): string {
    return (
      text
        .replace(/sha256:[0-9a-f]{64}/g, 'sha256:ID')
        .replace(/\b[0-9a-f]{12}\b/g, 'ID')
        .replaceAll(directory, 'CONTEXT')
        .replace(COMPRESSED_SIZE, 'daemon SIZE')
        // The daemon colors each piece of a step's stderr, and the pieces vary.
        .replaceAll('\x1b[0m\x1b[91m', '')
    )
  }
})
