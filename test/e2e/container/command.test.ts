import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { compareVersions } from '../../../src/domain/system/api-version.ts'
import { runFlags } from '../../../src/flags/container/create.ts'
import { request } from '../../support/engines/http.ts'
import { firstProgramCombinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { CLIENT_FLAGS, COMMAND_CASES } from './command-cases.ts'

test('the table contains every flag of run', () => {
  const tested = COMMAND_CASES.map(({ typed, printed = '' }) => `${typed} ${printed}`).join(' ')
  const covered = Object.entries(runFlags).filter(([name, { char }]) => {
    const isTyped = new RegExp(`(^| )(--${name}|-[a-z]*${char ?? '[]'}[a-z]*)( |=|$)`, 'm').test(tested)
    return isTyped || CLIENT_FLAGS.includes(name)
  })
  // `--detach`, `--name` and `--use-api-socket` have tests of their own below.
  const apart = ['detach', 'name', 'use-api-socket']
  const missing = Object.keys(runFlags).filter((name) => !covered.some(([known]) => known === name))
  expect(missing.filter((name) => !apart.includes(name))).toEqual([])
})

describe.each(firstProgramCombinations())('$program.name on $engine.name', ({ program, engine }) => {
  let fixture: Fixture
  let directory: string
  beforeAll(async () => {
    fixture = await openFixture({ program, engine })
    directory = await mkdtemp(join(tmpdir(), 'tug-command-'))
    await writeFile(join(directory, 'app.env'), '# comment\nFROM_FILE=1\nQUOTED="2"\n')
    await writeFile(join(directory, 'app.labels'), 'from=file\n')
    await fixture.shell.succeed('tug network create --subnet 10.97.1.0/24 first')
    await fixture.shell.succeed('tug network create --subnet 10.97.2.0/24 second')
    await fixture.shell.succeed('tug network create --ipv6 --subnet fd00:97::/64 --subnet 10.97.3.0/24 six')
    await fixture.shell.succeed('tug run -d --name other busybox sleep 1000')
    await fixture.shell.succeed('tug run -d --name sharing --ipc shareable busybox sleep 1000')
  })
  afterEach(async () => {
    await fixture.shell.run('tug rm -f base odd shop-web-1 web')
    await rm(join(directory, 'cid'), { force: true })
  })
  afterAll(async () => {
    await fixture.state.removeContainers()
    await fixture.shell.run('tug network rm first second six; tug volume prune -af || tug volume prune -f')
    await closeFixture(fixture)
    await rm(directory, { recursive: true, force: true })
  })

  const isServed = ({ since = '1.24' }: { since?: string }) => compareVersions(engine.apiVersion, since) >= 0
  /** Replaces the paths of the table by those of the test's directory. */
  const withPaths = (text: string) => text.replaceAll(/\/(app\.env|app\.labels|cid)\b/g, join(directory, '$1'))

  const inspected = async (name: string) => JSON.parse(await fixture.shell.succeed(`tug container inspect ${name}`))[0]

  /** Returns what a container consists of, without what each container has of its own. */
  async function configuration(name: string): Promise<unknown> {
    const { Id, Config, HostConfig, Mounts, NetworkSettings, Path, Args, Image } = await inspected(name)
    const parts = { Config, HostConfig, Mounts, Networks: NetworkSettings.Networks, Path, Args, Image }
    // The daemon shows links and mounts in no particular order.
    HostConfig.Links?.sort()
    Mounts.sort((a: { Destination: string }, b: { Destination: string }) => (a.Destination < b.Destination ? -1 : 1))
    const text = JSON.stringify(parts).replaceAll(Id, 'ID').replaceAll(Id.slice(0, 12), 'ID')
    return JSON.parse(text.replaceAll(/\b[\da-f]{64}\b/g, 'HEX').replaceAll(`/${name}/`, '/NAME/'))
  }

  // The translation is the same in both forms, so Node runs every eighth row.
  const stride = program.name === 'dist/tug' ? 1 : 8
  const rows = COMMAND_CASES.filter((row, index) => isServed(row) && index % stride === 0).map((row) => ({
    command: '',
    ...row,
  }))
  test.each(rows)('makes the container of "$typed $command" again', async (row) => {
    const { typed, printed = typed, command, refusal, isOptional = false } = row
    const outcome = await fixture.shell.run(withPaths(`tug create --name web ${typed} busybox ${command}`))
    if (refusal !== undefined && outcome.exitCode !== 0) return expect(outcome.stderr).toMatch(refusal)
    expect(outcome).toMatchObject({ exitCode: 0 })
    const { stdout: line, stderr, exitCode } = await fixture.shell.run('tug container command web')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const expected = [printed, ...(isOptional ? [''] : [])].map((flags) =>
      withPaths(`tug run --name web ${flags} busybox ${command}`).replace(/ +/g, ' ').trimEnd(),
    )
    expect(expected).toContain(line.trimEnd())
    const original = await configuration('web')
    await fixture.shell.succeed('tug rm web')
    await rm(join(directory, 'cid'), { force: true })
    await fixture.shell.succeed(line.replace('tug run', 'tug create'))
    expect(await configuration('web')).toEqual(original)
  })

  test('prints the same for a container that runs and has run', async () => {
    const flags = '-d --name web --network first --ip 10.97.1.30 -p 127.0.0.1::80 -v /anonymous --memory 64m'
    const line = `tug run ${flags} busybox sleep 1000\n`
    await fixture.shell.succeed(line)
    expect(await fixture.shell.succeed('tug container command web')).toBe(line)
    await fixture.shell.succeed('tug stop -t 0 web')
    expect(await fixture.shell.succeed('tug container command web')).toBe(line)
  })

  test('prints one flag a line, or JSON for programs', async () => {
    await fixture.shell.succeed("tug create --name web -it -e 'A=b c' busybox sh -c 'exit 3'")
    expect(await fixture.shell.succeed('tug container command --pretty web')).toBe(
      "tug run \\\n  --name web \\\n  -i \\\n  -t \\\n  -e 'A=b c' \\\n  busybox sh -c 'exit 3'\n",
    )
    const json = await fixture.shell.succeed('tug container command --format json web other')
    const [web, other] = json
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(web).toEqual({
      Name: 'web',
      Image: 'busybox',
      Command: ['tug', 'run', '--name', 'web', '-i', '-t', '-e', 'A=b c', 'busybox', 'sh', '-c', 'exit 3'],
      Warnings: [],
    })
    expect(other.Command.slice(0, 4)).toEqual(['tug', 'run', '-d', '--name'])
  })

  test('prints what it can, and reports missing containers', async () => {
    expect(await fixture.shell.run('tug container command nosuch other')).toEqual({
      stdout: 'tug run -d --name other busybox sleep 1000\n',
      stderr: expect.stringMatching(/^Error response from daemon: .*nosuch.*\n$/),
      exitCode: 1,
    })
    const refused = await fixture.shell.run('tug container command --format table other')
    expect(refused).toEqual({ stdout: '', stderr: '--format takes json, not "table"\n', exitCode: 1 })
  })

  test('leaves out what the image sets, and resets what the container has removed', async () => {
    const settings = ['ENV A=1 B=2', 'LABEL l=1 m=2', 'USER 1000', 'WORKDIR /srv', 'EXPOSE 80 81', 'VOLUME /v']
    const changes = [...settings, 'ENTRYPOINT ["/bin/env"]', 'CMD ["cmd"]', 'HEALTHCHECK CMD true']
    const flags = changes.map((change) => `--change '${change}'`).join(' ')
    await fixture.shell.succeed(`tug create --name base busybox && tug commit ${flags} base configured && tug rm base`)
    const lines = [
      'tug run --name web configured',
      'tug run --name web configured other words',
      "tug run --name web -e A=3 -e B --label l=3 --entrypoint '' configured sh",
      'tug run --name web --entrypoint /bin/env configured',
      'tug run --name web --user root --workdir / --stop-signal SIGTERM -p 80 --expose 82 -v /other configured',
      'tug run --name web --health-interval 1s configured',
      'tug run --name web --no-healthcheck configured',
    ]
    for (const line of lines) {
      await fixture.shell.succeed(line.replace('tug run', 'tug create'))
      expect(await fixture.shell.succeed('tug container command web')).toBe(`${line}\n`)
      await fixture.shell.succeed('tug rm web')
    }
    await fixture.shell.succeed('tug rmi configured')
  })

  test('names the container whose namespace is shared, not its id', async () => {
    await fixture.shell.succeed('tug create --name web --network container:other busybox')
    expect(await fixture.shell.succeed('tug container command web')).toContain('--network container:other')
  })

  test('prints the same line for a container that compose made', async () => {
    await createByApi('shop-web-1', COMPOSE_REQUEST)
    const { stdout, stderr } = await fixture.shell.run('tug container command shop-web-1')
    expect({ stdout, stderr }).toEqual({
      stdout:
        'tug run -d --name shop-web-1 --restart unless-stopped -e MODE=production ' +
        '--label com.docker.compose.config-hash=0123 --label com.docker.compose.depends_on= ' +
        '--label com.docker.compose.project=shop --label com.docker.compose.service=web ' +
        "--health-cmd 'wget -q localhost' --health-interval 10s --network first --network-alias shop-web-1 " +
        '--network-alias web -p 127.0.0.1:18080:80 -v named:/data:rw busybox sleep 1000\n',
      stderr: 'WARNING: shop-web-1: no flag of run sets Healthcheck.Test to ["CMD","wget","-q","localhost"]\n',
    })
  })

  test('says what no flag can set', async () => {
    await createByApi('odd', {
      Image: 'busybox',
      Entrypoint: ['sh', '-c'],
      Cmd: ['sleep 1000'],
      Env: null,
      Labels: null,
      NetworkDisabled: true,
      HostConfig: {
        Binds: null,
        PortBindings: null,
        MaskedPaths: ['/proc/keys'],
        Sysctls: { 'user.max_user_namespaces': '10' },
        Mounts: [{ Type: 'volume', Target: '/v', VolumeOptions: null }],
      },
    })
    const { stdout, stderr } = await fixture.shell.run('tug container command odd')
    expect(stdout).toBe("tug run -d --name odd --entrypoint sh --mount type=volume,target=/v busybox -c 'sleep 1000'\n")
    const sentence = /^WARNING: odd: (?:no flag of run sets|run does not accept) (\S+)/
    expect(
      stderr
        .split('\n')
        .flatMap((line) => sentence.exec(line)?.[1] ?? [])
        .sort(),
    ).toEqual(['--sysctl', 'Cmd', 'Entrypoint', 'HostConfig.MaskedPaths', 'HostConfig.Sysctls', 'NetworkDisabled'])
  })

  test('says how to join the networks that run cannot join', async () => {
    await fixture.shell.succeed('tug create --name web busybox sleep 1000')
    await fixture.shell.succeed('tug network connect --alias api --ip 10.97.1.40 first web')
    const { stdout, stderr } = await fixture.shell.run('tug container command web')
    expect(stdout).toBe('tug run --name web busybox sleep 1000\n')
    const command = /afterwards: (.*)\n$/.exec(stderr)?.[1] ?? ''
    expect(command).toBe('tug network connect --ip 10.97.1.40 --alias api first web')
    await fixture.shell.succeed(`tug rm web; ${stdout.replace('tug run', 'tug create')}`)
    await fixture.shell.succeed(command)
    expect(await fixture.shell.run('tug container command web')).toEqual({ stdout, stderr, exitCode: 0 })
  })

  test('says how to write the seccomp profile of a container to a file', async () => {
    const profile = '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[]}'
    await writeFile(join(directory, 'profile.json'), profile)
    const options = '--security-opt no-new-privileges --security-opt seccomp=profile.json'
    await fixture.shell.succeed(`tug create --name web ${options} busybox`, { cwd: directory })
    const original = await configuration('web')
    const { stdout, stderr } = await fixture.shell.run('tug container command web')
    expect(stdout).toBe(`tug run --name web ${options.replace('profile', 'web-seccomp')} busybox\n`)
    const command = /write it with: (.*)\n$/.exec(stderr)?.[1] ?? ''
    await fixture.shell.succeed(`${command}; tug rm web; ${stdout.replace('tug run', 'tug create')}`, {
      cwd: directory,
    })
    expect(await configuration('web')).toEqual(original)
  })

  test('contains what --use-api-socket added', async () => {
    await fixture.shell.succeed('tug create --name web --use-api-socket busybox')
    const mount = `--mount type=bind,source=${engine.socket},target=/var/run/docker.sock`
    expect(await fixture.shell.succeed('tug container command web')).toBe(`tug run --name web ${mount} busybox\n`)
  })

  test('says that the image has another name or another image has its name', async () => {
    await fixture.shell.succeed('tug tag busybox mine; tug create --name web mine; tug create --name base busybox')
    await fixture.shell.succeed('tug commit base mine; tug rm base')
    expect((await fixture.shell.run('tug container command web')).stderr).toMatch(
      /^WARNING: web: mine is another image now; the container's is sha256:[\da-f]{64}\n$/,
    )
    await fixture.shell.succeed('tug rmi mine')
    expect((await fixture.shell.run('tug container command web')).stderr).toMatch(
      /^WARNING: web: no image is called mine anymore; the container's is sha256:[\da-f]{64}\n$/,
    )
  })

  /** Creates a container as another client of the API. */
  async function createByApi(name: string, body: object): Promise<void> {
    const { status, body: response } = await request(
      {
        socketPath: engine.socket,
        method: 'POST',
        path: `/v${engine.apiVersion}/containers/create?name=${name}`,
        headers: { 'Content-Type': 'application/json' },
      },
      JSON.stringify(body),
    )
    expect(response).toContain('"Id"')
    expect(status).toBe(201)
  }
})

/** What docker compose 2 sends for a service `web` of a project `shop`. */
const COMPOSE_REQUEST = {
  Hostname: '',
  Domainname: '',
  User: '',
  AttachStdin: false,
  AttachStdout: false,
  AttachStderr: false,
  ExposedPorts: { '80/tcp': {} },
  Tty: false,
  OpenStdin: false,
  StdinOnce: false,
  Env: ['MODE=production'],
  Cmd: ['sleep', '1000'],
  Healthcheck: { Test: ['CMD', 'wget', '-q', 'localhost'], Interval: 10_000_000_000 },
  Image: 'busybox',
  Volumes: null,
  WorkingDir: '',
  Entrypoint: null,
  OnBuild: null,
  Labels: {
    'com.docker.compose.config-hash': '0123',
    'com.docker.compose.depends_on': '',
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'web',
  },
  HostConfig: {
    Binds: ['named:/data:rw'],
    ContainerIDFile: '',
    LogConfig: { Type: '', Config: null },
    NetworkMode: 'first',
    PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18080' }] },
    RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
    AutoRemove: false,
    ConsoleSize: [0, 0],
    CapAdd: null,
    Dns: null,
    Links: null,
    ExtraHosts: [],
    Ulimits: null,
    Mounts: null,
  },
  NetworkingConfig: { EndpointsConfig: { first: { Aliases: ['shop-web-1', 'web'], Links: null, IPAMConfig: null } } },
}
