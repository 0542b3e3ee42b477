import { expect, it } from 'vitest'
import { printInFormat } from '../../../src/cli/io/list-format.ts'
import { FormatError } from '../../../src/format/error.ts'
import { recordingOutput } from '../../support/output.ts'

function configured(data: Record<string, unknown>, isTerminal = false) {
  return {
    config: { dir: '/x', path: '/x/config.json', data, warning: '', isDamaged: false, isContextUnknown: false },
    out: recordingOutput(isTerminal),
  }
}

async function formatOf(data: Record<string, unknown>, typed: string, isQuiet = false, isTerminal = false) {
  let used: string | undefined
  await printInFormat(configured(data, isTerminal), 'psFormat', typed, isQuiet, async (format) => {
    used = format
  })
  return used
}

it.each([
  { data: { psFormat: '{{.ID}}' }, isTerminal: false, format: '{{.ID}}' },
  { data: { psFormat: 'pretty' }, isTerminal: false, format: '' },
  { data: { psFormat: 'pretty' }, isTerminal: true, format: 'pretty' },
  { data: { psFormat: 5 }, isTerminal: false, format: '' },
  { data: {}, isTerminal: true, format: '' },
])('uses the format of config.json: %j', async ({ data, isTerminal, format }) => {
  expect(await formatOf(data, '', false, isTerminal)).toBe(format)
})

it('prefers the typed format, and ignores config.json with --quiet', async () => {
  expect(await formatOf({ psFormat: '{{.ID}}' }, 'json')).toBe('json')
  expect(await formatOf({ psFormat: '{{.ID}}' }, '', true)).toBe('')
})

const refuse = async () => {
  throw new FormatError('no such field', 64)
}

it('names the key and the file of an invalid format in config.json', async () => {
  const printing = printInFormat(configured({ psFormat: '{{.X}}' }), 'psFormat', '', false, refuse)
  await expect(printing).rejects.toMatchObject({
    message: 'no such field\nThe format is psFormat in /x/config.json',
    exitCode: 64,
  })
})

it('does not mention config.json for an invalid typed format', async () => {
  const printing = printInFormat(configured({ psFormat: '{{.ID}}' }), 'psFormat', '{{.X}}', false, refuse)
  await expect(printing).rejects.toMatchObject({ message: 'no such field' })
})
