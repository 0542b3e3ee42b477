import { writeFileSync } from 'node:fs'
import {
  CONTAINER_FORMATS,
  CONTAINERS,
  IMAGE_FORMATS,
  IMAGES,
  lines,
  read,
  TEMPLATE_ROWS,
  TREES,
} from './cases/lists.ts'
import { CLUSTERS, sampleSizes, sampleText } from './cases/samples.ts'
import { DAEMONS, VERSION_FORMATS } from './cases/version.ts'
import type { Response } from './golden.ts'
import { startReference } from './reference.ts'

/**
 * Records docker's output for the cases of this directory: `node test/format/record.ts`, with docker 28 on PATH. The data
 * comes from a fake daemon.
 */

const reference = await startReference()
const { bodies, docker } = reference

async function record(name: string, cases: Readonly<Record<string, readonly string[]>>, env = {}): Promise<void> {
  const responses: Record<string, Response> = {}
  const recordedAt = Date.now()
  for (const [title, args] of Object.entries(cases)) responses[title] = await docker(args, env)
  writeFileSync(
    new URL(`golden/${name}.json`, import.meta.url),
    `${JSON.stringify({ recordedAt, responses }, null, 1)}\n`,
  )
}

/** Returns a case for each format with each set of flags. */
function combine(
  command: string,
  formats: readonly string[],
  flagSets: readonly string[],
): Record<string, readonly string[]> {
  const cases: Record<string, readonly string[]> = {}
  for (const flags of flagSets) {
    for (const format of formats) {
      const typedFlags = flags === '' ? [] : flags.split(' ')
      cases[`${flags}|${format}`] = [command, ...typedFlags, ...(format === '' ? [] : ['--format', format])]
    }
  }
  return cases
}

const FLAGS = ['', '-q', '--no-trunc', '-q --no-trunc']

bodies.set('/containers/json', JSON.stringify(CONTAINERS))
await record('containers', combine('ps', CONTAINER_FORMATS, [...FLAGS, '-s']))
await record('containers-east-asian', combine('ps', ['', 'table {{.Command}}\\t{{.ID}}'], ['']), {
  LANG: 'ja_JP.UTF-8',
})
bodies.set('/images/json', JSON.stringify(IMAGES))
await record('images', combine('images', IMAGE_FORMATS, [...FLAGS, '--digests', '-q --digests']))
for (const [name, images] of Object.entries(TREES)) {
  bodies.set('/images/json', JSON.stringify(images))
  await record(`tree-${name}`, { '': ['images', '--tree'], '-a': ['images', '--tree', '-a'] })
}
bodies.set('/containers/json', JSON.stringify(TEMPLATE_ROWS))
await record('templates', combine('ps', lines('templates.txt'), ['']))
bodies.set('/containers/json', JSON.stringify(sampleSizes().map((SizeRootFs) => ({ SizeRootFs, SizeRw: 1 }))))
await record('sizes', { all: ['ps', '--format', '{{.Size}}'] })
bodies.set('/containers/json', JSON.stringify(sampleText().map((text) => ({ Command: text, Status: text }))))
await record('text', {
  quoted: ['ps', '--format', '{{.Command}}'],
  table: ['ps', '--format', 'table {{.Status}}\\t{{.Command}}\\t{{.Image}}'],
})
bodies.set('/containers/json', JSON.stringify(CLUSTERS.map((Status) => ({ Status }))))
await record('clusters', { table: ['ps', '--format', 'table {{.Status}}\\t.'] })
for (const [name, version] of Object.entries(DAEMONS)) {
  bodies.set('/version', JSON.stringify(version))
  await record(`version-${name}`, combine('version', VERSION_FORMATS, ['']))
}
for (const type of ['container', 'image']) {
  bodies.set(`/${type}s/x/json`, read(`${type}.json`))
  const formats = ['', 'json', ...lines(`inspect-${type}.txt`)]
  const cases = formats.map(
    (format) => [format, [type, 'inspect', ...(format === '' ? [] : ['-f', format]), 'x']] as const,
  )
  await record(`inspect-${type}`, Object.fromEntries(cases))
}
bodies.set('/containers/z/json', read('unknown.json'))
const formats = ['', 'json', ...lines('inspect-container.txt')].filter((format) => !format.includes('{{json .}}'))
const cases = formats.map(
  (format) => [format, ['container', 'inspect', ...(format === '' ? [] : ['-f', format]), 'z', 'x', 'z']] as const,
)
await record('inspect-several', Object.fromEntries(cases))

reference.close()
