/**
 * Replaces the part of a text between `<!-- generated: NAME -->` and `<!-- end of NAME -->`. @throws Error when the
 * marks are missing
 */
export function withSection(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the marks ${start} and ${end} are missing`)
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`
}
