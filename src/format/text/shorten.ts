import { codePointWidth, PLAIN } from './width.ts'

/** Text cut to `width` columns (at least 2), ending in `…` when something was cut (docker/cli formatter.Ellipsis). */
export function ellipsis(text: string, width: number): string {
  if (PLAIN.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`
  const characters = [...text]
  let used = 0
  let kept = 0
  for (const character of characters) {
    used += codePointWidth(character)
    if (used <= width - 1) kept++
  }
  return used <= width ? text : `${characters.slice(0, kept).join('')}…`
}

/** The 12 characters of an id that docker shows, its `sha256:` left out (stringid.TruncateID). */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, 12)
}
