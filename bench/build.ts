import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEngine } from '../test/support/engines/start.ts'
import { createLargeFile, createSmallFiles } from './cases/on-engine.ts'
import { type Client, comparison, copyClients, highWaterMark, REFERENCE, report, type Table } from './clients.ts'
import { median } from './measure.ts'

/**
 * Compares BuildKit builds of tug and the reference client on private engines, the oldest and the newest one:
 * `REFERENCE_BUILDX=… node bench/build.ts`, with the plugin docker-buildx 0.29. Writes bench/build.md. Run it on an idle
 * machine.
 */
const ENGINES = ['machine', 'sid'] as const
const ROUNDS = 5
const SMALL_FILES = 20_000

const plugin = process.env.REFERENCE_BUILDX
if (plugin === undefined) throw new Error('set REFERENCE_BUILDX to the file of the docker-buildx plugin, version 0.29')
const scratch = mkdtempSync(join(tmpdir(), 'tug-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const clients = copyClients(join(scratch, 'clients'))
mkdirSync(join(scratch, 'config/cli-plugins'), { recursive: true })
copyFileSync(plugin, join(scratch, 'config/cli-plugins/docker-buildx'))

const large = context('large')
createLargeFile(join(large, 'large'), 1024)
const many = context('many')
createSmallFiles(many, SMALL_FILES)

const tables: Table[] = []
for (const from of ENGINES) tables.push(await measureOn(from))
const page = comparison({ title: 'Speed of builds', script: 'build', clients, tables })
writeFileSync(join(import.meta.dirname, 'build.md'), page)
console.log('bench/build.md is written')

function context(name: string): string {
  const directory = join(scratch, name)
  mkdirSync(directory)
  return directory
}

async function measureOn(from: (typeof ENGINES)[number]): Promise<Table> {
  const engine = await startEngine({ from })
  const host = `unix://${engine.socket}`
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: join(scratch, 'config'), DOCKER_BUILDKIT: '1' }
  console.log(`engine ${engine.version}`)
  try {
    writeFileSync(join(large, 'Dockerfile'), 'FROM scratch\nCOPY small /\n')
    writeFileSync(join(large, 'small'), 'small\n')
    writeFileSync(join(many, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
    const rows = [
      ...(await builds('1 GiB context, of which one small file is copied, rebuilt', large, env)),
      ...(await builds('20,000 small files, cold', many, env, 'cold')),
      ...(await builds('20,000 small files, rebuilt', many, env)),
      ...(await builds('20,000 small files, one of them changed', many, env, 'changed')),
    ]
    writeFileSync(join(large, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
    rows.push(...(await builds('1 GiB, cold', large, env, 'cold')))
    rows.push(...(await builds('1 GiB, rebuilt', large, env)))
    rows.push(...(await builds('1 GiB and a small file that has changed', large, env, 'changed')))
    return { engine: engine.version, rows }
  } finally {
    await engine.stop()
  }
}

/**
 * @param state the engine's cache before each build: that of a build of the same context, that of a context in which one
 * file had another content, or none
 */
async function builds(
  what: string,
  directory: string,
  env: NodeJS.ProcessEnv,
  state: 'same' | 'changed' | 'cold' = 'same',
): Promise<string[][]> {
  const measured = clients.map((client) => ({ client, seconds: [] as number[], memory: 0 }))
  let changes = 0
  if (state !== 'cold') for (const client of clients) await build(client, directory, env)
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of measured) {
      if (state === 'cold') execFileSync(REFERENCE, ['builder', 'prune', '-af'], { env, stdio: 'ignore' })
      if (state === 'changed') {
        // An engine takes longer for the first build after one of another client, which has a cached context of its own.
        await build(row.client, directory, env)
        writeFileSync(join(directory, 'small'), `change ${changes++}\n`)
      }
      const { seconds, memory } = await build(row.client, directory, env)
      row.seconds.push(seconds)
      row.memory = Math.max(row.memory, memory)
    }
  }
  const [reference = [1]] = measured.map(({ seconds }) => seconds)
  const times = measured.map(({ seconds }) => {
    const ratio = median(seconds.map((time, round) => time / (reference[round] ?? time)))
    return `${median(seconds).toFixed(2)} s${seconds === reference ? '' : ` (× ${ratio.toFixed(2)})`}`
  })
  const memories = measured.map(({ memory }) => `${(memory / 2 ** 20).toFixed(0)} MiB`)
  return [report([what, ...times]), report(['peak memory', ...memories])]
}

async function build(
  { command }: Client,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<{ seconds: number; memory: number }> {
  const [program = '', ...words] = command
  const began = performance.now()
  const child = spawn(program, [...words, 'build', '-q', directory], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  let memory = 0
  const sample = setInterval(() => {
    memory = Math.max(memory, highWaterMark(child.pid))
  }, 20)
  const [exitCode]: number[] = await once(child, 'exit')
  clearInterval(sample)
  if (exitCode !== 0) throw new Error(`${command.join(' ')} build ${directory}: ${exitCode}`)
  return { seconds: (performance.now() - began) / 1000, memory }
}
