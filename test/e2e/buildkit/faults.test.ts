import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { until } from '../../support/engines/http.ts'
import type { EngineKind } from '../../support/engines/kinds.ts'
import { startEngine } from '../../support/engines/start.ts'
import { mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { fewCombinations } from '../session/combinations.ts'
import { type Ending, RunningProgram } from '../session/program.ts'
import { CuttingProxy } from './cutting-proxy.ts'

/** Podman serves no BuildKit. */
const withBuildKit = fewCombinations().filter(({ engine }) => engine.kind !== 'podman')

/** As docker says of a connection that ends before the build. */
const LOST = 'ERROR: failed to build: failed to solve: Unavailable: error reading from server: EOF\n'
const CANCELED = 'ERROR: failed to build: failed to solve: Canceled: context canceled\n'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tug-fault-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A step that lasts, by a number that no other process of this machine has in its arguments. */
async function writeLongStep(): Promise<{ isRunning: () => Promise<boolean> }> {
  const marker = `${7_000_000 + Math.floor(Math.random() * 1_000_000)}`
  await writeFile(join(folder, 'Dockerfile'), `FROM busybox\nRUN sleep ${marker}\n`)
  const isRunning = async () => {
    const { stdout } = await execa('ps', ['-eo', 'args'])
    return stdout.split('\n').includes(`sleep ${marker}`)
  }
  return { isRunning }
}

async function settle(isRunning: () => Promise<boolean>, wanted: boolean): Promise<void> {
  await until({
    attempt: async () => ((await isRunning()) === wanted ? true : undefined),
    failure: () => (wanted ? 'the step does not run' : 'the step still runs'),
    timeout: 20_000,
  })
}

/** What is wrong is said once, at the end. */
function expectOneError({ stdout, stderr }: Ending, error: string): void {
  expect(stdout).toBe('')
  expect(stderr.slice(-error.length)).toBe(error)
  expect(stderr.split('\n').filter((line) => /^(ERROR|Error|error)/.test(line))).toHaveLength(1)
}

describe.each(withBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    await shell.succeed('tug pull -q busybox')
  })
  afterAll(() => shell.close())

  const start = (line: string) => new RunningProgram(shell, line)

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the step too', async (signal) => {
    const { isRunning } = await writeLongStep()
    await using build = start(`tug build --iidfile ${folder}/iid --metadata-file ${folder}/meta ${folder}`)
    await settle(isRunning, true)
    build.signal(signal)
    const ending = await build.ending()
    expect(ending.exitCode).toBe(130)
    expectOneError(ending, CANCELED)
    await settle(isRunning, false)
    expect(await readdir(folder)).toEqual(['Dockerfile'])
  })

  test('killed, the daemon ends the step by itself', async () => {
    const { isRunning } = await writeLongStep()
    await using build = start(`tug build ${folder}`)
    await settle(isRunning, true)
    build.signal('SIGKILL')
    expect((await build.ending()).exitCode).toBe('SIGKILL')
    await settle(isRunning, false)
  })

  test('the network is cut while a step runs', async () => {
    const { isRunning } = await writeLongStep()
    await using proxy = await CuttingProxy.open(engine.socket)
    await using build = start(`tug -H ${proxy.host} build --iidfile ${folder}/iid ${folder}`)
    await settle(isRunning, true)
    proxy.cut()
    const ending = await build.ending()
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
    await settle(isRunning, false)
    expect(await readdir(folder)).toEqual(['Dockerfile'])
  })

  test('the network is cut while a build context is sent', async () => {
    await writeContext(400)
    await using proxy = await CuttingProxy.open(engine.socket)
    await using build = start(`tug -H ${proxy.host} build ${folder}`)
    await build.waitFor('transferring context:')
    proxy.cut()
    const ending = await build.ending()
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
  })

  test.each([
    ['a folder', (to: string) => `-o ${to}`],
    ['an archive', (to: string) => `-o type=tar,dest=${to}/out.tar`],
  ])('the network is cut while %s is received', async (_, output) => {
    await writeContext(300)
    const to = join(folder, 'to')
    await mkdir(to)
    await writeFile(join(folder, '.dockerignore'), 'to\n')
    await using proxy = await CuttingProxy.open(engine.socket)
    await using build = start(`tug -H ${proxy.host} build ${output(to)} ${folder}`)
    await build.waitFor(/(copying files|sending tarball)/)
    proxy.cut()
    const ending = await build.ending()
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
    expect((await readdir(to)).filter((name) => name !== 'Dockerfile' && name !== '.dockerignore')).toEqual([])
  })

  test('the build context is removed while it is sent', async () => {
    const context = join(folder, 'context')
    await mkdir(context)
    await writeContext(400, context)
    await using build = start(`tug build ${context}`)
    await build.waitFor('transferring context:')
    await rm(context, { recursive: true })
    // What is open is sent whole; docker sends the rest as empty files, and says nothing of it.
    expect((await build.ending(60_000)).exitCode).toBeOneOf([0, 1])
  })

  /** @param size of its only file, in megabytes; there is no such amount of data on the disk */
  async function writeContext(size: number, to = folder): Promise<void> {
    await writeFile(join(to, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
    await execa('truncate', ['-s', `${size}M`, join(to, 'large')])
  }
})

