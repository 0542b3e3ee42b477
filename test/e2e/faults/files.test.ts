import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command } from '../../support/engines/command.ts'
import { json, noContent, type Replies } from '../../support/fake-replies.ts'
import { type Outcome, programs } from '../../support/run.ts'
import { type FaultFixture, inWordsOf, openFaultFixture, withDaemon } from './fixture.ts'

const ID = '6'.repeat(64)
const replies: Replies = {
  'GET /containers/json': json([]),
  'POST /containers/create': json({ Id: ID, Warnings: [] }, 201),
  'DELETE /containers/*': noContent,
  'POST /containers/*/start': noContent,
}
const isRoot = process.getuid?.() === 0
const asHelp = (text: string, command: string) =>
  `docker: ${text}\n\nRun 'docker ${command} --help' for more information\n`

/** Outcomes of docker 28.2.2 in a working directory that has been deleted. */
const inDeletedDirectory: readonly ({ line: string } & Outcome)[] = [
  { line: 'tug ps -q', exitCode: 0, stdout: '', stderr: '' },
  { line: 'tug rm a', exitCode: 0, stdout: 'a\n', stderr: '' },
  {
    line: 'tug build . 2>&1 | tail -1',
    exitCode: 0,
    stdout:
      'unable to prepare context: unable to get absolute context directory of given context directory ".": getwd: no such file or directory\n',
    stderr: '',
  },
  {
    line: 'tug build sub 2>&1 | tail -1',
    exitCode: 0,
    stdout: 'unable to prepare context: path "sub" not found\n',
    stderr: '',
  },
  {
    line: 'tug create --cidfile x a',
    exitCode: 1,
    stdout: '',
    stderr: 'failed to create the container ID file: open x: no such file or directory\n',
  },
  {
    line: 'tug create --env-file x a',
    exitCode: 125,
    stdout: '',
    stderr: asHelp('open x: no such file or directory', 'create'),
  },
  { line: 'tug create -v ./x:/x a', exitCode: 0, stdout: `${ID}\n`, stderr: '' },
]

