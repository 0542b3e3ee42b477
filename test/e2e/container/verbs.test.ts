import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const echoed = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 })

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  /** Starts a container that runs until it is killed. */
  async function start(name: string, options = ''): Promise<void> {
    await fixture.shell.succeed(`tug run -d --name ${name} ${options} busybox sleep 1000`)
  }

  async function inspected(name: string, field: string): Promise<string> {
    return (await fixture.shell.succeed(`tug inspect -f '{{${field}}}' ${name}`)).trimEnd()
  }

  test.each(['restart', 'container restart'])('%s starts a new process', async (command) => {
    await start('one')
    await start('two')
    const before = [await inspected('one', '.State.Pid'), await inspected('one', '.State.StartedAt')]
    expect(await fixture.shell.run(`tug ${command} -t 0 two one`)).toEqual(echoed('two\none\n'))
    const after = [await inspected('one', '.State.Pid'), await inspected('one', '.State.StartedAt')]
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    expect(await inspected('one', '.State.Running')).toBe('true')
  })

  test('restart reports missing containers and restarts the others', async () => {
    await start('one')
    const outcome = await fixture.shell.run('tug restart -t 0 nosuch one')
    expect(outcome).toMatchObject({ stdout: 'one\n', exitCode: 1 })
    expect(outcome.stderr).toMatch(/^Error response from daemon: .*nosuch.*\n$/)
  })

  test('a name may have a leading slash, as inspect prints it', async () => {
    await start('one')
    expect(await fixture.shell.run('tug restart -t 0 /one')).toEqual(echoed('/one\n'))
    expect(await inspected('/one', '.State.Running')).toBe('true')
  })

  test('pause suspends a container, unpause resumes it', async () => {
    await start('one')
    expect(await fixture.shell.run('tug pause one')).toEqual(echoed('one\n'))
    expect(await inspected('one', '.State.Status')).toBe('paused')
    expect((await fixture.shell.run('tug pause one')).exitCode).toBe(1)
    expect(await fixture.shell.run('tug unpause one')).toEqual(echoed('one\n'))
    expect(await inspected('one', '.State.Status')).toBe('running')
    expect((await fixture.shell.run('tug unpause one')).exitCode).toBe(1)
  })

  test('rename prints nothing and frees the old name', async () => {
    await start('one')
    const id = await inspected('one', '.Id')
    expect(await fixture.shell.run('tug rename one other')).toEqual(echoed(''))
    expect(await inspected('other', '.Id')).toBe(id)
    await start('one')
    const conflict = await fixture.shell.run('tug rename one other')
    expect(conflict).toMatchObject({ stdout: '', exitCode: 1 })
    expect(conflict.stderr).toMatch(/\nError: failed to rename container named one\n$/)
  })

  test('update changes the restart policy', async () => {
    await start('one')
    expect(await fixture.shell.run('tug update --restart on-failure:3 one')).toEqual(echoed('one\n'))
    expect(await inspected('one', '.HostConfig.RestartPolicy.Name')).toBe('on-failure')
    expect(await inspected('one', '.HostConfig.RestartPolicy.MaximumRetryCount')).toBe('3')
  })

  test('update changes only the given limits', async () => {
    await start('one', '--cpu-shares 300')
    const { stdout, exitCode } = await fixture.shell.run('tug update --pids-limit 50 one')
    expect({ stdout: stdout.split('\n')[0], exitCode }).toEqual({ stdout: 'one', exitCode: 0 })
    expect(await inspected('one', '.HostConfig.PidsLimit')).toBe('50')
    expect(await inspected('one', '.HostConfig.CpuShares')).toBe('300')
  })

  test('port prints the published ports', async () => {
    const ports = [await freePort(), await freePort()]
    await start('one', `-p 127.0.0.1:${ports[0]}:80 -p 127.0.0.1:${ports[1]}:9/udp`)
    expect(await fixture.shell.run('tug port one')).toEqual(
      echoed(`9/udp -> 127.0.0.1:${ports[1]}\n80/tcp -> 127.0.0.1:${ports[0]}\n`),
    )
    expect(await fixture.shell.run('tug port one 80')).toEqual(echoed(`127.0.0.1:${ports[0]}\n`))
    expect(await fixture.shell.run('tug port one 9/udp')).toEqual(echoed(`127.0.0.1:${ports[1]}\n`))
    expect(await fixture.shell.run('tug port one 9')).toEqual({
      stdout: '',
      stderr: "Error: No public port '9' published for one\n",
      exitCode: 1,
    })
  })

  test('top prints the processes with the requested columns', async () => {
    await start('one')
    expect(await fixture.shell.succeed('tug top one')).toMatch(/^\S+ +PID .*\n.* sleep 1000\n$/)
    expect(await fixture.shell.succeed('tug top one -o pid,args')).toMatch(/^PID {17}COMMAND\n\d+ +sleep 1000\n$/)
    await fixture.shell.succeed('tug kill one')
    await fixture.state.exitCode('one')
    const stopped = await fixture.shell.run('tug top one')
    expect(stopped).toMatchObject({ stdout: '', exitCode: 1 })
    expect(stopped.stderr).toMatch(/^Error response from daemon: .*not running|can only be used on running/)
  })

  test('diff prints added, changed and deleted files', async () => {
    await fixture.shell.succeed(
      "tug run --name one busybox sh -c 'echo > /etc/new; echo >> /etc/group; rm /etc/passwd'",
    )
    const lines = (await fixture.shell.succeed('tug diff one')).trimEnd().split('\n').sort()
    expect(lines).toEqual(expect.arrayContaining(['A /etc/new', 'C /etc', 'C /etc/group', 'D /etc/passwd']))
  })

  test('wait prints exit codes in the order of the arguments', async () => {
    await fixture.shell.succeed("tug run -d --name slow busybox sh -c 'sleep 1; exit 3'")
    await fixture.shell.succeed("tug run -d --name fast busybox sh -c 'exit 4'")
    expect(await fixture.shell.run('tug wait slow fast')).toEqual(echoed('3\n4\n'))
    const partly = await fixture.shell.run('tug wait nosuch fast')
    expect(partly).toMatchObject({ stdout: '4\n', exitCode: 1 })
    expect(partly.stderr).toMatch(/^Error response from daemon: .*nosuch/)
  })

  test('--use-api-socket mounts the socket and the credentials, readable only by root', async () => {
    const auths = { 'registry.example': { auth: 'YW5uOnMzY3JldA==' } }
    const script =
      'test -S /var/run/docker.sock && stat -c "%a %u" $DOCKER_CONFIG/config.json && cat $DOCKER_CONFIG/config.json'
    const outcome = await fixture.shell.run(
      [
        'config=$(mktemp -d)',
        `printf '%s' '${JSON.stringify({ auths })}' >$config/config.json`,
        `DOCKER_CONFIG=$config tug run --rm --use-api-socket busybox sh -c '${script}'`,
        'rm -r $config',
      ].join('\n'),
    )
    expect(outcome).toEqual(echoed(`600 0\n${JSON.stringify({ auths }, null, '\t')}`))
  })
})
