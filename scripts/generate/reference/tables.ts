/** A table of a Markdown text. */
export interface MarkdownTable {
  /** The heading above it. */
  readonly title: string
  readonly rows: readonly (readonly string[])[]
}

/** Returns the tables of a Markdown text in its order, one of each section. */
export function tablesOf(markdown: string): MarkdownTable[] {
  const sections = markdown.split(/^## /m).slice(1)
  return sections.flatMap((section) => {
    const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'))
    return rows.length === 0 ? [] : [{ title: section.split('\n')[0] ?? '', rows: rows.map(cells) }]
  })
}

function cells(row: string): string[] {
  return row
    .replace(/^\| /, '')
    .replace(/ \|$/, '')
    .split(/ (?<!\\)\| /)
    .map((cell) => cell.replaceAll('\\|', '|').trim())
}
