import { PLAIN, textWidth } from '../text/width.ts'

let segmenter: Intl.Segmenter | undefined

/**
 * Splits text into lines of at most `width` columns. Lines end at spaces and after commas. A word that is longer than a
 * line is broken. Only the spaces at the ends of lines are removed.
 * @param eastAsian whether characters of ambiguous width take two columns
 */
export function wrap(text: string, width: number, eastAsian = false): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width), eastAsian))
}

/** Returns the columns of the longest word, which wrapping keeps whole if it fits a line. */
export function longestWord(text: string, eastAsian = false): number {
  return Math.max(0, ...words(text).map((word) => textWidth(word.trimEnd(), eastAsian)))
}

function words(text: string): string[] {
  return text.match(/[^\s,]*,\s*|[^\s,]+\s*|\s+/g) ?? []
}

function wrapLine(text: string, width: number, eastAsian: boolean): string[] {
  if (textWidth(text, eastAsian) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of words(text)) {
    if (line !== '' && textWidth(line + word.trimEnd(), eastAsian) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    const pieces = breakWord(line + word, width, eastAsian)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line.trimEnd()]
}

/** Breaks a word into pieces of at most `width` columns, where possible behind a `/`, `:` or `@` of an image reference. */
function breakWord(word: string, width: number, eastAsian: boolean): string[] {
  if (textWidth(word.trimEnd(), eastAsian) <= width) return [word]
  const pieces: string[] = []
  for (let rest = word; rest !== ''; rest = rest.slice(pieces.at(-1)?.length)) {
    const start = startOf(rest, width, eastAsian)
    pieces.push(start.length === rest.length ? rest : start.slice(0, breakPosition(start)))
  }
  return pieces
}

/** Returns the longest start of a text that takes at most `width` columns, and at least one character. */
function startOf(text: string, width: number, eastAsian: boolean): string {
  const trimmed = text.trimEnd()
  if (textWidth(trimmed, eastAsian) <= width) return text
  if (PLAIN.test(text)) return text.slice(0, width)
  segmenter ??= new Intl.Segmenter('en')
  let start = ''
  for (const { segment } of segmenter.segment(text)) {
    if (start !== '' && textWidth(start + segment, eastAsian) > width) break
    start += segment
  }
  return start
}

/** Returns where the start of a word ends best: not in its first half, so that there are not many short pieces. */
function breakPosition(start: string): number {
  const position = Math.max(...['/', ':', '@'].map((mark) => start.lastIndexOf(mark))) + 1
  return position > start.length / 2 ? position : start.length
}
