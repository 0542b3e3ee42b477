import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'

/** Podman has no BuildKit. */
const withBuildKit = combinations().filter(({ engine }) => engine.kind !== 'podman')

/** This engine has no history of builds and therefore no provenance. */
const OLD_API = '1.41'

let directory: string
/** A working tree with two commits; the first one is also a branch. */
let tree: string
let commit: string

const git = async (...args: readonly string[]) => (await execa('git', ['-C', tree, ...args])).stdout

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-origin-'))
  tree = join(directory, 'served/repo')
  await mkdir(join(tree, 'sub'), { recursive: true })
  await git('init', '-q', '-b', 'main')
  await git('config', 'user.email', 'some@example.com')
  await git('config', 'user.name', 'Some One')
  await writeFile(join(tree, 'sub/Dockerfile'), 'FROM scratch\nCOPY told /\n')
  await writeFile(join(tree, 'Dockerfile'), 'FROM scratch\nCOPY sub/told /\n')
  await writeFile(join(tree, 'sub/told'), 'the first')
  await git('add', '-A')
  await git('commit', '-qm', 'first')
  await git('branch', 'old')
  await writeFile(join(tree, 'sub/told'), 'the second')
  await git('commit', '-qam', 'second')
  await git('remote', 'add', 'origin', 'https://user:s3cret@example.com/a/repo.git')
  commit = await git('rev-parse', 'HEAD')
})
afterEach(() => rm(directory, { recursive: true }))

/** Serves the repositories below a directory with git's protocol. */
class GitDaemon implements AsyncDisposable {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  static async open(base: string): Promise<GitDaemon> {
    for (;;) {
      const port = await freePort()
      const args = ['--verbose', '--export-all', `--base-path=${base}`, '--listen=127.0.0.1', `--port=${port}`]
      const child = spawn('git', ['daemon', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
      const isReady = Promise.withResolvers<boolean>()
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('Ready to rumble')) isReady.resolve(true)
      })
      // Another process may have taken the port in the meantime.
      child.on('exit', () => isReady.resolve(false))
      if (await isReady.promise) return new GitDaemon(child, port)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill()
    await ended
  }
}

describe.each(withBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
  })
  afterAll(() => shell.close())

  test('provenance and origin in the metadata file', async () => {
    const file = join(directory, 'meta.json')
    const built = await shell.run(`BUILDX_METADATA_PROVENANCE=max tug build --metadata-file ${file} sub`, { cwd: tree })
    expect(built).toMatchObject({ exitCode: 0, stdout: '' })
    const text = await readFile(file, 'utf8')
    expect(text).not.toContain('s3cret')
    const { 'buildx.build.provenance': provenance } = JSON.parse(text)
    if (engine.apiVersion === OLD_API) {
      expect(provenance).toBeUndefined()
      expect(built.stderr).not.toContain('resolving provenance')
      return
    }
    expect(built.stderr).toContain('resolving provenance for metadata file')
    expect(provenance.metadata['https://mobyproject.org/buildkit@v1#metadata'].vcs).toEqual({
      'localdir:context': 'sub',
      'localdir:dockerfile': 'sub',
      revision: commit,
      source: 'https://example.com/a/repo.git',
    })
    expect(provenance.buildConfig.llbDefinition).not.toEqual([])
  })

  test('labels with the origin', async () => {
    await writeFile(join(tree, 'new'), 'not committed')
    const tag = `tug-origin-${process.pid}`
    await shell.succeed(`BUILDX_GIT_LABELS=1 BUILDX_GIT_CHECK_DIRTY=1 tug build -q -t ${tag} sub`, { cwd: tree })
    const labels = await shell.succeed(`tug image inspect -f '{{json .Config.Labels}}' ${tag}`)
    expect(JSON.parse(labels)).toEqual({
      'com.docker.image.source.entrypoint': 'sub/Dockerfile',
      'org.opencontainers.image.revision': `${commit}-dirty`,
      'org.opencontainers.image.source': 'https://example.com/a/repo.git',
    })
    await shell.succeed(`tug rmi -f ${tag}`)
  })

  test('a git repository that the engine fetches', async () => {
    await using served = await GitDaemon.open(join(directory, 'served'))
    const build = (fragment: string) =>
      shell.run(`tug build -o ${directory}/out git://127.0.0.1:${served.port}/repo${fragment}`)
    const first = await build('#old')
    // The root file systems of the other engines have no git, and their BuildKit reports that.
    if (engine.kind !== 'machine') {
      expect(first.stderr).toMatch(/^ERROR: failed to build: failed to solve: .*"?git"?: executable file not found/ms)
      expect(first.exitCode).toBe(1)
      return
    }
    expect(first.exitCode, first.stderr).toBe(0)
    expect(await readFile(join(directory, 'out/told'), 'utf8')).toBe('the first')
    const second = await build('#main')
    expect(second.exitCode, second.stderr).toBe(0)
    expect(await readFile(join(directory, 'out/told'), 'utf8')).toBe('the second')
    const directoryOnly = await build('#main:sub')
    expect(directoryOnly.stderr).toMatch(/^ERROR: .* subdir not supported yet$/m)
    expect(directoryOnly.exitCode).toBe(1)
    const missing = await build('#none')
    expect(missing.stderr).toMatch(/^ERROR: failed to build: failed to solve: .*none/m)
    expect(missing.exitCode).toBe(1)
  })
})
