/** The text behind docker's `table` prefix, or the whole format, with `\t` and `\n` made characters. */
export function templateText(format: string): string {
  const text = isTable(format) ? format.slice('table'.length) : format
  if (text === 'json') return '{{json .}}'
  return text
    .replace(/^ +| +$/g, '')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n')
}

/** Whether docker takes the format for a table: anything that begins with the word. */
export function isTable(format: string): boolean {
  return format.startsWith('table')
}
