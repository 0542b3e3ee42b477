import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request } from '../../support/engines/http.ts'
import { startEngine } from '../../support/engines/start.ts'
import { freePort } from '../../support/ports.ts'
import { mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { RunningProgram } from '../session/program.ts'

/** Flags with which services converge and stop quickly. */
const QUICK = '--no-resolve-image --update-monitor 1s --stop-grace-period 1s'
const TALK = "busybox sh -c 'while :; do echo tick; sleep 0.2; done'"
const ID = /^[a-z0-9]{25}$/

let engine: Awaited<ReturnType<typeof startEngine>>

beforeAll(async () => {
  engine = await startEngine({ from: 'machine', mirrorUrl: mirrorUrl() })
  const swarm = {
    ListenAddr: `127.0.0.1:${await freePort()}`,
    AdvertiseAddr: '127.0.0.1',
    DataPathPort: await freePort(),
  }
  const response = await request(
    {
      socketPath: engine.socket,
      method: 'POST',
      path: '/swarm/init',
      headers: { 'Content-Type': 'application/json' },
    },
    JSON.stringify(swarm),
  )
  if (response.status !== 200) throw new Error(`the engine makes no swarm: ${response.body}`)
}, 120_000)

afterAll(() => engine.stop())

describe.each(programs)('services with $name', (program) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    await shell.succeed('tug pull -q busybox')
  })
  afterAll(async () => {
    await shell.run('tug service rm $(tug service ls -q)')
    await shell.close()
  })

  test('a service is created, awaited, updated, scaled, rolled back and removed', {
    timeout: 120_000,
  }, async () => {
    const lines = (await shell.succeed(`tug service create --name web -l a=b ${QUICK} ${TALK}`)).split('\n')
    expect(lines[0]).toMatch(ID)
    expect(lines.slice(1, 3)).toEqual(['overall progress: 0 out of 1 tasks', '1/1:  '])
    expect(lines).toContain('overall progress: 1 out of 1 tasks')
    expect(lines.slice(-3)).toEqual([
      'verify: Waiting 1 seconds to verify that tasks are stable...',
      `verify: Service ${lines[0]} converged`,
      '',
    ])

    expect(await shell.succeed("tug service ls --format '{{.Name}} {{.Mode}} {{.Replicas}} {{.Image}}'")).toBe(
      'web replicated 1/1 busybox:latest\n',
    )
    const log = await shell.succeed('tug service logs --no-trunc --tail 1 web')
    expect(log).toMatch(/^web\.1\.[a-z0-9]{25}@\S+ {4}\| tick\n$/)

    const updated = await shell.succeed('tug service update -q --env-add A=b --label-rm a --args "sleep 1000" web')
    expect(updated).toBe('web\n')
    const parts =
      '{{json .Spec.TaskTemplate.ContainerSpec.Env}} {{json .Spec.Labels}} {{json .Spec.TaskTemplate.ContainerSpec.Args}}'
    expect(await shell.succeed(`tug service inspect -f '${parts}' web`)).toBe('["A=b"] {} ["sleep","1000"]\n')

    const scaled = await shell.succeed('tug service scale web=2')
    expect(scaled).toMatch(/^web scaled to 2\noverall progress: \d out of 2 tasks\n/)
    expect(scaled).toMatch(/\nverify: Service web converged\n$/)
    const tasks = await shell.succeed(
      "tug service ps -f desired-state=running --format '{{.Name}} {{.CurrentState}}' web",
    )
    expect(tasks).toMatch(/^web\.1 Running .* ago\nweb\.2 Running .* ago\n$/)

    expect(await shell.succeed('tug service rollback -d web')).toBe('web\n')
    expect(await shell.succeed("tug service inspect -f '{{.Spec.Mode.Replicated.Replicas}}' web")).toBe('1\n')
    expect(await shell.run('tug service rm web nosuch')).toEqual({
      stdout: 'web\n',
      stderr: 'Error response from daemon: service nosuch not found\n',
      exitCode: 1,
    })
  })

  test('service create waits until a job has completed', { timeout: 60_000 }, async () => {
    const run = 'tug service create --name job --mode replicated-job --replicas 2 --no-resolve-image busybox true'
    expect((await shell.succeed(run)).trimEnd().split('\n').at(-1)).toBe('job complete')
    expect(await shell.succeed("tug service ls -f name=job --format '{{.Replicas}}'")).toBe('0/2 (2/2 completed)\n')
    await shell.succeed('tug service rm job')
  })

  test('Ctrl-C stops waiting and keeps a service that finds no node', { timeout: 60_000 }, async () => {
    const lost = `tug service create --name lost --no-resolve-image --constraint node.labels.no==where ${TALK}`
    await using program = new RunningProgram(shell, lost)
    await program.waitFor('no suitable node', 30_000)
    program.signal('SIGINT')
    const { exitCode, stdout } = await program.ending(30_000)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /Operation continuing in background\.\nUse `tug service ps [a-z0-9]{25}` to check progress\.\n$/,
    )
    await shell.succeed('tug service rm lost')
  })

  test('the engine accepts every flag, and inspect --pretty shows their values', { timeout: 60_000 }, async () => {
    const flags = [
      ...['--cap-add net_admin --cap-drop chown --constraint node.role==manager --container-label c=d --dns 8.8.8.8'],
      ...['--dns-option ndots:2 --dns-search example.com -e A=b --group 5 --health-cmd true --health-interval 5s'],
      ...[
        '--host n:1.2.3.4 --hostname h --init --limit-cpu 0.5 --limit-memory 64m --limit-pids 50 --log-driver json-file',
      ],
      ...['--log-opt max-size=1m --mount type=tmpfs,dst=/t --placement-pref spread=node.labels.dc --read-only'],
      ...['--publish published=29999,target=80,mode=host --replicas-max-per-node 2 --reserve-memory 16m'],
      ...['--restart-condition on-failure --rollback-order start-first --stop-signal SIGINT'],
      ...['--ulimit nofile=100:200 --update-max-failure-ratio 0.1 -u 0 -w /tmp -t'],
    ]
    await shell.succeed(`tug service create -d --name all ${QUICK} ${flags.join(' ')} ${TALK}`)
    const output = await shell.succeed('tug service inspect --pretty all')
    for (const line of [
      ' Max failure ratio: 0.1',
      '  PIDs:\t\t50',
      ' Add: CAP_NET_ADMIN',
      ' nofile: 100:200',
      '  TargetPort = 80',
    ]) {
      expect(output.split('\n').map((row) => row.trimEnd())).toContain(line)
    }
    await shell.succeed('tug service rm all')
  })
})
