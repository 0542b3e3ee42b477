import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EngineState } from '../../support/engine-state.ts'
import { needTools } from '../../support/engines/packages.ts'
import { combinations, registry } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'
import { RunningProgram } from '../session/program.ts'

/** Podman has no BuildKit. */
const withBuildKit = combinations().filter(({ engine }) => engine.kind !== 'podman')
const withoutBuildKit = combinations().filter(({ engine }) => engine.kind === 'podman')

const ID = /^sha256:[0-9a-f]{64}$/

/** The frontend of the oldest engine supports neither checks nor several outputs. */
const OLD_API = '1.41'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-buildkit-'))
})
afterEach(() => rm(directory, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true })
    await writeFile(join(directory, name), text)
  }
}

/** Returns text that makes a build miss the cache. */
const unique = () => `${process.pid}-${performance.now()}`

describe.each(withBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  const isOld = engine.apiVersion === OLD_API
  const state = new EngineState(engine.socket)
  let shell: Shell

  const run = (command: string, input = '') => shell.run(command, { cwd: directory, input })
  const succeed = async (command: string, input = '') => {
    const outcome = await run(command, input)
    expect(outcome.exitCode, outcome.stdout + outcome.stderr).toBe(0)
    return outcome
  }

  beforeAll(async () => {
    await needTools(['ssh-keygen'], () => {})
    shell = await Shell.open(program, { socket: engine.socket, env: { SECRET_VARIABLE: 'from the environment' } })
  })
  afterAll(async () => {
    await state.removeImages()
    await shell.close()
  })

  test('an image with a name, arguments, labels and a target', async () => {
    await write({
      Dockerfile: 'FROM busybox AS a\nARG A=1\nRUN echo "A is $A" > /a\nFROM a AS b\nRUN exit 3\n',
      '.dockerignore': 'ignored\n',
      ignored: '',
    })
    const { stdout, stderr } = await succeed('tug build -t kit:1 --target a --build-arg A=2 --label l=m .')
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^#0 building with "default" instance using docker driver\n/)
    expect(stderr).toMatch(/naming to docker\.io\/library\/kit:1/)
    const config = await succeed("tug inspect -f '{{json .Config.Labels}}' kit:1")
    expect(JSON.parse(config.stdout)).toMatchObject({ l: 'm' })
    expect((await succeed('tug run --rm kit:1 cat /a')).stdout).toBe('A is 2\n')
  })

  test('--quiet with --iidfile and --metadata-file', async () => {
    await write({ Dockerfile: `FROM busybox\nLABEL u=${unique()}\n` })
    const { stdout, stderr } = await succeed('tug build -q --iidfile iid --metadata-file meta.json -t quiet .')
    expect(stdout.trim()).toMatch(ID)
    expect(stderr).toBe('')
    expect(await readFile(join(directory, 'iid'), 'utf8')).toBe(stdout.trim())
    expect((await succeed("tug inspect -f '{{.Id}}' quiet")).stdout).toBe(stdout)
    const meta = JSON.parse(await readFile(join(directory, 'meta.json'), 'utf8'))
    expect(meta['buildx.build.ref']).toMatch(/^default\/default\/[0-9a-z]{25}$/)
    expect(Object.values(meta)).toContain(stdout.trim())
  })

  test('a failing step is reported with its place, and no image is created', async () => {
    await write({ Dockerfile: 'FROM busybox\nRUN echo told && exit 7\n' })
    const { stdout, stderr, exitCode } = await run('tug build -t broken .')
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toContain('told')
    expect(stderr).toMatch(/\nERROR: failed to build: failed to solve: .*exit code: 7\n$/)
    if (!isOld) expect(stderr).toMatch(/Dockerfile:2\n-+\n {3}1 \| {5}FROM busybox\n {3}2 \| >>> RUN echo told/)
    expect(await state.imageNames()).not.toContain('broken:latest')
  })

  test('a Dockerfile on stdin, with a context and without', async () => {
    await write({ greeting: 'hello' })
    await succeed('tug build -t stdin:1 -f - .', 'FROM busybox\nCOPY greeting /\n')
    expect((await succeed('tug run --rm stdin:1 cat /greeting')).stdout).toBe('hello')
    await succeed('tug build -t stdin:2 -', 'FROM busybox\nRUN echo alone > /greeting\n')
    expect((await succeed('tug run --rm stdin:2 cat /greeting')).stdout).toBe('alone\n')
  })

  test.each(['', '-z'])('an archive on stdin (tar -c %s)', async (compressed) => {
    await write({ 'in/Dockerfile': 'FROM busybox\nCOPY greeting /\n', 'in/greeting': 'packed' })
    await succeed(`tar -C in -c ${compressed} . | tug build -t archived -`)
    expect((await succeed('tug run --rm archived cat /greeting')).stdout).toBe('packed')
  })

  test('a Dockerfile outside of the context with its own ignore file', async () => {
    await write({
      'context/a': '1',
      'context/b': '2',
      'elsewhere/My.dockerfile': 'FROM busybox\nCOPY . /all\n',
      'elsewhere/My.dockerfile.dockerignore': 'b\n',
    })
    await succeed('tug build -t elsewhere -f elsewhere/My.dockerfile context')
    expect((await succeed('tug run --rm elsewhere ls /all')).stdout).toBe('a\n')
  })

  test('secrets from a file and from the environment', async () => {
    await write({
      Dockerfile:
        `FROM busybox\nRUN --mount=type=secret,id=a --mount=type=secret,id=SECRET_VARIABLE ` +
        `cat /run/secrets/a /run/secrets/SECRET_VARIABLE > /told # ${unique()}\n`,
      'secret.txt': 'from a file, ',
    })
    await succeed('tug build -t secrets --secret id=a,src=secret.txt --secret id=SECRET_VARIABLE .')
    expect((await succeed('tug run --rm secrets cat /told')).stdout).toBe('from a file, from the environment')
  })

  test('a key for ssh', async () => {
    await write({ Dockerfile: `FROM busybox\nRUN --mount=type=ssh test -S "$SSH_AUTH_SOCK" # ${unique()}\n` })
    await succeed("ssh-keygen -q -t ed25519 -N '' -f key")
    await succeed('tug build --ssh default=key .')
    const { stderr, exitCode } = await run('tug build --ssh default=none .')
    expect({ stderr, exitCode }).toEqual({
      stderr:
        'ERROR: failed to build: failed to convert agent config {default [none] false}: ' +
        'failed to convert agent config for ID: "default": stat none: no such file or directory\n',
      exitCode: 1,
    })
  })

  test('exports to a directory, an archive and stdout', async () => {
    await write({ Dockerfile: 'FROM scratch\nCOPY greeting /to/\n', greeting: 'out' })
    await succeed('tug build -o out .')
    expect(await readFile(join(directory, 'out/to/greeting'), 'utf8')).toBe('out')
    await succeed('tug build -o type=tar,dest=out.tar .')
    expect((await succeed('tar -xOf out.tar to/greeting')).stdout).toBe('out')
    expect((await succeed('tug build -o - . | tar -xO to/greeting')).stdout).toBe('out')
  })

  if (!isOld) {
    test('several exports in one build', async () => {
      await write({ Dockerfile: 'FROM scratch\nCOPY greeting /\n', greeting: 'twice' })
      await succeed('tug build -o out -o type=tar,dest=out.tar --load -t several .')
      expect(await readFile(join(directory, 'out/greeting'), 'utf8')).toBe('twice')
      expect(await state.imageNames()).toContain('several:latest')
    })
  } else {
    test('several exports are refused by an old engine', async () => {
      await write({ Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' })
      const { stderr, exitCode } = await run('tug build -o out -o type=tar,dest=out.tar .')
      expect(stderr).toMatch(/^ERROR: failed to build: multiple outputs currently unsupported/)
      expect(exitCode).toBe(1)
    })
  }

  test('--add-host, --ulimit and --shm-size apply to steps', async () => {
    await write({
      Dockerfile: `FROM busybox\nRUN (grep told /etc/hosts; ulimit -n; df -k /dev/shm | tail -1) > /told # ${unique()}\n`,
    })
    await succeed('tug build -t limited --add-host told:1.2.3.4 --ulimit nofile=99:99 --shm-size 8m .')
    const { stdout } = await succeed('tug run --rm limited cat /told')
    expect(stdout).toMatch(/1\.2\.3\.4\s+told/)
    if (!isOld) expect(stdout).toMatch(/\n99\n/)
    if (!isOld) expect(stdout).toMatch(/ 8192 .*\/dev\/shm/)
  })

  if (!isOld) {
    test('a named context', async () => {
      await write({ Dockerfile: 'FROM busybox\nCOPY --from=other a /\n', 'other/a': 'named' })
      await succeed('tug build -t named --build-context other=other .')
      expect((await succeed('tug run --rm named cat /a')).stdout).toBe('named')
    })

    test('--call: outline, targets and check', async () => {
      await write({ Dockerfile: '# what it is\nFROM busybox AS one\nARG A=1\n' })
      expect((await succeed('tug build --call=targets .')).stdout).toMatch(/^TARGET +DESCRIPTION\none \(default\)/)
      const { stdout } = await succeed('tug build --call=outline,format=json .')
      expect(JSON.parse(stdout)).toMatchObject({ args: [{ name: 'A', value: '1' }] })
    })
  }

  test('pushes to a registry', async () => {
    const { host, user, password } = registry()
    await write({ Dockerfile: `FROM busybox\nLABEL u=${unique()}\n` })
    await succeed(`tug login -u ${user} --password-stdin ${host}`, password)
    const { stderr } = await succeed(`tug build --push -t ${host}/kit:pushed .`)
    expect(stderr).toContain(`pushing ${host}/kit:pushed with docker`)
    await succeed(`tug rmi ${host}/kit:pushed`)
    await succeed(`tug pull -q ${host}/kit:pushed`)
  })

  test('Ctrl-C ends the build on the engine too', async () => {
    await write({ Dockerfile: `FROM busybox\nRUN sleep 1000 # ${unique()}\n` })
    await using build = new RunningProgram(shell, `tug build ${directory}`)
    await build.waitFor(/RUN sleep/)
    build.signal('SIGINT')
    const { exitCode, stderr } = await build.ending()
    expect(exitCode).toBe(130)
    expect(stderr).toMatch(/ERROR: failed to build: failed to solve: Canceled: context canceled\n$/)
  })
})

describe.each(withoutBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  test('a daemon without BuildKit builds with the classic builder', async () => {
    const shell = await Shell.open(program, { socket: engine.socket })
    try {
      await write({ Dockerfile: 'FROM busybox\nLABEL a=b\n' })
      const built = await shell.run('tug build -t fallback .', { cwd: directory })
      expect(built.exitCode, built.stdout + built.stderr).toBe(0)
      expect(built.stderr).toContain('The daemon has no BuildKit; its own builder is used.\n')
      const refused = await shell.run('tug build --secret id=a,src=x .', { cwd: directory })
      expect(refused.exitCode).toBe(1)
      expect(refused.stderr).toContain('ERROR: --secret needs BuildKit, and the daemon has none.\n')
    } finally {
      await shell.close()
    }
  })
})
