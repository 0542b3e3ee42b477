import { columns, type Paint } from '../columns.ts'
import { FormatError } from '../error.ts'
import { tabwriter } from '../tabwriter.ts'
import type { Field, Fields, Look } from './field.ts'
import { type RowFormat, simpleFormat } from './simple.ts'

/** A kind of list: what its rows can show. */
export interface Listing<Row> {
  /** The type's name in docker's error texts. */
  readonly typeName: string
  readonly fields: Fields<Row>
  /** What `{{.Label "name"}}` gives, where rows have labels. */
  readonly label?: (row: Row, name: string) => string
}

/** Writes all rows. */
export type WriteRows<Row> = (rows: readonly Row[], look: Look) => string

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

/** A format as typed, compiled: without the template engine where plain fields are all it has. */
export async function compileFormat<Row>(format: string, { fields }: Listing<Row>): Promise<RowFormat<Row>> {
  const simple = simpleFormat(templateText(format), fields)
  if (simple !== undefined) return simple
  throw new FormatError(`template parsing error: ${format}`)
}

/** Rows under heads as docker's default tables show them. */
export function tableOf<Row>(
  shown: readonly Field<Row>[],
  eastAsian: boolean,
  paint?: (rows: readonly Row[]) => Paint,
): WriteRows<Row> {
  const head = shown.map(({ header }) => header)
  return (rows, look) =>
    columns([head, ...rows.map((row) => shown.map(({ text }) => text(row, look)))], { eastAsian, paint: paint?.(rows) })
}

/** Rows by a compiled format: aligned under heads for a `table` format, else a line or more each. */
export function formatted<Row>(format: string, compiled: RowFormat<Row>, eastAsian: boolean): WriteRows<Row> {
  const lines = (rows: readonly Row[], look: Look) => rows.map((row) => `${compiled.row(row, look)}\n`).join('')
  if (!isTable(format)) return lines
  return (rows, look) => tabwriter(`${compiled.header()}\n${lines(rows, look)}`, { eastAsian })
}
