import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEngine } from '../test/support/engines/start.ts'
import { createLargeFile, createSmallFiles } from './cases/on-engine.ts'
import { type Client, comparison, highWaterMark, installedClients, REFERENCE, report } from './clients.ts'
import { median } from './measure.ts'

/**
 * Compares BuildKit builds of tug and the reference client on a private engine: `REFERENCE_BUILDX=… node
 * bench/build.ts`, with the plugin docker-buildx 0.29. Writes bench/build.md. Run it on an idle machine.
 */
const ROUNDS = 5
const SMALL_FILES = 20_000

const plugin = process.env.REFERENCE_BUILDX
if (plugin === undefined) throw new Error('set REFERENCE_BUILDX to the file of the docker-buildx plugin, version 0.29')
const clients = installedClients()
const scratch = mkdtempSync(join(tmpdir(), 'tug-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
mkdirSync(join(scratch, 'config/cli-plugins'), { recursive: true })
symlinkSync(plugin, join(scratch, 'config/cli-plugins/docker-buildx'))
const engine = await startEngine({ from: 'trixie' })
const env = { ...process.env, DOCKER_HOST: `unix://${engine.socket}`, DOCKER_CONFIG: join(scratch, 'config') }

try {
  const large = context('large', 'COPY small /')
  createLargeFile(join(large, 'large'), 1024)
  const many = context('many', 'COPY . /')
  createSmallFiles(many, SMALL_FILES)
  const rows = [
    ...(await builds('1 GiB context, of which one small file is copied, rebuilt', large, { isCold: false })),
    ...(await builds('20,000 small files, cold', many, { isCold: true })),
    ...(await builds('20,000 small files, rebuilt', many, { isCold: false })),
  ]
  writeFileSync(join(large, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
  rows.push(...(await builds('1 GiB, cold', large, { isCold: true })))
  const page = comparison({ title: 'Speed of builds', script: 'build', engine: engine.version, clients, rows })
  writeFileSync(join(import.meta.dirname, 'build.md'), page)
  console.log('bench/build.md is written')
} finally {
  await engine.stop()
}

function context(name: string, instruction: string): string {
  const directory = join(scratch, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'Dockerfile'), `FROM scratch\n${instruction}\n`)
  writeFileSync(join(directory, 'small'), 'small\n')
  return directory
}

/** @param isCold whether the engine's images and cache are removed before each build */
async function builds(what: string, directory: string, { isCold }: { isCold: boolean }): Promise<string[][]> {
  const measured = clients.map((client) => ({ client, seconds: [] as number[], memory: 0 }))
  if (!isCold) for (const client of clients) await build(client, directory)
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of measured) {
      if (isCold) execFileSync(REFERENCE, ['builder', 'prune', '-af'], { env, stdio: 'ignore' })
      const { seconds, memory } = await build(row.client, directory)
      row.seconds.push(seconds)
      row.memory = Math.max(row.memory, memory)
    }
  }
  const times = measured.map(({ seconds }) => {
    const middle = median(seconds)
    return `${middle.toFixed(2)} s (min. ${Math.min(...seconds).toFixed(2)})`
  })
  const memories = measured.map(({ memory }) => `${(memory / 2 ** 20).toFixed(0)} MiB`)
  return [report([what, ...times]), report(['peak memory', ...memories])]
}

async function build({ command }: Client, directory: string): Promise<{ seconds: number; memory: number }> {
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
