import { expect, it } from 'vitest'
import { inFormat } from '../../src/cli/display.ts'
import { FormatError } from '../../src/format/error.ts'
import { recordingOutput } from '../support/output.ts'

function configured(data: Record<string, unknown>, isTerminal = false) {
  return {
    config: { dir: '/x', path: '/x/config.json', data, warning: '', isContextUnknown: false },
    out: recordingOutput(isTerminal),
  }
}

async function formatOf(data: Record<string, unknown>, typed: string, isQuiet = false, isTerminal = false) {
  let used: string | undefined
  await inFormat(configured(data, isTerminal), 'psFormat', typed, isQuiet, async (format) => {
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
])('the configured format: %j', async ({ data, isTerminal, format }) => {
  expect(await formatOf(data, '', false, isTerminal)).toBe(format)
})

it('what is typed wins, and --quiet needs no format', async () => {
  expect(await formatOf({ psFormat: '{{.ID}}' }, 'json')).toBe('json')
  expect(await formatOf({ psFormat: '{{.ID}}' }, '', true)).toBe('')
})

const refuse = async () => {
  throw new FormatError('no such field', 64)
}

it('a configured format that does not work is told by its key and file', async () => {
  const printing = inFormat(configured({ psFormat: '{{.X}}' }), 'psFormat', '', false, refuse)
  await expect(printing).rejects.toMatchObject({
    message: 'no such field\nThe format is psFormat in /x/config.json',
    exitCode: 64,
  })
})

it('a typed one that does not work is the typist’s own', async () => {
  const printing = inFormat(configured({ psFormat: '{{.ID}}' }), 'psFormat', '{{.X}}', false, refuse)
  await expect(printing).rejects.toMatchObject({ message: 'no such field' })
})
