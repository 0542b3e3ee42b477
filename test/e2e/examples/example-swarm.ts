import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../support/engines/http.ts'
import { startEngine } from '../../support/engines/start.ts'
import { freePort } from '../../support/ports.ts'
import { mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'

/** The files that examples name. */
const FILES: Readonly<Record<string, string>> = {
  'motd.txt': 'Welcome\n',
  'token.txt': 'a token\n',
  'compose.yaml':
    'services:\n  web:\n    image: busybox\n    command: sleep 1d\n    deploy: {replicas: 2}\n    stop_grace_period: 1s\n' +
    // A network of the stack would still be in removal when the next example deploys the stack again.
    'networks: {default: {external: true, name: host}}\n',
  'compose.production.yaml': 'services:\n  web:\n    deploy:\n      resources:\n        limits: {memory: 64m}\n',
  'unlock-key.txt': 'SWMKEY-1-7c37Cc8654o6p38HnroywCi19pllOnGtbdZEgtKxZu8\n',
}

/** The secret, config and service that examples name, with the lines that create each. */
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  'secret ls': ['echo hush | tug secret create --label app=web db-password -'],
  'config ls': ["echo 'listen 80' | tug config create --label app=web site -"],
  'service ls': [
    "tug service create -d --name clock --constraint node.role==manager --stop-grace-period 1s --update-monitor 1s busybox sh -c 'while date; do sleep 5; done'",
    // With an update there is something to roll back to.
    'tug service update -d --label-add app=web clock',
  ],
}

/**
 * A swarm of two engines on this machine: a manager, and a worker that examples call `worker1`. Both have a shell with
 * the program under test. The secret `db-password`, the config `site` and the service `clock` exist.
 */
export class ExampleSwarm {
  readonly manager: Shell
  readonly worker: Shell
  /** The address of the manager for other nodes. */
  readonly #address: string
  readonly #stop: () => Promise<void>

  private constructor(manager: Shell, worker: Shell, address: string, stop: () => Promise<void>) {
    this.manager = manager
    this.worker = worker
    this.#address = address
    this.#stop = stop
  }

  static async open(): Promise<ExampleSwarm> {
    const [program] = programs
    if (program === undefined) throw new Error('no program to test')
    const engines = await Promise.all([1, 2].map(() => startEngine({ from: 'machine', mirrorUrl: mirrorUrl() })))
    const [manager, worker] = await Promise.all(engines.map(({ socket }) => Shell.open(program, { socket })))
    if (manager === undefined || worker === undefined) throw new Error('no shells')
    const port = await freePort()
    const stop = async () => {
      await Promise.all([manager.close(), worker.close()])
      await Promise.all(engines.map((engine) => engine.stop()))
    }
    const swarm = new ExampleSwarm(manager, worker, `127.0.0.1:${port}`, stop)
    await Promise.all([manager, worker].map((shell) => shell.succeed('tug pull -q busybox')))
    await manager.succeed(
      `tug swarm init --listen-addr 127.0.0.1:${port} --advertise-addr 127.0.0.1:${port} --data-path-port ${await freePort()}`,
    )
    return swarm
  }

  close(): Promise<void> {
    return this.#stop()
  }

  /** Creates a directory with the files that examples name. */
  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'tug-example-'))
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(directory, name), text)
    return directory
  }

  /** Replaces names and addresses in a line by those of this swarm. A node listens at a free port, not at 2377. */
  async adapt(line: string): Promise<string> {
    const listen = async () => `--listen-addr 127.0.0.1:${await freePort()}`
    const token = async () => (await this.manager.succeed('tug swarm join-token -q worker')).trim()
    let adapted = line
    if (line.includes('swarm init')) {
      adapted = adapted.replace('swarm init', `swarm init ${await listen()} --data-path-port ${await freePort()}`)
    }
    if (line.includes('swarm join ')) {
      const addresses = `${await listen()} --advertise-addr 127.0.0.1`
      adapted = `TOKEN=${await token()}; ${adapted.replace('swarm join', `swarm join ${addresses}`)}`
    }
    return adapted.replaceAll('manager1:2377', this.#address).replaceAll('worker1', await this.#workerId())
  }

  /** Makes the second engine a worker again, removes other secrets, configs and services, and creates missing ones. */
  async restore(): Promise<void> {
    await this.#restoreWorker()
    for (const [list, lines] of Object.entries(OBJECTS)) {
      const [name = ''] = list.split(' ')
      const found = (await this.manager.succeed(`tug ${list} --format '{{.Name}}'`)).split('\n').filter(Boolean)
      const expected = lines.some((line) => found.some((each) => line.includes(` ${each} `)))
      const others = found.filter((each) => !lines.some((line) => line.includes(` ${each} `)))
      if (others.length > 0) await this.manager.succeed(`tug ${name} rm ${others.join(' ')}`)
      if (!expected) for (const line of lines) await this.manager.succeed(line)
    }
  }

  /** Waits until the second engine has become a manager, or is none any more. */
  async awaitRole(isManager: 'true' | 'false'): Promise<void> {
    await until({
      attempt: async () => {
        const printed = await this.worker.succeed("tug info -f '{{.Swarm.ControlAvailable}}'")
        return printed.trim() === isManager ? true : undefined
      },
      failure: () => `whether the second node is a manager did not become ${isManager}`,
      timeout: 60_000,
    })
  }

  async #restoreWorker(): Promise<void> {
    const own = await this.#workerId()
    const role = own === '' ? '' : (await this.manager.run(`tug node inspect -f '{{.Spec.Role}}' ${own}`)).stdout.trim()
    if (role === 'worker') return
    if (role === 'manager') {
      await this.awaitRole('true')
      await this.manager.succeed(`tug node demote ${own}`)
      return this.awaitRole('false')
    }
    await this.worker.run('tug swarm leave --force')
    await this.manager.run('tug node rm --force $(tug node ls -q --filter role=worker)')
    await this.worker.succeed(await this.adapt('tug swarm join --token "$TOKEN" manager1:2377'))
  }

  /** Returns the id of the second engine's node; empty when it is in no swarm. */
  async #workerId(): Promise<string> {
    return (await this.worker.succeed("tug info -f '{{.Swarm.NodeID}}'")).trim()
  }
}
