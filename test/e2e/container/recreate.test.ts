import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compareVersions } from '../../../src/domain/system/api-version.ts'
import { HaltingProxy } from '../../support/halting-proxy.ts'
import { freePort } from '../../support/ports.ts'
import { engines, firstProgramCombinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

describe.each(firstProgramCombinations())('$program.name on $engine.name', ({ program, engine }) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture({ program, engine })
    await fixture.shell.succeed('tug network create --subnet 10.96.1.0/24 inner')
    await fixture.shell.succeed('tug network create --subnet 10.96.2.0/24 outer')
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(async () => {
    await fixture.shell.run('tug network rm inner outer; tug volume prune -af')
    await closeFixture(fixture)
  })

  const succeed = (line: string) => fixture.shell.succeed(line)
  const inspected = async (name: string, field: string) =>
    (await succeed(`tug container inspect -f '{{${field}}}' ${name}`)).trimEnd()
  const command = async (name: string) => (await succeed(`tug container command ${name}`)).trimEnd()
  const containers = async () =>
    (await succeed("tug ps -a --format '{{.Names}} {{.State}}'")).trimEnd().split('\n').filter(Boolean).sort()
  /** A program that ends at once when it is stopped. */
  const SLEEP = "busybox sh -c 'trap exit TERM; sleep 1000 & wait'"

  test('keeps everything, and has another id', async () => {
    const port = await freePort()
    const flags = `--name web --restart always -e A=1 --label l=1 --network inner --ip 10.96.1.20 --network-alias api -p 127.0.0.1:${port}:80 -v data:/data --memory 64m`
    await succeed(`tug run -d ${flags} ${SLEEP}`)
    await succeed('tug network connect --alias www outer web')
    const [id, line] = [await inspected('web', '.Id'), await command('web')]
    expect(await fixture.shell.run('tug container recreate web')).toEqual({ stdout: 'web\n', stderr: '', exitCode: 0 })
    expect(await inspected('web', '.Id')).not.toBe(id)
    expect(await command('web')).toBe(line)
    expect(await containers()).toEqual(['web running'])
    expect(await inspected('web', 'json .NetworkSettings.Networks.outer.Aliases')).toContain('"www"')
    expect(await inspected('web', '.NetworkSettings.Networks.inner.IPAddress')).toBe('10.96.1.20')
    await succeed('tug container recreate --network outer --ip 10.96.2.20 web')
    expect(await inspected('web', 'range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end')).toBe('outer')
    expect(await inspected('web', '.NetworkSettings.Networks.outer.IPAddress')).toBe('10.96.2.20')
  })

  test('changes what is typed', async () => {
    await succeed(`tug run -d --name web -e A=1 -e B=2 -l a=1 -p 127.0.0.1::80 -p 127.0.0.1::81 --tmpfs /t ${SLEEP}`)
    await succeed(
      "tug container recreate -e B=3 -e 'C=4 5' -l a=2 -p 127.0.0.1::81/udp -p 127.0.0.2::80 -v /t --memory 64m --cpus 0.5 web",
    )
    const ports = '-p 127.0.0.2::80 -p 127.0.0.1::81 -p 127.0.0.1::81/udp'
    expect(await command('web')).toBe(
      `tug run -d --name web -e A=1 -e B=3 -e 'C=4 5' --label a=2 ${ports} -v /t --memory 64m --cpus 0.5 ${SLEEP}`,
    )
    await writeFile(join(fixture.shell.configDirectory, '..', 'app.env'), 'A=file\nLOCAL\n')
    await fixture.shell.succeed('LOCAL=5 tug container recreate --env-file app.env -e C web', {
      cwd: join(fixture.shell.configDirectory, '..'),
    })
    expect(await command('web')).toContain(' -e B=3 -e A=file -e LOCAL=5 -e C ')
    await succeed('tug container recreate --reset publish --reset=--env web')
    // The anonymous volume has a name now.
    expect((await command('web')).replace(/[0-9a-f]{64}/, 'ANONYMOUS')).toBe(
      `tug run -d --name web --label a=2 -v ANONYMOUS:/t --memory 64m --cpus 0.5 ${SLEEP}`,
    )
    const refused = await fixture.shell.run('tug container recreate --reset nosuch web')
    expect(refused).toMatchObject({ exitCode: 125, stderr: expect.stringContaining('long name of a flag of run') })
  })

  test('uses another image without what the old one had set', async () => {
    for (const version of ['1', '2']) {
      await succeed(
        `tug create --name base busybox && tug commit -c 'ENV VERSION=${version} V${version}=x' -c 'CMD ["sleep","100${version}"]' base app:${version} && tug rm base`,
      )
    }
    await succeed('tug run -d --name web --stop-timeout 0 -e OWN=1 app:1')
    await succeed('tug container recreate --image app:2 web')
    expect(await inspected('web', 'json .Config.Cmd')).toBe('["sleep","1002"]')
    expect(JSON.parse(await inspected('web', 'json .Config.Env')).sort()).toEqual([
      'OWN=1',
      'PATH=/bin',
      'V2=x',
      'VERSION=2',
    ])
    await succeed('tug tag app:1 app:2 && tug container recreate web')
    expect(await inspected('web', 'json .Config.Cmd')).toBe('["sleep","1001"]')
    await succeed('tug rm -f web && tug rmi app:1 app:2')
  })

  test('uses the same image when its name is gone, and pulls only with --pull', async () => {
    await succeed(`tug tag busybox fleeting; tug run -d --name web ${SLEEP.replace('busybox', 'fleeting')}`)
    const image = await inspected('web', '.Image')
    await succeed('tug rmi -f fleeting')
    expect((await fixture.shell.run('tug container recreate --pull always -e A=1 web')).exitCode).toBe(1)
    expect(await succeed('tug container recreate --dry-run -e A=1 web')).toContain(`\n+${image} sh -c `)
    expect(await succeed('tug container recreate -e A=1 web')).toBe('web\n')
    expect(await inspected('web', '.Image')).toBe(image)
    expect(await containers()).toEqual(['web running'])
  })

  test('takes over the data of volumes, anonymous ones too', async () => {
    await succeed(`tug create --name base busybox && tug commit -c 'VOLUME /declared' base stored && tug rm base`)
    await succeed(
      "tug run -d --name web -v /typed -v named:/named --mount type=volume,target=/mounted stored sh -c 'trap exit TERM; sleep 1000 & wait'",
    )
    const paths = ['/declared', '/typed', '/named', '/mounted']
    for (const path of paths) await succeed(`tug exec web sh -c 'echo ${path} > ${path}/file'`)
    for (let round = 0; round < 2; round++) {
      await succeed('tug container recreate web')
      for (const path of paths) expect(await succeed(`tug exec web cat ${path}/file`)).toBe(`${path}\n`)
    }
    await succeed('tug rm -f web && tug rmi stored')
  })

  test.each(['--rm', '--rm -v /data'])('recreates a container that is removed when it stops: %s', async (flags) => {
    await succeed(`tug run -d --name web ${flags} ${SLEEP}`)
    await fixture.shell.run("tug exec web sh -c 'echo kept > /data/file'")
    await succeed('tug container recreate -e A=1 web')
    expect(await containers()).toEqual(['web running'])
    expect(await command('web')).toContain('--rm -e A=1')
    if (flags.includes('/data')) expect(await succeed('tug exec web cat /data/file')).toBe('kept\n')
  })

  test('does not write to the file of an old --cidfile', async () => {
    const directory = join(fixture.shell.configDirectory, '..')
    await fixture.shell.succeed(`tug run -d --name web --cidfile id ${SLEEP}`, { cwd: directory })
    await fixture.shell.succeed('tug container recreate --cidfile new-id web', { cwd: directory })
    const id = await inspected('web', '.Id')
    expect(await fixture.shell.succeed('cat new-id', { cwd: directory })).toBe(id)
    await succeed('tug container recreate web')
    expect(await fixture.shell.succeed('cat new-id', { cwd: directory })).toBe(id)
  })

  test('keeps the state of a container', async () => {
    await succeed(
      `tug create --name fresh ${SLEEP}; tug run --name ended busybox true; tug run -d --name halted ${SLEEP}; tug pause halted`,
    )
    expect(await fixture.shell.run('tug container recreate fresh ended halted')).toMatchObject({
      stdout: 'fresh\nended\nhalted\n',
      exitCode: 0,
    })
    expect(await containers()).toEqual(['ended created', 'fresh created', 'halted paused'])
  })

  test('keeps links and shared networks, and says what has to follow', async () => {
    await succeed(`tug run -d --name db ${SLEEP}; tug run -d --name web --link db:store ${SLEEP}`)
    await succeed(`tug run -d --name side --network container:web ${SLEEP}`)
    await succeed('tug container recreate web side')
    expect(await command('web')).toContain('--link db:store')
    expect(await command('side')).toContain('--network container:web')
    expect(await inspected('side', '.HostConfig.NetworkMode')).toBe(`container:${await inspected('web', '.Id')}`)
    const first = await fixture.shell.run('tug container recreate db')
    expect(first.stderr).toBe(
      'WARNING: web is linked to the old db; afterwards: tug container recreate --link db:store web\n',
    )
    const second = await fixture.shell.run('tug container recreate --link db:store web')
    expect(second.stderr).toBe(
      'WARNING: side uses the network of the old web; afterwards: tug container recreate --network container:web side\n',
    )
    await succeed('tug container recreate --network container:web side')
    expect(await inspected('side', '.HostConfig.NetworkMode')).toBe(`container:${await inspected('web', '.Id')}`)
    expect(await command('web')).toContain('--link db:store')
  })

  test('--dry-run shows the difference of the command lines', async () => {
    await succeed(`tug run -d --name web -e A=1 -p 127.0.0.1::80 ${SLEEP}`)
    const id = await inspected('web', '.Id')
    expect(await fixture.shell.run('tug container recreate --dry-run -e A=2 --memory 64m web')).toEqual({
      stdout: [
        '--- web',
        '+++ web (recreated)',
        '@@ -1,6 +1,7 @@',
        ' tug run',
        ' -d',
        ' --name web',
        '--e A=1',
        '+-e A=2',
        ' -p 127.0.0.1::80',
        '+--memory 64m',
        ` ${SLEEP}`,
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    })
    expect(await succeed('tug container recreate --dry-run web')).toBe('')
    const several = await succeed("tug container recreate --dry-run -e 'A=one\ntwo' web")
    expect(several).toContain("\n--e A=1\n+-e 'A=one\n+two'\n -p 127.0.0.1::80\n")
    expect(await inspected('web', '.Id')).toBe(id)
    const terminal = fixture.shell.terminal('tug container recreate --dry-run -e A=2 web', { columns: 100 })
    expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
    expect(terminal.output).toContain('\x1b[32m+-e A=2')
  })

  describe('goes back to the old container', () => {
    let id: string
    beforeEach(async () => {
      await succeed(
        `tug run -d --name web --network inner --ip 10.96.1.30 -v /data busybox sh -c 'trap exit TERM; sleep \${TIME:-1000} & wait'`,
      )
      await succeed("tug exec web sh -c 'echo kept > /data/file'")
      id = await inspected('web', '.Id')
    })

    async function expectOld(): Promise<void> {
      expect(await containers()).toEqual(['web running'])
      expect(await inspected('web', '.Id')).toBe(id)
      expect(await succeed('tug exec web cat /data/file')).toBe('kept\n')
      expect(await inspected('web', '.NetworkSettings.Networks.inner.IPAddress')).toBe('10.96.1.30')
    }

    test('when the daemon refuses the new one', async () => {
      const refused = await fixture.shell.run('tug container recreate --network nosuch web')
      expect(refused).toMatchObject({ stdout: '', exitCode: 1 })
      expect(refused.stderr).toMatch(/nosuch.*\nweb is not recreated; the old container is back\n$/s)
      await expectOld()
      const missing = await fixture.shell.run('tug container recreate --image nosuch --pull never web')
      expect(missing).toEqual({
        stdout: '',
        stderr: 'Error response from daemon: No such image: nosuch\n',
        exitCode: 1,
      })
      await expectOld()
    })

    test('when a port is taken', async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : 0
      const refused = await fixture.shell.run(`tug container recreate -p 127.0.0.1:${port}:80 web`)
      server.close()
      expect(refused).toMatchObject({ stdout: '', exitCode: 1 })
      expect(refused.stderr).toContain('web is not recreated; the old container is back\n')
      await expectOld()
    })

    test.each([
      ["--entrypoint 'false'", /has ended with exit code 1/],
      ['-e TIME=0.3', /has ended with exit code 0/],
      ['-e TIME=0.3 --restart always', /does not keep running: its restart policy has started it again/],
      ['--entrypoint /nosuch', /nosuch/],
      ["--health-cmd 'exit 1' --health-interval 100ms --health-retries 1", /is unhealthy/],
      ["--health-cmd 'sleep 60' --health-timeout 60s --wait-timeout 1", /not healthy/],
    ])('when the new one does not get ready: %s', async (flags, message) => {
      const failed = await fixture.shell.run(`tug container recreate ${flags} web`)
      expect(failed).toMatchObject({ stdout: '', exitCode: 1 })
      expect(failed.stderr).toMatch(message)
      expect(failed.stderr).toMatch(/\nweb is not recreated; the old container is back\n$/)
      await expectOld()
    })
  })

  test('goes back to the old container when the wait for the new one is interrupted', async () => {
    await succeed(`tug run -d --name web ${SLEEP}`)
    const id = await inspected('web', '.Id')
    const check = "--health-cmd 'sleep 60' --health-timeout 60s"
    const terminal = fixture.shell.terminal(`tug -D container recreate ${check} web`, { columns: 100 })
    await terminal.waitFor('/events?')
    expect(await containers()).toContain('web-before-recreate exited')
    terminal.type('\x03')
    expect(await terminal.exit()).toMatchObject({ exitCode: 130 })
    expect(terminal.screen()).toContain('web is not recreated; the old container is back')
    expect([await inspected('web', '.Id'), await containers()]).toEqual([id, ['web running']])
  })

  test('creates a container with --rm again, with its data', async () => {
    await succeed(`tug run -d --rm --name web -v /data ${SLEEP}`)
    await succeed("tug exec web sh -c 'echo kept > /data/file'")
    const failed = await fixture.shell.run('tug container recreate --entrypoint /nosuch web')
    expect(failed.stderr).toMatch(/\nweb is not recreated; the old container is back\n$/)
    expect(await containers()).toEqual(['web running'])
    expect(await succeed('tug exec web cat /data/file')).toBe('kept\n')
  })

  /** What is left when the command is interrupted after a step. docs/kinder.md shows this table. */
  const STEPS: readonly { step: string; request: RegExp; killed: readonly string[]; back: boolean }[] = [
    {
      step: 'create',
      request: /^POST .*\/containers\/create/,
      killed: ['web running', 'web-recreated created'],
      back: true,
    },
    {
      step: 'park',
      request: /^POST .*\/rename\?name=web-before-recreate/,
      killed: ['web-before-recreate running', 'web-recreated created'],
      back: true,
    },
    {
      step: 'name',
      request: /^POST .*\/rename\?name=web$/,
      killed: ['web created', 'web-before-recreate running'],
      back: true,
    },
    { step: 'stop', request: /^POST .*\/stop/, killed: ['web created', 'web-before-recreate exited'], back: true },
    { step: 'start', request: /^POST .*\/start/, killed: ['web running', 'web-before-recreate exited'], back: true },
    { step: 'remove', request: /^DELETE /, killed: ['web running'], back: false },
  ]

  // What tug does when it is interrupted does not depend on the engine.
  describe.each(engine === engines().at(-1) ? STEPS : [])('interrupted after the step $step', ({
    request,
    killed,
    back,
  }) => {
    let proxy: HaltingProxy
    let id: string
    beforeEach(async () => {
      proxy = await HaltingProxy.open(engine.socket)
      await succeed(`tug run -d --name web -v /data ${SLEEP}`)
      await succeed("tug exec web sh -c 'echo kept > /data/file'")
      id = await inspected('web', '.Id')
    })
    afterEach(() => proxy.close())

    /** Starts a recreate whose response to the step is held back. */
    async function halted() {
      const halt = proxy.haltAt(request)
      const child = spawn(program.command[0], [...program.command.slice(1), 'container', 'recreate', 'web'], {
        env: { ...fixture.shell.env, DOCKER_HOST: `unix://${proxy.socket}` },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let stderr = ''
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk
      })
      const ended = once(child, 'close')
      const first = await Promise.race([halt.reached, ended])
      if (first !== undefined) throw new Error(`it ended before the step:\n${stderr}`)
      return { child, release: halt.release, end: async () => ({ exitCode: (await ended)[0], stderr }) }
    }

    async function expectOld(): Promise<void> {
      expect(await containers()).toEqual(['web running'])
      expect((await inspected('web', '.Id')) === id).toBe(back)
      expect(await succeed('tug exec web cat /data/file')).toBe('kept\n')
    }

    test.each(['SIGINT', 'SIGTERM'] as const)('by %s, the old container is back', async (signal) => {
      const { child, release, end } = await halted()
      child.kill(signal)
      // The second signal must not end the way back.
      await sleep(100)
      child.kill(signal)
      release()
      const { exitCode, stderr } = await end()
      expect(exitCode).toBe(back ? { SIGINT: 130, SIGTERM: 143 }[signal] : 0)
      if (back) expect(stderr).toContain('interrupted\nweb is not recreated; the old container is back\n')
      await expectOld()
    })

    test('by SIGKILL, one command brings the old container back', async () => {
      const { child, end } = await halted()
      child.kill('SIGKILL')
      await end()
      expect(await containers()).toEqual(killed)
      if (!back) return
      const refused = await fixture.shell.run('tug container recreate web')
      expect(refused).toMatchObject({ stdout: '', exitCode: 1 })
      const restore = /go back .* with: (.*)\n/.exec(refused.stderr)?.[1] ?? ''
      expect(await fixture.shell.run(restore)).toEqual({ stdout: 'web\n', stderr: '', exitCode: 0 })
      await expectOld()
    })

    test('by a daemon that is gone, the message says how to bring the old container back', async () => {
      const { end } = await halted()
      await proxy.close()
      const { exitCode, stderr } = await end()
      expect(exitCode).toBe(1)
      const restore = /put it back with: (.*)\n/.exec(stderr)?.[1]
      if (back) expect(restore).toBe('tug container recreate --restore web')
      if (restore) await succeed(restore)
      await expectOld()
    })
  })

  test('refuses a container of which an interrupted recreate has left something, by its id too', async () => {
    await succeed('tug create --name web busybox && tug create --name web-before-recreate busybox')
    const message =
      'the container web-before-recreate is left of an interrupted recreate\n' +
      'go back to how web was with: tug container recreate --restore web\n' +
      'or keep the new one with: tug rm -f web-before-recreate\n'
    for (const name of ['web', await inspected('web', '.Id')]) {
      const refused = await fixture.shell.run(`tug container recreate ${name}`)
      expect(refused).toEqual({ stdout: '', stderr: message, exitCode: 1 })
    }
    expect(await containers()).toEqual(['web created', 'web-before-recreate created'])
  })

  test('repairs a container that its restart policy starts again and again', async () => {
    await succeed(
      `tug run -d --name web --restart always busybox sh -c 'test -n "$CONFIG" || exit 1; trap exit TERM; sleep 1000 & wait'`,
    )
    // The pauses between the restarts become longer.
    await succeed('sleep 2; until tug inspect -f {{.State.Restarting}} web | grep true; do sleep 0.1; done')
    expect(await succeed('tug container recreate -e CONFIG=/etc/app web')).toBe('web\n')
    expect(await containers()).toEqual(['web running'])
    expect(await inspected('web', '.RestartCount')).toBe('0')
  })

  test('refuses a container that uses the network of one that is gone, before anything changes', async () => {
    await succeed(`tug run -d --name db ${SLEEP}; tug run -d --name web --network container:db ${SLEEP}`)
    const id = await inspected('db', '.Id')
    await succeed('tug rm -f db')
    expect(await fixture.shell.run('tug container recreate -e A=1 web')).toEqual({
      stdout: '',
      stderr:
        `web cannot be recreated, because it shares a namespace with the container ${id}, which does not exist\n` +
        'name another one with --network, --ipc or --pid\n',
      exitCode: 1,
    })
    expect(await containers()).toEqual(['web running'])
    await succeed('tug container recreate --network bridge web')
  })

  test('refuses a task of a swarm service, which the swarm would replace', async () => {
    await succeed(`tug run -d --name task -l com.docker.swarm.service.name=shop ${SLEEP}`)
    const id = await inspected('task', '.Id')
    for (const flags of ['-e A=1', '--dry-run']) {
      expect(await fixture.shell.run(`tug container recreate ${flags} task`)).toEqual({
        stdout: '',
        stderr:
          'task cannot be recreated, because it is a task of the service shop, for which the swarm would start another one\n' +
          'change the service with: tug service update shop\n',
        exitCode: 1,
      })
    }
    expect(await inspected('task', '.Id')).toBe(id)
  })

  test('--restore says that nothing is left', async () => {
    expect(await fixture.shell.run('tug container recreate --restore web')).toEqual({
      stdout: '',
      stderr: 'nothing is left of a recreate of web: no container is called web-before-recreate\n',
      exitCode: 1,
    })
  })

  if (compareVersions(engine.apiVersion, '1.44') >= 0) {
    test('keeps MAC addresses and several networks', async () => {
      await succeed(
        `tug run -d --name web --network name=inner,mac-address=02:11:22:33:44:55 --network name=outer,alias=www,mac-address=02:42:22:33:44:66 ${SLEEP}`,
      )
      const line = await command('web')
      await succeed('tug container recreate web')
      expect(await command('web')).toBe(line)
      expect(line).toContain('--mac-address 02:11:22:33:44:55')
      expect(line).toContain('--network name=outer,alias=www,mac-address=02:42:22:33:44:66')
    })
  }
})
