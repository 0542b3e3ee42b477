import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needTools } from '../test/support/engines/packages.ts'
import { startEngine, startMirror } from '../test/support/engines/start.ts'
import { comparison, highWaterMark, installedClients, REFERENCE, report } from './clients.ts'
import { measure, medianMs } from './measure.ts'

/**
 * Compares interactive commands of tug and the reference client on a private engine: `node bench/session.ts
 * [GIGABYTES]`. Writes bench/session.md. Run it on an idle machine: the times include the daemon's work.
 */
const ROUNDS = 5
const size = Number(process.argv[2] ?? 1) * 2 ** 30

const clients = installedClients()
await needTools(['hyperfine'], console.log)

const scratch = mkdtempSync(join(tmpdir(), 'tug-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const mirror = await startMirror()
const engine = await startEngine({ from: 'machine', mirrorUrl: mirror.url })
const env = { ...process.env, DOCKER_HOST: `unix://${engine.socket}`, DOCKER_CONFIG: join(scratch, 'config') }
try {
  execFileSync(REFERENCE, ['pull', '-q', 'busybox'], { env, stdio: 'ignore' })
  execFileSync(REFERENCE, ['run', '-d', '--name', 'box', 'busybox', 'sleep', '100000'], { env, stdio: 'ignore' })
  const rows = [
    startUp('run --rm busybox true'),
    startUp('exec box true'),
    startUp('logs box'),
    ...(await throughput()),
  ]
  const page = comparison({ title: 'Speed of sessions', script: 'session', engine: engine.version, clients, rows })
  writeFileSync(join(import.meta.dirname, 'session.md'), page)
  console.log('bench/session.md is written')
} finally {
  await engine.stop()
  await mirror.stop()
}

/** Returns the median and minimum wall time of whole processes. */
function startUp(line: string): string[] {
  const commands = clients.map(({ command }) => [...command, ...line.split(' ')])
  const cells = measure(commands, { runs: 40, scratch, env }).map((measured) => {
    const least = Math.min(...measured.times) * 1000
    return `${medianMs(measured).toFixed(0)} ms (min. ${least.toFixed(0)})`
  })
  return report([`\`${line}\``, ...cells])
}

/** Measures wall time and peak memory while random bytes are sent to a container and back. The clients take turns. */
async function throughput(): Promise<string[][]> {
  const file = join(scratch, 'random')
  execFileSync('sh', ['-c', `head -c ${size} /dev/urandom >${file}`])
  const expected = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64)
  const measured = clients.map(() => ({ seconds: [] as number[], memory: 0 }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, { command }] of clients.entries()) {
      const { seconds, memory, digest } = await roundTrip(command, file)
      if (digest !== expected) throw new Error(`${command.join(' ')} changed the bytes: ${digest}, not ${expected}`)
      measured[at]?.seconds.push(seconds)
      if (measured[at]) measured[at].memory = Math.max(measured[at].memory, memory)
    }
  }
  const gigabytes = `${size / 2 ** 30} GiB`
  const times = measured.map(({ seconds }) => {
    const median = medianMs({ times: seconds }) / 1000
    return `${median.toFixed(2)} s (min. ${Math.min(...seconds).toFixed(2)})`
  })
  return [
    report([`${gigabytes} \\| \`run -i --rm --log-driver none busybox cat\` \\| \`sha256sum\``, ...times]),
    report(['peak memory', ...measured.map(({ memory }) => `${(memory / 2 ** 20).toFixed(0)} MiB`)]),
  ]
}

async function roundTrip(command: readonly string[], file: string) {
  const words = [...command, 'run', '-i', '--rm', '--log-driver', 'none', 'busybox', 'cat']
  const began = performance.now()
  const child = spawn('sh', ['-c', `exec "$@" <${file}`, 'sh', ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const hasher = spawn('sha256sum', { stdio: [child.stdout, 'pipe', 'inherit'] })
  child.stdout.destroy()
  let digest = ''
  hasher.stdout.on('data', (text) => {
    digest += text
  })
  let memory = 0
  const sample = setInterval(() => {
    memory = Math.max(memory, highWaterMark(child.pid))
  }, 20)
  await Promise.all([once(child, 'exit'), once(hasher, 'close')])
  clearInterval(sample)
  return { seconds: (performance.now() - began) / 1000, memory, digest: digest.slice(0, 64) }
}
