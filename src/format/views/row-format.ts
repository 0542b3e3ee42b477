import { jsonString } from '../../domain/go/json-text.ts'
import { type Field, type Fields, formatJsonLine, type RowOptions } from './field.ts'

/** Formats one row, without the newline. */
type FormatRow<Row> = (row: Row, options: RowOptions) => string

/** A compiled format of a list. */
export interface RowFormat<Row> {
  readonly formatRow: FormatRow<Row>
  readonly formatHeader: () => string
  /** Whether the format uses a tracked field (see `Field.isTracked`). */
  readonly usesField: (name: string) => boolean
}

/** Whether docker takes the format for a table, which is any format that begins with the word. */
export function isTableFormat(format: string): boolean {
  return format.startsWith('table')
}

/** Returns the template of a format: without docker's prefix `table`, and with `\t` and `\n` replaced by characters. */
export function templateText(format: string): string {
  const text = isTableFormat(format) ? format.slice('table'.length) : format
  if (text === 'json') return '{{json .}}'
  return text
    .replace(/^ +| +$/g, '')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n')
}

/**
 * Compiles a template that consists of text, `{{.Field}}`, `{{json .Field}}` and `{{json .}}`, as most scripts use.
 * Returns undefined for other templates and for unknown fields, which need the template engine.
 */
export function simpleFormat<Row>(template: string, fields: Fields<Row>): RowFormat<Row> | undefined {
  const parts = template.split(/\{\{ ?((?:json )?\.[A-Za-z]+|json \.) ?\}\}/)
  const formatters: FormatRow<Row>[] = []
  const headers: string[] = []
  const usedFields = new Set<string>()
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      // Of three braces in a row, the first two are the template's.
      if (part.includes('{{') || (part.endsWith('{') && index < parts.length - 1)) return
      formatters.push(() => part)
      headers.push(part)
    } else if (part === 'json .') {
      formatters.push((row, options) => formatJsonLine(fields, row, options))
      headers.push('')
      for (const name of Object.keys(fields)) usedFields.add(name)
    } else {
      const name = part.slice(part.indexOf('.') + 1)
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (field === undefined) return
      formatters.push(part.startsWith('json') ? jsonFormatter(field) : field.text)
      headers.push(field.header)
      usedFields.add(name)
    }
  }
  return {
    formatRow: (row, options) => formatters.map((format) => format(row, options)).join(''),
    formatHeader: () => headers.join(''),
    usesField: (name) => usedFields.has(name),
  }
}

function jsonFormatter<Row>({ json, text }: Field<Row>): FormatRow<Row> {
  return (row, options) => json?.(row, options) ?? jsonString(text(row, options), false)
}
