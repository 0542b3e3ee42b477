import { AMBIGUOUS, WIDE, ZERO_WIDTH } from './width-tables.ts'

/** Matches printable ASCII, where each character takes one column and none ends a cell. */
export const PLAIN = /^[\x20-\x7e]*$/

/** Matches text where each character takes one column unless the locale is East Asian: Latin letters and the ellipsis. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u02ff…]*$/

/** Code points that docker counts as two columns when it truncates text, although they combine with the letter before. */
const WIDE_WHEN_TRUNCATED = /[\u3099\u309a]/

/** Matches the boundaries within Indic conjuncts, which newer versions of Unicode join to one cluster. */
const CONJUNCT = /(?<=\p{M}\u200d?)(?=\p{Lo})(?!\p{Script=Hangul})/u

type Ranges = Uint32Array

let tables: { zero: Ranges; wide: Ranges; ambiguous: Ranges } | undefined
let segmenter: Intl.Segmenter | undefined

/**
 * Returns the columns of a text in docker's tables. A grapheme cluster is as wide as its first character with a width.
 * @param eastAsian whether characters of ambiguous width, such as `…`, take two columns (see {@link isEastAsian})
 */
export function textWidth(text: string, eastAsian = false): number {
  if (PLAIN.test(text) || (!eastAsian && NARROW.test(text))) return text.length
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  let width = 0
  for (const { segment } of segmenter.segment(text)) {
    for (const cluster of segment.split(CONJUNCT)) width += clusterWidth(cluster, eastAsian)
  }
  return width
}

/** Returns the columns of a code point by its East Asian Width alone, as docker counts when it truncates text. */
export function codePointWidth(character: string): 1 | 2 {
  if (character <= '\u10ff') return 1
  return WIDE_WHEN_TRUNCATED.test(character) || isIn(rangeTables().wide, character.codePointAt(0) ?? 0) ? 2 : 1
}

/**
 * Whether docker treats the locale as East Asian (go-runewidth). This depends on the language and charset of `LC_ALL`,
 * `LC_CTYPE` or `LANG`, unless `RUNEWIDTH_EASTASIAN` is set.
 */
export function isEastAsian(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.RUNEWIDTH_EASTASIAN) return env.RUNEWIDTH_EASTASIAN === '1'
  const locale = (env.LC_ALL || env.LC_CTYPE || env.LANG || '').toLowerCase()
  if (locale === '' || locale === 'posix' || locale === 'c' || locale.endsWith('@cjk_narrow')) return false
  const isUtf8 = locale.endsWith('.utf-8') || locale.endsWith('.utf8')
  if (isUtf8 && !['ja', 'ko', 'zh'].includes(locale.slice(0, 2))) return false
  const charset = /^[a-z]{2,3}(?:_[a-z]{2})?\.([^@]+)/.exec(locale)?.[1] ?? locale
  if (/^utf-?8$/.test(charset)) return /^(?:ja|ko|zh)/.test(locale)
  return /^(?:jis|euc(?:jp|kr|cn)|sjis|cp(?:932|51932|936|949|950)|big5|gbk|gb2312)$/.test(charset)
}

function clusterWidth(cluster: string, eastAsian: boolean): number {
  const { zero, wide, ambiguous } = rangeTables()
  for (const character of cluster) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20 || code === 0x7f || isIn(zero, code)) continue
    return isIn(wide, code) || (eastAsian && isIn(ambiguous, code)) ? 2 : 1
  }
  return 0
}

function rangeTables() {
  tables ??= { zero: parseRanges(ZERO_WIDTH), wide: parseRanges(WIDE), ambiguous: parseRanges(AMBIGUOUS) }
  return tables
}

/** Parses ranges. In the result, first and last code points alternate. */
function parseRanges(text: string): Ranges {
  return Uint32Array.from(
    text.split(' ').flatMap((range) => {
      const [first = '', last = first] = range.split('-')
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
    }),
  )
}

function isIn(table: Ranges, code: number): boolean {
  let low = 0
  let high = table.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (code < (table[2 * middle] ?? 0)) high = middle - 1
    else if (code > (table[2 * middle + 1] ?? 0)) low = middle + 1
    else return true
  }
  return false
}
