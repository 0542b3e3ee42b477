import { expect, test } from 'vitest'
import { printable } from '../../src/format/output.ts'
import { containerView } from '../../src/format/views/container/list.ts'

test('prints the remaining bytes of a character that a template cut in half', async () => {
  const view = await containerView({ format: '{{truncate .Names 2}}|', quiet: false, noTrunc: false, size: false })
  const text = view.render([{ Names: ['/日本'] }], new Date())
  expect(printable(text)).toEqual(Uint8Array.of(0xe6, 0x97, 0x7c, 0x0a))
})

test('prints other text unchanged', () => {
  expect(printable('日本 😀\n')).toBe('日本 😀\n')
})
