/**
 * Parses the first record of a CSV text, as Go's `encoding/csv` does. `--mount`, `--network` and `--gpus` are such records.
 * @returns the fields, unquoted
 * @throws Error with Go's reason and the position; columns count bytes from 1
 */
export function parseCsvRecord(text: string): string[] {
  const line = firstLine(text)
  if (line === undefined) throw new Error('EOF')
  const fields: string[] = []
  let at = 0
  for (;;) {
    const quoted = line[at] === '"'
    const { field, next } = quoted ? quotedField(line, at) : plainField(line, at)
    fields.push(field)
    if (next >= line.length) return fields
    at = next + 1
  }
}

/** Returns the first line that is not empty; with quotes the whole rest, because a quoted field may contain line breaks. */
function firstLine(text: string): string | undefined {
  const start = text.search(/[^\r\n]/)
  if (start < 0) return undefined
  const body = text.slice(start)
  return body.includes('"') ? body.replace(/\r?\n$/, '') : body.split(/\r?\n/, 1)[0]
}

function plainField(line: string, start: number): { field: string; next: number } {
  const comma = line.indexOf(',', start)
  const next = comma < 0 ? line.length : comma
  const field = line.slice(start, next)
  const quote = field.indexOf('"')
  if (quote >= 0) throw parseError(line, start + quote, 'bare " in non-quoted-field')
  return { field, next }
}

function quotedField(line: string, start: number): { field: string; next: number } {
  let field = ''
  let at = start + 1
  for (;;) {
    const quote = line.indexOf('"', at)
    if (quote < 0) throw parseError(line, line.length, 'extraneous or missing " in quoted-field')
    field += line.slice(at, quote)
    const after = line[quote + 1]
    if (after === '"') {
      field += '"'
      at = quote + 2
    } else if (after === undefined || after === ',') {
      return { field, next: quote + 1 }
    } else {
      throw parseError(line, quote, 'extraneous or missing " in quoted-field')
    }
  }
}

function parseError(line: string, index: number, reason: string): Error {
  const column = new TextEncoder().encode(line.slice(0, index)).length + 1
  return new Error(`parse error on line 1, column ${column}: ${reason}`)
}

/** Formats fields as a CSV record that {@link parseCsvRecord} splits into the same fields. */
export function formatCsvRecord(fields: readonly string[]): string {
  return fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}
