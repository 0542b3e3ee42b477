import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { command } from '../../support/engines/command.ts'
import { until } from '../../support/engines/http.ts'
import type { EngineKind } from '../../support/engines/kinds.ts'
import { startEngine } from '../../support/engines/start.ts'
import { combinations, engines, mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { type Ending, RunningProgram } from '../session/program.ts'
import { CuttingProxy } from './cutting-proxy.ts'

/** Podman has no BuildKit. */
const withBuildKit = combinations().filter(({ engine }) => engine.kind !== 'podman')

/** docker's error when the connection ends before the build. */
const LOST = 'ERROR: failed to build: failed to solve: Unavailable: error reading from server: EOF\n'
const CANCELED = 'ERROR: failed to build: failed to solve: Canceled: context canceled\n'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-fault-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** Writes a Dockerfile with a long step, which is recognized by a number that no other process has in its arguments. */
async function writeLongStep(): Promise<{ isRunning: () => Promise<boolean> }> {
  const marker = `${7_000_000 + Math.floor(Math.random() * 1_000_000)}`
  await writeFile(join(directory, 'Dockerfile'), `FROM busybox\nRUN sleep ${marker}\n`)
  const isRunning = async () => {
    const { stdout } = await execa('ps', ['-eo', 'args'])
    return stdout.split('\n').includes(`sleep ${marker}`)
  }
  return { isRunning }
}

async function settle(isRunning: () => Promise<boolean>, isExpected: boolean): Promise<void> {
  await until({
    attempt: async () => ((await isRunning()) === isExpected ? true : undefined),
    failure: () => (isExpected ? 'the step does not run' : 'the step still runs'),
    timeout: 20_000,
  })
}

/** The beginning of a command line without root's right to read everything; the socket is still root's. */
const WITHOUT_ROOT_RIGHTS =
  process.getuid?.() === 0 ? 'setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all' : ''

/** Expects that the error is printed once, at the end. */
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

  test('builds in a directory whose name is not ASCII', async () => {
    await mkdir(join(directory, '名é'))
    await writeFile(join(directory, '名é/Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
    const { stderr, exitCode } = await shell.run(`cd ${directory}/名é && tug build -q -o out .`)
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    expect(existsSync(join(directory, '名é/out/Dockerfile'))).toBe(true)
  })

  test('builds from and into directories whose names are not UTF-8', async () => {
    const list = (path: string) => `(cd ${path} && find . -printf '%P %y %l\\n' | LC_ALL=C sort | od -An -tx1)`
    const odd = '$odd'
    const lines = [
      "odd=$(printf '\\351') surrogate=$(printf '\\355\\240\\200')",
      `cd ${directory}`,
      `mkdir -p ctx${odd}/in/d${odd}`,
      `cd ctx${odd}`,
      `echo 'FROM scratch AS out' > D${odd}`,
      `echo 'COPY in /' >> D${odd}`,
      `echo 1 > in/f${odd}`,
      `echo 2 > in/d${odd}/s$surrogate`,
      `ln -s t${odd} in/l${odd}`,
      'cd ..',
      `tug build -q -f ctx${odd}/D${odd} -o out${odd} ctx${odd} >/dev/null`,
      `[ "$${list(`ctx${odd}/in`)}" = "$${list(`out${odd}`)}" ] && cat out${odd}/f${odd} out${odd}/d${odd}/*`,
      `cd ctx${odd} && tug build -q -f D${odd} -o - . | tar -tf - --quoting-style=escape | LC_ALL=C sort`,
      `tug build -q --iidfile ../id${odd} -f D${odd} . >/dev/null && cut -c1-7 ../id${odd}`,
    ]
    const { stdout, stderr, exitCode } = await shell.run(lines.join('\n'))
    expect(stderr).toBe('')
    expect(stdout).toBe('1\n2\nd\\351/\nd\\351/s\\355\\240\\200\nf\\351\nl\\351\nsha256:\n')
    expect(exitCode).toBe(0)
  })

  test('writes names that are not UTF-8 and that RUN made', async () => {
    await writeFile(
      join(directory, 'Dockerfile'),
      `FROM busybox AS run\nRUN mkdir -p /o && cd /o && mkdir $(printf 'd\\351') && echo 1 > $(printf 'd\\351/f\\351') && ln -s $(printf 't\\351') $(printf 'l\\351')\nFROM scratch\nCOPY --from=run /o /\n`,
    )
    const list = `LC_ALL=C find ${directory}/out -mindepth 1 -printf '%P %l;' | od -An -c | tr -d ' \\n'`
    const { stdout, stderr } = await shell.run(`tug build -q -o ${directory}/out ${directory} >/dev/null && ${list}`)
    expect(stderr).toBe('')
    expect(stdout.split(';').sort()).toEqual(['', 'd351', 'd351/f351', 'l351t351'].sort())
  })

  test.each([
    ['secret', 'FROM busybox\nCOPY . /\n'],
    ['.dockerignore', 'FROM busybox\nCOPY . /\n'],
    ['Dockerfile.dockerignore', 'FROM busybox\nCOPY . /\n'],
  ])('refuses a context whose %s is not readable', async (name, dockerfile) => {
    await writeFile(join(directory, 'Dockerfile'), dockerfile)
    await writeFile(join(directory, name), 'x')
    await chmod(join(directory, name), 0)
    await chmod(directory, 0o755)
    const line = `${WITHOUT_ROOT_RIGHTS} ${program.command.map((word) => `'${word}'`).join(' ')} build ${directory}`
    const { exitCode, stderr } = await shell.run(line)
    expect(stderr).toContain(`open ${directory}/${name}: permission denied`)
    expect(exitCode).toBe(1)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s also ends the step', async (signal) => {
    const { isRunning } = await writeLongStep()
    await using build = start(`tug build --iidfile ${directory}/iid --metadata-file ${directory}/meta ${directory}`)
    await settle(isRunning, true)
    build.signal(signal)
    const ending = await build.ending()
    expect(ending.exitCode).toBe(130)
    expectOneError(ending, CANCELED)
    await settle(isRunning, false)
    expect(await readdir(directory)).toEqual(['Dockerfile'])
  })

  test('the daemon ends the step when the client is killed', async () => {
    const { isRunning } = await writeLongStep()
    await using build = start(`tug build ${directory}`)
    await settle(isRunning, true)
    build.signal('SIGKILL')
    expect((await build.ending()).exitCode).toBe('SIGKILL')
    await settle(isRunning, false)
  })

  test('the connection is lost while a step runs', async () => {
    const { isRunning } = await writeLongStep()
    await using proxy = await CuttingProxy.open(engine.socket)
    await using build = start(`tug -H ${proxy.host} build --iidfile ${directory}/iid ${directory}`)
    await settle(isRunning, true)
    proxy.cut()
    const ending = await build.ending()
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
    await settle(isRunning, false)
    expect(await readdir(directory)).toEqual(['Dockerfile'])
  })

  test('the connection is lost while the context is sent', async () => {
    await writeContext(40)
    await using proxy = await CuttingProxy.open(engine.socket)
    proxy.cutAfter('sent', 20e6)
    await using build = start(`tug -H ${proxy.host} build ${directory}`)
    const ending = await build.ending(60_000)
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
  })

  test.each([
    ['a directory', (to: string) => `-o ${to}`],
    ['an archive', (to: string) => `-o type=tar,dest=${to}/out.tar`],
  ])('the network is cut while %s is received', async (_, output) => {
    await writeContext(40)
    const to = join(directory, 'to')
    await mkdir(to)
    await writeFile(join(directory, '.dockerignore'), 'to\n')
    await using proxy = await CuttingProxy.open(engine.socket)
    proxy.cutAfter('received', 20e6)
    await using build = start(`tug -H ${proxy.host} build ${output(to)} ${directory}`)
    const ending = await build.ending(60_000)
    expect(ending.exitCode).toBe(1)
    expect(ending.stderr).toMatch(/copying files|sending tarball/)
    expectOneError(ending, LOST)
    expect((await readdir(to)).filter((name) => name !== 'Dockerfile' && name !== '.dockerignore')).toEqual([])
  })

  test('the context is removed while it is sent', async () => {
    const context = join(directory, 'context')
    await mkdir(context)
    await writeContext(120, context)
    await using build = start(`tug build ${context}`)
    await build.waitFor('transferring context:')
    await rm(context, { recursive: true })
    // Open files are sent completely. docker sends the others as empty files, without an error.
    expect((await build.ending(60_000)).exitCode).toBeOneOf([0, 1])
  })

  /** Writes a context with one sparse file. @param size in megabytes */
  async function writeContext(size: number, to = directory): Promise<void> {
    await writeFile(join(to, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
    await writeFile(join(to, 'large'), '')
    await truncate(join(to, 'large'), size * 1e6)
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
    full = join(directory, 'full')
    await mkdir(full)
    await command('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full])
    await writeFile(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY large /\n')
    await writeFile(join(directory, '.dockerignore'), 'full\n')
    await writeFile(join(directory, 'large'), Buffer.alloc(200_000, 'x'))
  })
  afterEach(async () => {
    await command('umount', [full])
  })
  afterAll(() => shell.close())

  test.each([
    ['a directory', '-o full', 'large'],
    ['an archive', '-o type=tar,dest=full/out.tar', 'out.tar'],
  ])('no room for %s', async (_, output, name) => {
    const { exitCode, ...outcome } = await shell.run(`tug build ${output} .`, { cwd: directory })
    expect(exitCode).toBe(102)
    expect(outcome.stdout).toBe('')
    expect(outcome.stderr).toMatch(
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
    const { exitCode, stderr } = await shell.run(`tug build ${flag} .`, { cwd: directory })
    expect(exitCode).toBe(102)
    expect(stderr).toMatch(new RegExp(`\\nERROR: ${what}: no space left on device\\n$`))
    expect(await readdir(full)).toEqual(['fill'])
  })
})

/** Returns the process id of the daemon. Its pid file contains the id in its own namespace. */
async function daemonOf(socket: string): Promise<number> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,comm=,args='])
  const line = stdout
    .split('\n')
    .find((each) => /^ *\d+ dockerd /.test(each) && each.includes(`--host unix://${socket} `))
  if (line === undefined) throw new Error(`no daemon serves ${socket}`)
  return Number.parseInt(line, 10)
}

/** Engines that this test starts to kill them, of the same kinds as the others. */
const kinds = engines().flatMap(({ kind }): Exclude<EngineKind, 'podman'>[] => (kind === 'podman' ? [] : [kind]))

test.each(kinds)('the daemon is killed while a step runs: %s', async (from) => {
  const [program] = programs
  if (program === undefined) throw new Error('no program to test')
  const engine = await startEngine({ from, mirrorUrl: mirrorUrl() })
  const shell = await Shell.open(program, { socket: engine.socket })
  try {
    const { isRunning } = await writeLongStep()
    await using build = new RunningProgram(shell, `tug build --iidfile ${directory}/iid ${directory}`)
    await settle(isRunning, true)
    process.kill(await daemonOf(engine.socket), 'SIGKILL')
    const ending = await build.ending()
    expect(ending.exitCode).toBe(1)
    expectOneError(ending, LOST)
    expect(existsSync(join(directory, 'iid'))).toBe(false)
    const next = await shell.run(`tug build ${directory}`)
    expect(next.exitCode).toBe(1)
    expect(next.stderr).toBe(
      `ERROR: Cannot connect to the Docker daemon at unix://${engine.socket}. Is the docker daemon running?\n`,
    )
  } finally {
    await shell.close()
    await engine.stop()
  }
})
