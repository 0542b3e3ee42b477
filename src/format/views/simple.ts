import { jsonString } from '../../domain/go/json-text.ts'
import type { Field, Fields, Look } from './field.ts'
import { jsonLine } from './field.ts'

/** Writes one row, without the newline. */
type WriteRow<Row> = (row: Row, look: Look) => string

/** A compiled format: how it writes a row, and its head in a table. */
export interface RowFormat<Row> {
  readonly row: WriteRow<Row>
  readonly header: () => string
  /** Whether it shows a field that docker takes note of. */
  readonly shows: (field: string) => boolean
}

/**
 * Compiles a format of plain text, `{{.Field}}`, `{{json .Field}}` and `{{json .}}`, which is what most scripts write. Undefined for
 * anything more, unknown fields included: those are for the template engine, which need not be loaded for these.
 */
export function simpleFormat<Row>(format: string, fields: Fields<Row>): RowFormat<Row> | undefined {
  const parts = format.split(/\{\{ ?((?:json )?\.[A-Za-z]+|json \.) ?\}\}/)
  const writers: WriteRow<Row>[] = []
  const heads: string[] = []
  const shown = new Set<string>()
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      // Of three braces, the first two are the template's.
      if (part.includes('{{') || (part.endsWith('{') && index < parts.length - 1)) return
      writers.push(() => part)
      heads.push(part)
    } else if (part === 'json .') {
      writers.push((row, look) => jsonLine(fields, row, look))
      heads.push('')
      for (const name of Object.keys(fields)) shown.add(name)
    } else {
      const isJson = part.startsWith('json')
      const name = part.slice(part.indexOf('.') + 1)
      const field = own(fields, name)
      if (field === undefined) return
      writers.push(
        isJson ? (row, look) => field.json?.(row, look) ?? jsonString(field.text(row, look), false) : field.text,
      )
      heads.push(field.header)
      shown.add(name)
    }
  }
  return {
    row: (row, look) => writers.map((write) => write(row, look)).join(''),
    header: () => heads.join(''),
    shows: (name) => shown.has(name),
  }
}

function own<Row>(fields: Fields<Row>, name: string): Field<Row> | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}
