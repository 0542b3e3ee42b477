import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourceCommands } from '../../../scripts/generate/source-commands.ts'
import { startEngine } from '../../support/engines/start.ts'
import { freePort } from '../../support/ports.ts'
import { engines } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { ExampleSwarm } from './example-swarm.ts'
import { failingPipeline, isSwarmCommand } from './lines.ts'

/** Commands that make a node a member of a swarm or end that. Their examples run on the second node. */
const MEMBERSHIP: Readonly<Record<string, readonly string[]>> = {
  'swarm:init': ['tug swarm leave --force'],
  'swarm:join': ['tug swarm leave --force'],
  'swarm:leave': [],
}

const DEPLOYED = ['tug stack deploy -d -c compose.yaml shop']

/** What is done before each example of a command, in lines for a shell. */
const PREPARATIONS: Readonly<Record<string, readonly string[]>> = {
  'node:demote': ['tug node promote worker1'],
  'stack:ps': DEPLOYED,
  'stack:rm': DEPLOYED,
  'stack:services': DEPLOYED,
  'swarm:unlock-key': ['tug swarm update --autolock'],
}

const all = (await sourceCommands()).filter(({ id }) => isSwarmCommand(id))
// Engines have cluster volumes since 23.0.
const commands = all.filter(({ id }) => id !== 'volume:update')
const laterEngines = engines().filter(({ kind }) => kind === 'trixie' || kind === 'sid')

let swarm: ExampleSwarm
beforeAll(async () => {
  swarm = await ExampleSwarm.open()
}, 300_000)
afterAll(() => swarm?.close())

describe.each(commands)('the examples of $id', ({ id, facts }) => {
  const preparations = MEMBERSHIP[id]
  test.each(facts.examples)('$command', { timeout: 180_000 }, async ({ command }) => {
    await swarm.restore()
    const shell = preparations === undefined ? swarm.manager : swarm.worker
    const cwd = await swarm.directory()
    try {
      for (const line of preparations ?? PREPARATIONS[id] ?? []) await shell.succeed(await swarm.adapt(line), { cwd })
      if (id === 'node:demote') await swarm.awaitRole('true')
      const line = await swarm.adapt(command)
      // A manager is locked only after the daemon has been restarted, which these engines are not.
      if (id === 'swarm:unlock') {
        return expect(await shell.run(line, { cwd })).toEqual({
          exitCode: 1,
          stdout: '',
          stderr: 'Error: swarm is not locked\n',
        })
      }
      await shell.succeed(failingPipeline(line), { cwd, timeout: 120_000 })
    } finally {
      await rm(cwd, { recursive: true })
    }
  })
})

describe.each(laterEngines.slice(0, 1))('with cluster volumes, on $name', ({ kind }) => {
  const examples = all.filter(({ id }) => id === 'volume:update').flatMap(({ facts }) => facts.examples)
  test.each(examples)('$command', async ({ command }) => {
    if (kind === 'podman') throw new Error('podman has no swarms')
    const [program] = programs
    if (program === undefined) throw new Error('no program to test')
    const engine = await startEngine({ from: kind })
    const shell = await Shell.open(program, { socket: engine.socket })
    try {
      const ports = `--listen-addr 127.0.0.1:${await freePort()} --data-path-port ${await freePort()}`
      await shell.succeed(`tug swarm init ${ports} --advertise-addr 127.0.0.1`)
      await shell.succeed('tug volume create --driver csi.example --type mount --availability active shared')
      await shell.succeed(command)
      const availability = "tug volume inspect -f '{{.ClusterVolume.Spec.Availability}}' shared"
      expect(await shell.succeed(availability)).toBe('drain\n')
    } finally {
      await shell.close()
      await engine.stop()
    }
  })
})
