import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findExecutable, needTools } from '../test/support/engines/packages.ts'
import { startEngine, startMirror } from '../test/support/engines/start.ts'
import { measure, medianMs } from './measure.ts'

/**
 * Compares what people wait for with the reference client's, on a private engine: `node bench/session.ts [GIGABYTES]`.
 * The figures go to bench/session.md. They are for a quiet machine: the daemon's work is in all of them.
 */
const ROOT = join(import.meta.dirname, '..')
const ROUNDS = 5
const size = Number(process.argv[2] ?? 1) * 2 ** 30

const docker = findExecutable('docker')
if (docker === undefined) throw new Error('there is no `docker` on the PATH to compare with')
const CLIENTS = [
  { name: 'docker', command: [docker] },
  { name: 'dist/tug', command: [join(ROOT, 'dist/tug')] },
  { name: 'node bin/tug.js', command: [process.execPath, '--', join(ROOT, 'bin/tug.js')] },
]
if (!existsSync(join(ROOT, 'dist/tug'))) throw new Error('dist/tug is missing: run `npm run build`')
await needTools(['hyperfine'], console.log)

const scratch = mkdtempSync(join(tmpdir(), 'tug-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const mirror = await startMirror()
const engine = await startEngine({ from: 'machine', mirrorUrl: mirror.url })
const env = { ...process.env, DOCKER_HOST: `unix://${engine.socket}`, DOCKER_CONFIG: join(scratch, 'config') }
try {
  execFileSync(docker, ['pull', '-q', 'busybox'], { env, stdio: 'ignore' })
  execFileSync(docker, ['run', '-d', '--name', 'box', 'busybox', 'sleep', '100000'], { env, stdio: 'ignore' })
  const rows = [startUp('run --rm busybox true'), startUp('exec box true'), ...(await throughput())]
  writeFileSync(join(ROOT, 'bench/session.md'), page(rows))
  console.log('bench/session.md is written')
} finally {
  await engine.stop()
  await mirror.stop()
}

/** Median and least wall time of whole processes. */
function startUp(line: string): string[] {
  const commands = CLIENTS.map(({ command }) => [...command, ...line.split(' ')])
  const cells = measure(commands, { runs: 20, scratch, env }).map((measured) => {
    const least = Math.min(...measured.times) * 1000
    return `${medianMs(measured).toFixed(0)} ms (least ${least.toFixed(0)})`
  })
  return report([`\`${line}\``, ...cells])
}

/** Wall time and peak memory of random bytes on their way to a container and back, clients taking turns. */
async function throughput(): Promise<string[][]> {
  const file = join(scratch, 'random')
  execFileSync('sh', ['-c', `head -c ${size} /dev/urandom >${file}`])
  const expected = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64)
  const measured = CLIENTS.map(() => ({ seconds: [] as number[], memory: 0 }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, { command }] of CLIENTS.entries()) {
      const { seconds, memory, hash } = await thereAndBack(command, file)
      if (hash !== expected) throw new Error(`${command.join(' ')} changed the bytes: ${hash}, not ${expected}`)
      measured[at]?.seconds.push(seconds)
      if (measured[at]) measured[at].memory = Math.max(measured[at].memory, memory)
    }
  }
  const gigabytes = `${size / 2 ** 30} GiB`
  const times = measured.map(({ seconds }) => {
    const median = medianMs({ times: seconds }) / 1000
    return `${median.toFixed(2)} s (least ${Math.min(...seconds).toFixed(2)})`
  })
  return [
    report([`${gigabytes} \\| \`run -i --rm --log-driver none busybox cat\` \\| \`sha256sum\``, ...times]),
    report(['its peak memory', ...measured.map(({ memory }) => `${(memory / 2 ** 20).toFixed(0)} MiB`)]),
  ]
}

async function thereAndBack(command: readonly string[], file: string) {
  const words = [...command, 'run', '-i', '--rm', '--log-driver', 'none', 'busybox', 'cat']
  const began = performance.now()
  const child = spawn('sh', ['-c', `exec "$@" <${file}`, 'sh', ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const hasher = spawn('sha256sum', { stdio: [child.stdout, 'pipe', 'inherit'] })
  child.stdout.destroy()
  let hash = ''
  hasher.stdout.on('data', (text) => {
    hash += text
  })
  let memory = 0
  const sample = setInterval(() => {
    memory = Math.max(memory, highWaterMark(child.pid))
  }, 20)
  await Promise.all([once(child, 'exit'), once(hasher, 'close')])
  clearInterval(sample)
  return { seconds: (performance.now() - began) / 1000, memory, hash: hash.slice(0, 64) }
}

function highWaterMark(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function report(row: string[]): string[] {
  console.log(row.join(' | '))
  return row
}

function page(rows: string[][]): string {
  const version = execFileSync(docker ?? 'docker', ['--version'], { encoding: 'utf8' }).trim()
  return `# How fast sessions are

Written by \`node bench/session.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, engine \
${engine.version}, Node ${process.versions.node}, compared with ${version}. The clients take turns; most of each figure is
the engine's work.

| what | ${CLIENTS.map(({ name }) => name).join(' | ')} |
| --- | ${CLIENTS.map(() => '---:').join(' | ')} |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`
}
