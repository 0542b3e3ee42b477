import { codePointWidth, PLAIN } from './width.ts'

/**
 * Truncates text to `width` columns (at least 2). Truncated text ends in `…` (docker/cli formatter.Ellipsis).
 */
export function truncateText(text: string, width: number): string {
  if (PLAIN.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`
  const characters = [...text]
  let used = 0
  let count = 0
  for (const character of characters) {
    used += codePointWidth(character)
    if (used <= width - 1) count++
  }
  return used <= width ? text : `${characters.slice(0, count).join('')}…`
}

/** Returns the first 12 characters of an id, without the prefix `sha256:` (moby stringid.TruncateID). */
export function truncateId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, 12)
}
