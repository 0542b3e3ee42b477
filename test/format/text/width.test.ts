import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goQuote } from '../../../src/domain/go/quote.ts'
import { truncateId, truncateText } from '../../../src/format/text/truncate.ts'
import { isEastAsian, textWidth } from '../../../src/format/text/width.ts'
import { sampleText } from '../cases/samples.ts'
import { golden } from '../golden.ts'

const docker = new Map(golden('text').responses)

test('truncates and quotes text as docker does', () => {
  const ours = sampleText().map((text) => `${goQuote(truncateText(text, 20))}\n`)
  expect(ours.join('')).toBe(docker.get('quoted')?.stdout)
})

test.each([
  ['sha256:0123456789abcdef', '0123456789ab'],
  ['0123456789abcdef', '0123456789ab'],
  ['short', 'short'],
  ['', ''],
])('truncates the id %j', (id, short) => {
  expect(truncateId(id)).toBe(short)
})

test('adds up the widths of the parts of a text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z日本…é]*$/), fc.stringMatching(/^[a-z日本…é]*$/), (a, b) => {
      expect(textWidth(a + b)).toBe(textWidth(a) + textWidth(b))
    }),
  )
})

test.each([
  [{}, false],
  [{ LANG: 'C.UTF-8' }, false],
  [{ LANG: 'en_US.UTF-8' }, false],
  [{ LANG: 'ja_JP.UTF-8' }, true],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'zh_CN.UTF-8' }, true],
  [{ LANG: 'ko_KR.eucKR' }, true],
  [{ LANG: 'zh_CN.GBK' }, true],
  [{ LANG: 'ja_JP.UTF-8@cjk_narrow' }, false],
  [{ LANG: 'ja_JP.UTF-8', RUNEWIDTH_EASTASIAN: '0' }, false],
  [{ RUNEWIDTH_EASTASIAN: '1' }, true],
])('decides whether the locale of %o is East Asian', (env, expected) => {
  expect(isEastAsian(env)).toBe(expected)
})
