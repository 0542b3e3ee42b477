import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { type Bench, closeBench, openBench } from '../attach/engine.ts'

const echoed = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 })

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(combination)
  })
  afterEach(() => bench.state.removeContainers())
  afterAll(() => closeBench(bench))

  /** Starts a container that runs until it is killed. */
  async function start(name: string, options = ''): Promise<void> {
    await bench.shell.succeed(`tug run -d --name ${name} ${options} busybox sleep 1000`)
  }

  async function inspected(name: string, field: string): Promise<string> {
    return (await bench.shell.succeed(`tug inspect -f '{{${field}}}' ${name}`)).trimEnd()
  }

  test.each(['restart', 'container restart'])('%s gives a new process and start', async (command) => {
    await start('one')
    await start('two')
    const before = [await inspected('one', '.State.Pid'), await inspected('one', '.State.StartedAt')]
    expect(await bench.shell.run(`tug ${command} -t 0 two one`)).toEqual(echoed('two\none\n'))
    const after = [await inspected('one', '.State.Pid'), await inspected('one', '.State.StartedAt')]
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    expect(await inspected('one', '.State.Running')).toBe('true')
  })

  test('restart names what it cannot find, and restarts the rest', async () => {
    await start('one')
    const outcome = await bench.shell.run('tug restart -t 0 nosuch one')
    expect(outcome).toMatchObject({ stdout: 'one\n', exitCode: 1 })
    expect(outcome.stderr).toMatch(/^Error response from daemon: .*nosuch.*\n$/)
  })

  test('a name with a slash in front, as inspect prints it, is the same name', async () => {
    await start('one')
    expect(await bench.shell.run('tug restart -t 0 /one')).toEqual(echoed('/one\n'))
    expect(await inspected('/one', '.State.Running')).toBe('true')
  })

  test('pause freezes, unpause lets go on', async () => {
    await start('one')
    expect(await bench.shell.run('tug pause one')).toEqual(echoed('one\n'))
    expect(await inspected('one', '.State.Status')).toBe('paused')
    expect((await bench.shell.run('tug pause one')).exitCode).toBe(1)
    expect(await bench.shell.run('tug unpause one')).toEqual(echoed('one\n'))
    expect(await inspected('one', '.State.Status')).toBe('running')
    expect((await bench.shell.run('tug unpause one')).exitCode).toBe(1)
  })

  test('rename is silent, and the old name is free', async () => {
    await start('one')
    const id = await inspected('one', '.Id')
    expect(await bench.shell.run('tug rename one other')).toEqual(echoed(''))
    expect(await inspected('other', '.Id')).toBe(id)
    await start('one')
    const taken = await bench.shell.run('tug rename one other')
    expect(taken).toMatchObject({ stdout: '', exitCode: 1 })
    expect(taken.stderr).toMatch(/\nError: failed to rename container named one\n$/)
  })

  test('update changes the restart policy', async () => {
    await start('one')
    expect(await bench.shell.run('tug update --restart on-failure:3 one')).toEqual(echoed('one\n'))
    expect(await inspected('one', '.HostConfig.RestartPolicy.Name')).toBe('on-failure')
    expect(await inspected('one', '.HostConfig.RestartPolicy.MaximumRetryCount')).toBe('3')
  })

  test('update changes limits and leaves the others alone', async () => {
    await start('one', '--cpu-shares 300')
    const { stdout, exitCode } = await bench.shell.run('tug update --pids-limit 50 one')
    expect({ stdout: stdout.split('\n')[0], exitCode }).toEqual({ stdout: 'one', exitCode: 0 })
    expect(await inspected('one', '.HostConfig.PidsLimit')).toBe('50')
    expect(await inspected('one', '.HostConfig.CpuShares')).toBe('300')
  })

  test('port shows where ports are published', async () => {
    const ports = [await freePort(), await freePort()]
    await start('one', `-p 127.0.0.1:${ports[0]}:80 -p 127.0.0.1:${ports[1]}:9/udp`)
    expect(await bench.shell.run('tug port one')).toEqual(
      echoed(`9/udp -> 127.0.0.1:${ports[1]}\n80/tcp -> 127.0.0.1:${ports[0]}\n`),
    )
    expect(await bench.shell.run('tug port one 80')).toEqual(echoed(`127.0.0.1:${ports[0]}\n`))
    expect(await bench.shell.run('tug port one 9/udp')).toEqual(echoed(`127.0.0.1:${ports[1]}\n`))
    expect(await bench.shell.run('tug port one 9')).toEqual({
      stdout: '',
      stderr: "Error: No public port '9' published for one\n",
      exitCode: 1,
    })
  })

  test('top shows the processes, by the columns asked for', async () => {
    await start('one')
    expect(await bench.shell.succeed('tug top one')).toMatch(/^\S+ +PID .*\n.* sleep 1000\n$/)
    expect(await bench.shell.succeed('tug top one -o pid,args')).toMatch(/^PID {17}COMMAND\n\d+ +sleep 1000\n$/)
    await bench.shell.succeed('tug kill one')
    await bench.state.exitCode('one')
    const stopped = await bench.shell.run('tug top one')
    expect(stopped).toMatchObject({ stdout: '', exitCode: 1 })
    expect(stopped.stderr).toMatch(/^Error response from daemon: .*not running|can only be used on running/)
  })

  test('diff shows what was added, changed and deleted', async () => {
    await bench.shell.succeed("tug run --name one busybox sh -c 'echo > /etc/new; echo >> /etc/group; rm /etc/passwd'")
    const lines = (await bench.shell.succeed('tug diff one')).trimEnd().split('\n').sort()
    expect(lines).toEqual(expect.arrayContaining(['A /etc/new', 'C /etc', 'C /etc/group', 'D /etc/passwd']))
  })

  test('wait prints exit codes, in the order typed', async () => {
    await bench.shell.succeed("tug run -d --name slow busybox sh -c 'sleep 1; exit 3'")
    await bench.shell.succeed("tug run -d --name fast busybox sh -c 'exit 4'")
    expect(await bench.shell.run('tug wait slow fast')).toEqual(echoed('3\n4\n'))
    const partly = await bench.shell.run('tug wait nosuch fast')
    expect(partly).toMatchObject({ stdout: '4\n', exitCode: 1 })
    expect(partly.stderr).toMatch(/^Error response from daemon: .*nosuch/)
  })

  test('--use-api-socket brings the socket and the credentials, readable by root alone', async () => {
    const auths = { 'registry.example': { auth: 'YW5uOnMzY3JldA==' } }
    const look =
      'test -S /var/run/docker.sock && stat -c "%a %u" $DOCKER_CONFIG/config.json && cat $DOCKER_CONFIG/config.json'
    const outcome = await bench.shell.run(
      [
        'config=$(mktemp -d)',
        `printf '%s' '${JSON.stringify({ auths })}' >$config/config.json`,
        `DOCKER_CONFIG=$config tug run --rm --use-api-socket busybox sh -c '${look}'`,
        'rm -r $config',
      ].join('\n'),
    )
    expect(outcome).toEqual(echoed(`600 0\n${JSON.stringify({ auths }, null, '\t')}`))
  })
})
