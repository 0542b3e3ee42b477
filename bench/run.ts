import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findExecutable, needTools } from '../test/support/engines/packages.ts'
import { type Measured, measure, medianMs } from './measure.ts'

/**
 * Compares the times of whole tug processes with those of the reference client: `npm run bench`. The daemon sends
 * canned JSON, so only the clients differ. Writes bench/README.md.
 */
const ROOT = join(import.meta.dirname, '..')
const IDS = Array.from({ length: 5000 }, (_, number) => number.toString(16).padStart(12, '0'))

const CASES = [
  { title: '`ps`, 3 containers', args: ['ps'], runs: 30 },
  { title: '`ps -a`, 1,000 containers', args: ['ps', '-a'], runs: 30 },
  { title: '`ps -a --format`, 1,000 containers', args: ['ps', '-a', '--format', '{{.Names}}\t{{.Status}}'], runs: 30 },
  {
    title: '`ps -a --format` with a condition, 1,000 containers',
    args: ['ps', '-a', '--format', '{{if eq .State "running"}}{{upper .Names}}{{else}}{{.ID}}{{end}} {{json .Ports}}'],
    runs: 30,
  },
  {
    title: '`ps -a --format` with printf, 1,000 containers',
    args: ['ps', '-a', '--format', '{{printf "%-20s %s" .Names .Status}}'],
    runs: 30,
  },
  { title: '`ps -a --format json`, 1,000 containers', args: ['ps', '-a', '--format', 'json'], runs: 30 },
  { title: '`images`, 50 images', args: ['images'], runs: 30 },
  {
    title: '`images -a --format`, 1,000 images',
    args: ['images', '-a', '--format', '{{.Repository}}:{{.Tag}} {{.Size}}'],
    runs: 30,
  },
  {
    title: '`images -a --format` with a condition, 1,000 images',
    args: ['images', '-a', '--format', '{{if ne .Tag "x"}}{{printf "%-40s" .Repository}}{{end}} {{.ID | upper}}'],
    runs: 30,
  },
  { title: '`rm` of 5,000 ids', args: ['rm', ...IDS], runs: 10 },
]

const tug = join(ROOT, 'dist/tug')
const node = [process.execPath, '--', join(ROOT, 'bin/tug.js')]
if (!existsSync(tug)) throw new Error(`${tug} is missing: run \`npm run build\``)
const docker = findExecutable('docker')
if (docker === undefined) throw new Error('`docker` is not on PATH')
await needTools(['hyperfine'], console.log)

const scratch = mkdtempSync(join(tmpdir(), 'tug-bench-'))
const socket = join(scratch, 'docker.sock')
const daemon = spawn(process.execPath, [fileURLToPath(new URL('fake-daemon.ts', import.meta.url)), socket], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
process.on('exit', () => {
  daemon.kill()
  rmSync(scratch, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
await once(daemon.stdout, 'data')

const env = { ...process.env, DOCKER_HOST: `unix://${socket}`, DOCKER_CONFIG: join(scratch, 'config') }
const rows = CASES.map(({ title, args, runs }) => {
  const commands = [
    [docker, ...args],
    [tug, ...args],
    [...node, ...args],
  ]
  const [reference, compiled, onNode] = measure(commands, { runs, scratch, env })
  if (!reference || !compiled || !onNode) throw new Error('hyperfine left out a command')
  const row = [title, ms(reference), ms(compiled), ratio(compiled, reference), ms(onNode), ratio(onNode, reference)]
  console.log(row.join(' | '))
  return row
})
const [empty] = measure([[process.execPath, '-e', '0']], { runs: 30, scratch, env })
if (empty) rows.push(['an empty Node program', '', '', '', ms(empty), ''])

daemon.kill()
writeFileSync(join(ROOT, 'bench/README.md'), page(rows))
console.log('\nbench/README.md is written')

function ms(measured: Measured): string {
  return medianMs(measured).toFixed(1)
}

function ratio(measured: Measured, reference: Measured): string {
  return (medianMs(measured) / medianMs(reference)).toFixed(2)
}

function page(rows: string[][]): string {
  const version = execFileSync(docker ?? 'docker', ['--version'], { encoding: 'utf8' }).trim()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `# Speed of commands

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, ${memory} GB of memory, \
Node ${process.versions.node}, compared with ${version}.

Wall time of whole processes, the median of the runs in milliseconds, and its ratio to docker's time. The clients take
turns (hyperfine, no shell, after warm-up runs). The daemon sends canned JSON over a unix socket, so only the clients
differ.

| command | docker | dist/tug | ratio | node bin/tug.js | ratio |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`
}
