import { textWidth } from '../text/width.ts'

/**
 * Text in lines of at most `width` columns. Breaks go to spaces and behind commas; a word that is longer than a line is
 * broken where the line is full. Nothing is left out but the spaces at breaks.
 */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrappedLine(line, Math.max(1, width)))
}

/** Columns of the longest piece of text that wrapping keeps whole. */
export function longestWord(text: string): number {
  return Math.max(0, ...words(text).map((word) => textWidth(word.trimEnd())))
}

function words(text: string): string[] {
  return text.match(/[^\s,]*,\s*|[^\s,]+\s*|\s+/g) ?? []
}

function wrappedLine(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of words(text)) {
    if (line !== '' && textWidth(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    const pieces = broken(line + word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line.trimEnd()]
}

/** A word in pieces that fit; the last one may be shorter. */
function broken(word: string, width: number): string[] {
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
