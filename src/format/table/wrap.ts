import { textWidth } from '../text/width.ts'

/**
 * Splits text into lines of at most `width` columns. Lines end at spaces and after commas. A word that is longer than a
 * line is broken. Only the spaces at the ends of lines are removed.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)))
}

/** Returns the columns of the longest word, which wrapping keeps whole if it fits a line. */
export function longestWord(text: string): number {
  return Math.max(0, ...words(text).map((word) => textWidth(word.trimEnd())))
}

function words(text: string): string[] {
  return text.match(/[^\s,]*,\s*|[^\s,]+\s*|\s+/g) ?? []
}

function wrapLine(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of words(text)) {
    if (line !== '' && textWidth(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    const pieces = breakWord(line + word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line.trimEnd()]
}

/** Breaks a word into pieces of at most `width` columns. */
function breakWord(word: string, width: number): string[] {
  if (textWidth(word.trimEnd()) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of new Intl.Segmenter('en').segment(word)) {
    if (piece !== '' && textWidth(piece + segment) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}
