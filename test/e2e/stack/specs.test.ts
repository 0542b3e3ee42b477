import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composeFilesOf, composeNames, composeVariables, envFile } from '../../parity/compose.ts'
import { oneCombination } from '../../support/provided.ts'
import { type Program, Shell } from '../../support/run.ts'
import { startSwarm, swarmEngines } from './swarm.ts'

/** Files that are about syntax, versions or hostile input, and that a swarm has nothing to do with. */
const WITHOUT_SERVICES = /^(document|version|syntax|anchors\/bomb|interpolation)\//

/** Files with several networks that are not defined, of which docker reports a random one. */
const RANDOM = ['merge/networks-of-service', 'networks/of-service']

const names = composeNames().filter((name) => !WITHOUT_SERVICES.test(name) && !RANDOM.includes(name))

/**
 * The specs that docker and tug deploy for the same files are the same. docker's are recorded for each engine, because an
 * engine changes them; `npm run record -- stacks` records them.
 */
describe.each(swarmEngines)('the specs that are deployed on $name', ({ kind }) => {
  const [combination] = oneCombination()
  const program: Program | undefined = combination?.program
  let engine: Awaited<ReturnType<typeof startSwarm>>
  let shell: Shell
  let cwd: string
  beforeAll(async () => {
    if (program === undefined) throw new Error('no program to test')
    engine = await startSwarm(kind)
    shell = await Shell.open(program, { socket: engine.socket, env: composeVariables })
    cwd = await mkdtemp(join(tmpdir(), 'tug-specs-'))
    await mkdir(join(cwd, 'properties'))
    await writeFile(join(cwd, envFile.name), envFile.text)
    for (const name of ['s', 'x', 'a', 'b', 'c']) await writeFile(join(cwd, name), name)
    await Promise.all(['default', 'files', 'merge'].map((name) => mkdir(join(cwd, name), { recursive: true })))
  }, 300_000)
  afterAll(async () => {
    await shell?.close()
    await engine?.stop()
    if (cwd) await rm(cwd, { recursive: true })
  })

  test('are the same as those of docker', { timeout: 900_000 }, async () => {
    const outcomes: Record<string, unknown> = {}
    for (const [index, name] of names.entries()) outcomes[name] = await deploy(name, `stack-${index}`)
    await expect(`${JSON.stringify(outcomes, undefined, 1)}\n`).toMatchFileSnapshot(`golden/specs-${kind}.json`)
  })

  /**
   * Returns the specs of the services that were deployed, or the error. Each file has its own stack, because a swarm is
   * still removing the networks of the one before.
   */
  async function deploy(name: string, stack: string): Promise<unknown> {
    const files = composeFilesOf(name)
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, file)), { recursive: true })
      await writeFile(join(cwd, file), text)
    }
    const flags = Object.keys(files).map((file) => `-c ${file}`)
    const line = `tug stack deploy -d --resolve-image never ${flags.join(' ')} ${stack}`
    const { exitCode, stderr } = await shell.run(line, { cwd })
    const specs = exitCode === 0 ? await readSpecs(stack) : stable(stderr, stack)
    await shell.run(`tug stack rm ${stack}`)
    return specs
  }

  async function readSpecs(stack: string): Promise<unknown> {
    const list = `tug service ls --filter label=com.docker.stack.namespace=${stack} --format '{{.Name}}'`
    const found = (await shell.succeed(list)).split('\n').filter(Boolean).sort()
    const inspected = found.length === 0 ? '[]' : await shell.succeed(`tug service inspect ${found.join(' ')}`)
    const services: { Spec: unknown }[] = JSON.parse(stable(inspected, stack))
    return services.map(({ Spec }) => Spec)
  }

  /** Replaces ids, paths, the stack's name and the times of log lines. */
  function stable(text: string, stack: string): string {
    return text
      .replaceAll(cwd, '<dir>')
      .replaceAll(encodeURIComponent(engine.socket), '<socket>')
      .replaceAll(stack, 's')
      .replaceAll(/\b[a-z0-9]{25}\b/g, '<id>')
      .replaceAll(/time="[^"]*"/g, 'time="<time>"')
  }
})
