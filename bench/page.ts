import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Case, Subject } from './cases/case.ts'
import { REFERENCE } from './clients.ts'
import { median, medianRatio, quantile, type Series } from './measure.ts'

const PAGE = join(import.meta.dirname, 'README.md')

const INTRODUCTION = `# Speed compared with docker

Written by \`npm run bench\`, a section at a time. The clients take turns; the figures are medians, with the quartiles of
docker's and tug's wall time in parentheses. "Wall" and "CPU" are tug's time as a multiple of docker's in the same round; CPU
time is that of the client alone, user and system. "Growth" is by how much the wall time grew from the size before, which is
a quarter. Peak memory is that of docker, of tug and of its Node form.
[docs/performance.md](../docs/performance.md) explains the figures.
`

const COLUMNS = [
  ...['command', 'docker, ms', 'tug, ms', 'wall', 'CPU', 'Node form: wall', 'CPU'],
  ...['peak memory, MB', 'growth: docker', 'tug'],
]

/** Returns a row of the table. @param before the same case at the size before, if there is one */
export function row({ title }: Case, size: number, series: readonly Series[], before?: readonly Series[]): string[] {
  const [docker, tug, node] = series
  if (!docker || !tug) throw new Error('docker and tug have to be measured')
  return [
    title.replace('{n}', size.toLocaleString('en')),
    wallTime(docker),
    wallTime(tug),
    medianRatio(tug, docker, 'wall').toFixed(2),
    medianRatio(tug, docker, 'cpu').toFixed(2),
    node ? medianRatio(node, docker, 'wall').toFixed(2) : '',
    node ? medianRatio(node, docker, 'cpu').toFixed(2) : '',
    series.map(({ runs }) => (median(runs.map(({ peak }) => peak)) / 1e6).toFixed(0)).join(' / '),
    growth(docker, before?.[0]),
    growth(tug, before?.[1]),
  ]
}

function wallTime({ runs }: Series): string {
  const times = runs.map(({ wall }) => wall * 1000)
  const digits = median(times) < 100 ? 1 : 0
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(times, share).toFixed(digits))
  return `${middle} (${low}–${high})`
}

function growth(series: Series, before: Series | undefined): string {
  if (!before) return ''
  const wall = ({ runs }: Series) => median(runs.map((usage) => usage.wall))
  return `× ${(wall(series) / wall(before)).toFixed(1)}`
}

/** Replaces the section of a subject in bench/README.md, or adds it, in the order of the subjects. */
export function writeSection(subject: Subject, rows: readonly string[][], subjects: readonly Subject[]): void {
  const sections = new Map<string, string>()
  const old = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : ''
  for (const text of old.split(/^(?=## )/m)) sections.set(/^## (.*)/.exec(text)?.[1] ?? '', text.trim())
  sections.set(subject.title, section(subject, rows))
  const written = subjects.flatMap(({ title }) => sections.get(title) ?? [])
  writeFileSync(PAGE, `${[INTRODUCTION.trim(), ...written].join('\n\n')}\n`)
}

function section(subject: Subject, rows: readonly string[][]): string {
  const version = execFileSync(REFERENCE, ['--version'], { encoding: 'utf8' }).trim()
  const date = new Date().toISOString().slice(0, 10)
  const memory = Math.round(totalmem() / 2 ** 30)
  return `## ${subject.title}

${subject.note} Measured on ${date}: ${cpus().length} cores, ${memory} GB of memory, Node ${process.versions.node}, ${version}.

| ${COLUMNS.join(' | ')} |
| --- | ${COLUMNS.slice(1)
    .map(() => '---:')
    .join(' | ')} |
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`
}