const cidFiles: readonly ({ line: string } & Outcome)[] = [
  {
    // docker refuses devices.
    line: 'tug create --cidfile /dev/full a',
    exitCode: 1,
    stdout: '',
    stderr: 'failed to write the container ID to the file: write /dev/full: no space left on device\n',
  },
  {
    line: 'tug run -d --cidfile /nonexistent/x a',
    exitCode: 127,
    stdout: '',
    stderr: asHelp('failed to create the container ID file: open /nonexistent/x: no such file or directory', 'run'),
  },
  {
    line: 'tug create --cidfile . a',
    exitCode: 1,
    stdout: '',
    stderr: "container ID file found, make sure the other container isn't running or delete .\n",
  },
]

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())

  const expectOutcome = async (line: string, cwd: string, recorded: Outcome) => {
    const outcome = await withDaemon(fixture, { replies }, () => fixture.shell.run(line, { cwd }))
    expect(outcome).toEqual(inWordsOf(program, recorded))
  }

  test.each(inDeletedDirectory)('$line behaves like docker in a deleted working directory', async ({
    line,
    ...recorded
  }) => {
    // The program is started without the wrapper script, whose shell would print an error too.
    const inside = `mkdir inDeletedDirectory && cd inDeletedDirectory && rmdir ../inDeletedDirectory && ${line.replace(/^tug/, words(program.command))}`
    await expectOutcome(inside, fixture.directory, recorded)
  })

  test('sends a relative bind mount unchanged from a deleted working directory', async () => {
    const body = await withDaemon(fixture, { replies }, async ({ requests }) => {
      await fixture.shell.run('mkdir gone && cd gone && rmdir ../gone && tug create -v ./x:/x a', {
        cwd: fixture.directory,
      })
      return requests.find(({ path }) => path === '/containers/create')?.body
    })
    expect(body).toMatchObject({ HostConfig: { Binds: ['./x:/x'] } })
  })

  test.each(cidFiles)('$line reports that the file cannot be created', ({ line, ...recorded }) =>
    expectOutcome(line, fixture.directory, recorded))

  test('--cidfile on a full disk leaves neither a file nor a container', async () => {
    const disk = join(fixture.directory, 'disk')
    await mkdir(disk, { recursive: true })
    await command('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tug-faults', disk])
    try {
      await writeFile(join(disk, 'filler'), Buffer.alloc(4096))
      const recorded: Outcome = {
        exitCode: 125,
        stdout: '',
        stderr: asHelp(
          `failed to write the container ID to the file: write ${disk}/cid: no space left on device`,
          'run',
        ),
      }
      const { outcome, requestLines } = await withDaemon(fixture, { replies }, async ({ requests }) => ({
        outcome: await fixture.shell.run(`tug run -d --cidfile ${disk}/cid a`),
        requestLines: requests.map(({ method, path }) => `${method} ${path}`),
      }))
      expect(outcome).toEqual(inWordsOf(program, recorded))
      expect(requestLines).not.toContain(`POST /containers/${ID}/start`)
      if (!program.command[0].endsWith('docker')) expect(await readdir(disk)).toEqual(['filler'])
    } finally {
      await command('umount', [disk])
      await rm(disk, { recursive: true })
    }
  })

  test.each([
    [
      '{bad',
      "WARNING: Error parsing config file (<path>): invalid character 'b' looking for beginning of object key string\n",
    ],
    [
      '{"psFormat": 5}',
      'WARNING: Error parsing config file (<path>): json: cannot unmarshal number into Go struct field ConfigFile.psFormat of type string\n',
    ],
    ['', ''],
    ['{', 'WARNING: Error parsing config file (<path>): unexpected EOF\n'],
    [
      '\u0000\u0001',
      "WARNING: Error parsing config file (<path>): invalid character '\\x00' looking for beginning of value\n",
    ],
  ])('handles a config.json of %j like docker', async (content, warning) => {
    const path = join(fixture.shell.configDirectory, 'config.json')
    await mkdir(fixture.shell.configDirectory, { recursive: true })
    await writeFile(path, content)
    await expectOutcome('tug ps -q', '/', { exitCode: 0, stdout: '', stderr: warning.replace('<path>', path) })
    await rm(path)
  })

  test('warns about a config.json that is a directory', async () => {
    const path = join(fixture.shell.configDirectory, 'config.json')
    await mkdir(path, { recursive: true })
    const stderr = `WARNING: Error parsing config file (${path}): read ${path}: is a directory\n`
    await expectOutcome('tug ps -q', '/', { exitCode: 0, stdout: '', stderr })
    await rm(path, { recursive: true })
  })

  test('warns about a config.json that is not readable', async () => {
    const directory = join(fixture.directory, 'secret')
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'config.json'), '{}')
    await chmod(join(directory, 'config.json'), 0)
    await chmod(fixture.directory, 0o755)
    const run = () => fixture.shell.run(`DOCKER_CONFIG=${directory} ${asNobody(program.command)} ps -q`)
    const outcome = await withDaemon(fixture, { replies }, async () => {
      await chmod(fixture.socket, 0o666)
      return run()
    })
    const path = join(directory, 'config.json')
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `WARNING: Error loading config file: open ${path}: permission denied\n`,
    })
  })

  test('a user without a home directory and an account reads no configuration of the working directory', async () => {
    await mkdir(join(fixture.directory, '.docker'), { recursive: true })
    await writeFile(join(fixture.directory, '.docker/config.json'), '{"psFormat":"from the working directory"}')
    await chmod(fixture.directory, 0o755)
    const outcome = await withDaemon(fixture, { replies }, async () => {
      await chmod(fixture.socket, 0o666)
      const nameless = asNobody(program.command).replaceAll('65534', '54321')
      return fixture.shell.run(`cd '${fixture.directory}' && env -u HOME -u DOCKER_CONFIG ${nameless} ps -q`)
    })
    expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  test('reports a socket without permission', async () => {
    await chmod(fixture.directory, 0o755)
    const outcome = await withDaemon(fixture, { replies }, async () => {
      await chmod(fixture.socket, isRoot ? 0o600 : 0)
      return fixture.shell.run(`DOCKER_CONFIG=/nonexistent ${asNobody(program.command)} ps`)
    })
    const url = `http://${encodeURIComponent(fixture.socket)}/v1.50/containers/json`
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `permission denied while trying to connect to the Docker daemon socket at unix://${fixture.socket}: Get "${url}": dial unix ${fixture.socket}: connect: permission denied\n`,
    })
  })
})

/** Returns the command line of the program as a user who is not root. */
function asNobody(command: readonly string[]): string {
  return isRoot ? `setpriv --reuid=65534 --regid=65534 --clear-groups ${words(command)}` : words(command)
}

function words(command: readonly string[]): string {
  return command.map((word) => `'${word}'`).join(' ')
}
