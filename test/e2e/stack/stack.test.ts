import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { programs, Shell } from '../../support/run.ts'
import { startSwarm, swarmEngines } from './swarm.ts'

/** A service whose tasks converge and stop quickly, on the host's network, because these engines have no overlays. */
const QUICK = `
    image: busybox
    command: sleep 1d
    stop_grace_period: 1s
    networks: [host]
    deploy: {update_config: {monitor: 1s}}`
const NETWORKS = 'networks: {host: {external: true, name: host}}\n'
const WEB = `services:\n  web:${QUICK}\n`
const SHOP = `${WEB}    secrets: [b, a]
    configs: [site]
  db:${QUICK}
${NETWORKS}secrets: {a: {file: a.txt}, b: {file: b.txt}}
configs: {site: {file: site.txt}}
`
const FLAGS = '-d --resolve-image never'

describe.each(swarmEngines)('stacks on $name', ({ kind }) => {
  let engine: Awaited<ReturnType<typeof startSwarm>>
  beforeAll(async () => {
    engine = await startSwarm(kind)
  }, 300_000)
  afterAll(() => engine?.stop())

  describe.each(programs)('with $name', (program) => {
    let shell: Shell
    let cwd: string
    beforeAll(async () => {
      shell = await Shell.open(program, { socket: engine.socket })
      await shell.succeed('tug pull -q busybox')
    })
    afterAll(() => shell?.close())
    beforeEach(async () => {
      cwd = await mkdtemp(join(tmpdir(), 'tug-stack-'))
      const files = { 'shop.yaml': SHOP, 'web.yaml': `${WEB}${NETWORKS}`, 'a.txt': 'a', 'b.txt': 'b', 'site.txt': 'c' }
      for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text)
    })
    afterEach(async () => {
      await shell.run('tug stack rm --detach=false shop')
      await rm(cwd, { recursive: true })
    })
    const succeed = (line: string) => shell.succeed(line, { cwd, timeout: 120_000 })
    const version = (name: string) => succeed(`tug service inspect -f '{{.ID}} {{.Version.Index}}' ${name}`)

    test('a stack is deployed, listed and removed', { timeout: 120_000 }, async () => {
      expect((await succeed(`tug stack deploy ${FLAGS} -c shop.yaml shop`)).split('\n')).toEqual([
        'Creating secret shop_a',
        'Creating secret shop_b',
        'Creating config shop_site',
        'Creating service shop_db',
        'Creating service shop_web',
        '',
      ])
      expect(await succeed('tug stack ls')).toBe('NAME      SERVICES\nshop      2\n')
      expect(await succeed("tug stack services --format '{{.Name}}' shop")).toBe('shop_db\nshop_web\n')
      const secrets = '{{range .Spec.TaskTemplate.ContainerSpec.Secrets}}{{.SecretName}} {{end}}'
      expect(await succeed(`tug service inspect -f '${secrets}' shop_web`)).toBe('shop_a shop_b \n')
      expect((await succeed('tug stack rm --detach=false shop')).split('\n').sort()).toEqual([
        '',
        'Removing config shop_site',
        'Removing secret shop_a',
        'Removing secret shop_b',
        'Removing service shop_db',
        'Removing service shop_web',
      ])
      expect(await succeed('tug stack ls')).toBe('NAME      SERVICES\n')
      expect(await succeed('tug ps -q --filter label=com.docker.stack.namespace=shop')).toBe('')
    })

    test('an unchanged file does not replace tasks', { timeout: 120_000 }, async () => {
      await succeed(`tug stack deploy ${FLAGS} -c shop.yaml shop`)
      const template = '{{json .Spec.TaskTemplate}}{{.PreviousSpec}}'
      const before = await succeed(`tug service inspect -f '${template}' shop_web`)
      const output = await succeed(`tug stack deploy ${FLAGS} -c shop.yaml shop`)
      expect(output).toMatch(/^Updating service shop_db \(id: \w{25}\)\nUpdating service shop_web \(id: \w{25}\)\n$/)
      const task = '{{json .Spec.TaskTemplate}}'
      expect(before).toContain((await succeed(`tug service inspect -f '${task}' shop_web`)).trim())
      const tasks = await succeed('tug service ps -q --filter desired-state=shutdown shop_web')
      expect(tasks).toBe('')
    })

    test('another file updates the stack, and prunes services that it lacks', { timeout: 120_000 }, async () => {
      await succeed(`tug stack deploy ${FLAGS} -c shop.yaml shop`)
      const before = await version('shop_web')
      await writeFile(join(cwd, 'more.yaml'), 'services: {web: {environment: {A: b}}}\n')
      const output = await succeed(`tug stack deploy ${FLAGS} --prune -c web.yaml -c more.yaml shop`)
      expect(output).toMatch(/^Removing service shop_db\nUpdating service shop_web \(id: \w{25}\)\n$/)
      const after = await version('shop_web')
      expect(after.split(' ')[0]).toBe(before.split(' ')[0])
      expect(after).not.toBe(before)
      const env = '{{.Spec.TaskTemplate.ContainerSpec.Env}}'
      expect(await succeed(`tug service inspect -f '${env}' shop_web`)).toBe('[A=b]\n')
      expect(await succeed("tug stack services --format '{{.Name}}' shop")).toBe('shop_web\n')
    })

    test('waits until the services run', { timeout: 120_000 }, async () => {
      const output = await succeed('tug stack deploy --detach=false --resolve-image never -c web.yaml shop')
      expect(output).toContain('overall progress: 1 out of 1 tasks\n')
      expect(output).toMatch(/verify: Service \w{25} converged\n$/)
      const running = "tug stack ps --filter desired-state=running --format '{{.Name}} {{.DesiredState}}' shop"
      expect(await succeed(running)).toBe('shop_web.1 Running\n')
    })
  })
})
