import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { CONTAINER_FORMATS, CONTAINERS, IMAGE_FORMATS, IMAGES, lines, read, TEMPLATE_ROWS } from './cases/lists.ts'
import { CLUSTERS, sampleSizes, sampleText } from './cases/samples.ts'
import { DAEMONS, VERSION_FORMATS } from './cases/version.ts'
import type { Response } from './golden.ts'
import { startReference } from './reference.ts'

const FLAGS = ['', '-q', '--no-trunc', '-q --no-trunc']

/** Records the output of the reference client for the cases of this directory. The data comes from a fake daemon. */
export async function record(): Promise<void> {
  const { bodies, docker, close } = await startReference()
  /** Records the cases of one file. The time of the recording changes only together with the responses. */
  async function recordFile(name: string, cases: Readonly<Record<string, readonly string[]>>, env = {}): Promise<void> {
    const responses: Record<string, Response> = {}
    const recordedAt = Date.now()
    for (const [title, args] of Object.entries(cases)) responses[title] = await docker(args, env)
    const file = new URL(`golden/${name}.json`, import.meta.url)
    if (existsSync(file) && isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')).responses, responses)) return
    writeFileSync(file, `${JSON.stringify({ recordedAt, responses }, null, 1)}\n`)
  }

  bodies.set('/containers/json', JSON.stringify(CONTAINERS))
  await recordFile('containers', combine('ps', CONTAINER_FORMATS, [...FLAGS, '-s']))
  await recordFile('containers-east-asian', combine('ps', ['', 'table {{.Command}}\\t{{.ID}}'], ['']), {
    LANG: 'ja_JP.UTF-8',
  })
  bodies.set('/images/json', JSON.stringify(IMAGES))
  await recordFile('images', combine('images', IMAGE_FORMATS, [...FLAGS, '--digests', '-q --digests']))
  bodies.set('/containers/json', JSON.stringify(TEMPLATE_ROWS))
  await recordFile('templates', combine('ps', lines('templates.txt'), ['']))
  bodies.set('/containers/json', JSON.stringify(sampleSizes().map((SizeRootFs) => ({ SizeRootFs, SizeRw: 1 }))))
  await recordFile('sizes', { all: ['ps', '--format', '{{.Size}}'] })
  bodies.set('/containers/json', JSON.stringify(sampleText().map((text) => ({ Command: text, Status: text }))))
  await recordFile('text', {
    quoted: ['ps', '--format', '{{.Command}}'],
    table: ['ps', '--format', 'table {{.Status}}\\t{{.Command}}\\t{{.Image}}'],
  })
  bodies.set('/containers/json', JSON.stringify(CLUSTERS.map((Status) => ({ Status }))))
  await recordFile('clusters', { table: ['ps', '--format', 'table {{.Status}}\\t.'] })
  for (const [name, version] of Object.entries(DAEMONS)) {
    bodies.set('/version', JSON.stringify(version))
    await recordFile(`version-${name}`, combine('version', VERSION_FORMATS, ['']))
  }
  for (const type of ['container', 'image']) {
    bodies.set(`/${type}s/x/json`, read(`${type}.json`))
    const formats = ['', 'json', ...lines(`inspect-${type}.txt`)]
    const cases = formats.map(
      (format) => [format, [type, 'inspect', ...(format === '' ? [] : ['-f', format]), 'x']] as const,
    )
    await recordFile(`inspect-${type}`, Object.fromEntries(cases))
  }
  bodies.set('/containers/z/json', read('unknown.json'))
  const formats = ['', 'json', ...lines('inspect-container.txt')].filter((format) => !format.includes('{{json .}}'))
  const cases = formats.map(
    (format) => [format, ['container', 'inspect', ...(format === '' ? [] : ['-f', format]), 'z', 'x', 'z']] as const,
  )
  await recordFile('inspect-several', Object.fromEntries(cases))

  close()
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
      const typed = flags === '' ? [] : flags.split(' ')
      cases[`${flags}|${format}`] = [command, ...typed, ...(format === '' ? [] : ['--format', format])]
    }
  }
  return cases
}
