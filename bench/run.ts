import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needTools } from '../test/support/engines/packages.ts'
import { SUBJECTS } from './cases/all.ts'
import type { Case, OpenSubject, Subject } from './cases/case.ts'
import { type Client, copyClients } from './clients.ts'
import { measure, type Series } from './measure.ts'
import { row, writeSection } from './page.ts'
import { Processes } from './processes.ts'

/**
 * Compares whole processes of tug with those of docker: `npm run bench [-- SUBJECT[/WORDS]…]`. Without a subject it
 * measures all that are not optional. Writes the sections of the subjects that were measured completely to bench/README.md.
 * bench/cases/case.ts says how to add a case.
 */
const selections = process.argv.slice(2).map((word) => {
  const [name = '', ...words] = word.split('/')
  if (!SUBJECTS.some((subject) => subject.name === name)) {
    throw new Error(`there is no subject "${name}"; there are ${SUBJECTS.map((subject) => subject.name).join(', ')}`)
  }
  return { name, words: words.join('/') }
})

await needTools(['python3'], console.log)
const scratch = mkdtempSync(join(tmpdir(), 'tug-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const clients = copyClients(join(scratch, 'clients'))
const clientsOnDisk = copyClients(join(scratch, 'clients-on-disk'), { isOnDisk: true })
const processes = new Processes(scratch)
const env = { PATH: process.env.PATH ?? '', HOME: scratch, DOCKER_CONFIG: join(scratch, 'config') }
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true
  })
}

for (const subject of SUBJECTS) {
  const chosen = selections.filter(({ name }) => name === subject.name)
  const isChosen = selections.length === 0 ? !subject.isOptional : chosen.length > 0
  if (!isChosen || interrupted) continue
  const directory = join(scratch, subject.name)
  mkdirSync(directory)
  const open = await subject.open({ scratch: directory })
  try {
    await measureSubject(subject, open, chosen)
  } finally {
    await open.close?.()
  }
}
processes.close()
if (interrupted) process.exitCode = 130

async function measureSubject(subject: Subject, open: OpenSubject, chosen: readonly { words: string }[]) {
  const cases = open.cases.filter(
    ({ title }) => chosen.length === 0 || chosen.some(({ words }) => title.includes(words)),
  )
  const rows: string[][] = []
  console.log(`\n${subject.title}`)
  for (const entry of cases) rows.push(...(await measureCase(entry)))
  if (cases.length === open.cases.length && !interrupted) writeSection(subject, rows, SUBJECTS)
}

async function measureCase(entry: Case): Promise<string[][]> {
  const rows: string[][] = []
  let before: Series[] | undefined
  for (const size of entry.sizes ?? [0]) {
    if (interrupted) break
    const prepared = await entry.prepare(size)
    try {
      const series = await measure(entry, prepared, { clients: clientsOf(entry), processes, env })
      const cells = row(entry, size, series, before)
      console.log(cells.join(' | '))
      rows.push(cells)
      before = series
    } finally {
      await prepared.close?.()
    }
  }
  return rows
}

function clientsOf({ isWithoutNode = false, areClientsOnDisk = false }: Case): readonly Client[] {
  const all = areClientsOnDisk ? clientsOnDisk : clients
  return isWithoutNode ? all.slice(0, 2) : all
}