describe.each(withBuildKit.filter(({ program }) => program === programs[0]))('a full disk, $engine.name', ({
  program,
  engine,
}) => {
  let shell: Shell
  let full: string
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
  })
  beforeEach(async () => {
    full = join(folder, 'full')
    await mkdir(full)
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full])
    await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY large /\n')
    await writeFile(join(folder, '.dockerignore'), 'full\n')
    await writeFile(join(folder, 'large'), Buffer.alloc(200_000, 'x'))
  })
  afterEach(async () => {
    await execa('umount', [full])
  })
  afterAll(() => shell.close())

  test.each([
    ['a folder', '-o full', 'large'],
    ['an archive', '-o type=tar,dest=full/out.tar', 'out.tar'],
  ])('no room for %s', async (_, output, name) => {
    const { exitCode, ...said } = await shell.run(`tug build ${output} .`, { cwd: folder })
    expect(exitCode).toBe(102)
    expect(said.stdout).toBe('')
    expect(said.stderr).toMatch(
      new RegExp(
        `\\nERROR: failed to build: failed to solve: ResourceExhausted: write full/${name}: no space left on device\\n$`,
      ),
    )
    expect(await readdir(full)).toEqual([])
  })

  test.each([
    ['the id', '--iidfile full/file', 'writing image ID file: write full/file'],
    ['the metadata', '--metadata-file full/file', 'write full/file'],
  ])('no room for %s', async (_, flag, what) => {
    await execa('sh', ['-c', 'head -c 100000 /dev/zero > fill || true'], { cwd: full })
    const { exitCode, stderr } = await shell.run(`tug build ${flag} .`, { cwd: folder })
    expect(exitCode).toBe(102)
    expect(stderr).toMatch(new RegExp(`\\nERROR: ${what}: no space left on device\\n$`))
    expect(await readdir(full)).toEqual(['fill'])
  })
})

/** The engines that this test may kill: its own ones, of the kinds that the others are. */
const kinds = inject('engines').flatMap(({ kind }): Exclude<EngineKind, 'podman'>[] =>
  kind === 'podman' ? [] : [kind],
)

test.each(kinds)('the daemon is killed while a step runs: %s', async (from) => {
  const [program] = programs
  if (program === undefined) throw new Error('no program to test')
  const engine = await startEngine({ from, mirrorUrl: mirrorUrl() })
  const shell = await Shell.open(program, { socket: engine.socket })
  try {
    const { isRunning } = await writeLongStep()
    await using build = new RunningProgram(shell, `tug build --iidfile ${folder}/iid ${folder}`)
    await settle(isRunning, true)
    const pid = await readFile(join(dirname(engine.socket), 'docker.pid'), 'utf8')
    process.kill(Number(pid), 'SIGKILL')
    const ending = await build.ending()
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
    expect(existsSync(join(folder, 'iid'))).toBe(false)
    const next = await shell.run(`tug build ${folder}`)
    expect(next.exitCode).toBe(1)
    expect(next.stderr).toBe(
      `ERROR: Cannot connect to the Docker daemon at unix://${engine.socket}. Is the docker daemon running?\n`,
    )
  } finally {
    await shell.close()
    await engine.stop()
  }
})
