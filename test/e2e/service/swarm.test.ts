import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEngine } from '../../support/engines/start.ts'
import { freePort } from '../../support/ports.ts'
import { mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'

const ID = /^[a-z0-9]{25}\n$/
const TOKEN = /^SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}\n$/
const KEY = /^SWMKEY-1-\S+\n$/

let engine: Awaited<ReturnType<typeof startEngine>>
beforeAll(async () => {
  engine = await startEngine({ from: 'machine', mirrorUrl: mirrorUrl() })
}, 120_000)
afterAll(() => engine.stop())

describe.each(programs)('a swarm with $name', (program) => {
  let shell: Shell
  let port: number
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    port = await freePort()
    await shell.succeed('tug pull -q busybox')
    const output = await shell.succeed(
      `tug swarm init --listen-addr 127.0.0.1:${port} --advertise-addr 127.0.0.1 --data-path-port ${await freePort()}`,
    )
    expect(output).toMatch(/^Swarm initialized: current node \([a-z0-9]{25}\) is now a manager\.\n/)
    expect(output).toContain(` swarm join --token SWMTKN-1-`)
  })
  afterAll(async () => {
    expect(await shell.run('tug swarm leave')).toMatchObject({ exitCode: 1, stdout: '' })
    expect(await shell.succeed('tug swarm leave -f')).toBe('Node left the swarm.\n')
    expect(await shell.run('tug node ls')).toMatchObject({ exitCode: 1, stdout: '' })
    await shell.close()
  })

  test('join tokens can be printed and rotated', async () => {
    const worker = await shell.succeed('tug swarm join-token -q worker')
    expect(worker).toMatch(TOKEN)
    expect(await shell.succeed('tug swarm join-token worker')).toContain(`--token ${worker.trim()} 127.0.0.1:${port}\n`)
    const changed = await shell.succeed('tug swarm join-token -q --rotate worker')
    expect(changed).toMatch(TOKEN)
    expect(changed).not.toBe(worker)
    expect(await shell.run(`tug swarm join --token ${changed.trim()} 127.0.0.1:${port}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('This node is already part of a swarm'),
    })
  })

  test('managers can be locked, and the root CA rotated', { timeout: 60_000 }, async () => {
    expect(await shell.run('tug swarm unlock-key -q')).toMatchObject({ exitCode: 1, stderr: 'no unlock key is set\n' })
    expect(await shell.succeed('tug swarm update --autolock=true --task-history-limit 3')).toMatch(
      /^Swarm updated\.\nTo unlock a swarm manager .*SWMKEY-1-/s,
    )
    const key = await shell.succeed('tug swarm unlock-key -q')
    expect(key).toMatch(KEY)
    expect(await shell.succeed('tug swarm unlock-key -q --rotate')).not.toBe(key)
    expect(await shell.run('tug swarm unlock', { input: key })).toMatchObject({
      exitCode: 1,
      stderr: 'Error: swarm is not locked\n',
    })
    const root = await shell.succeed('tug swarm ca')
    expect(root).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
    const rotated = await shell.succeed('tug swarm ca --rotate --cert-expiry 100h')
    expect(rotated).toMatch(/^desired root digest: sha256:[0-9a-f]{64}\n/m)
    expect(rotated.endsWith(root)).toBe(false)
    expect(await shell.succeed("tug info -f '{{.Swarm.Cluster.Spec.CAConfig.NodeCertExpiry}}'")).toBe('100h0m0s\n')
  })

  test('a service reads its secret and config, which cannot be removed while they are used', {
    timeout: 60_000,
  }, async () => {
    expect(await shell.run('tug secret create -l a=b key -', { input: 'hush' })).toMatchObject({
      stdout: expect.stringMatching(ID),
    })
    expect(await shell.run('tug config create motd -', { input: 'hello' })).toMatchObject({
      stdout: expect.stringMatching(ID),
    })
    expect(await shell.succeed('tug secret inspect key')).not.toContain(Buffer.from('hush').toString('base64'))
    expect(await shell.succeed('tug config inspect --pretty motd')).toContain('Data:\nhello\n')
    expect(await shell.succeed("tug secret ls -f label=a --format '{{.Name}}'")).toBe('key\n')
    const read = `sh -c 'cat /run/secrets/key /motd'`
    await shell.succeed(
      `tug service create -q --name reader --no-resolve-image --mode replicated-job --secret key --config motd busybox ${read}`,
    )
    expect(await shell.succeed('tug service logs --raw reader')).toBe('hushhello')
    expect(await shell.run('tug secret rm key')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("secret 'key' is in use by the following service: reader"),
    })
    await shell.succeed('tug service rm reader')
    expect(await shell.succeed('tug secret rm key')).toBe('key\n')
    expect(await shell.succeed('tug config rm motd')).toBe('motd\n')
  })

  test('the node is listed, labeled and drained, and stays a manager', async () => {
    const name = hostname()
    expect(await shell.succeed("tug node ls --format '{{.Hostname}} {{.Self}} {{.ManagerStatus}}'")).toBe(
      `${name} true Leader\n`,
    )
    expect(await shell.succeed(`tug node update --label-add rack=3 --availability drain ${name}`)).toBe(`${name}\n`)
    expect(await shell.succeed("tug node inspect -f '{{.Spec.Labels.rack}} {{.Spec.Availability}}' self")).toBe(
      '3 drain\n',
    )
    expect(await shell.succeed('tug node inspect --pretty self')).toContain('\n Availability:         \tDrain\n')
    expect(await shell.run(`tug node demote ${name}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('attempting to demote the last manager of the swarm'),
    })
    expect(await shell.run(`tug node update --label-rm nosuch ${name}`)).toMatchObject({
      exitCode: 1,
      stderr: "key nosuch doesn't exist in node's labels\n",
    })
  })
})
