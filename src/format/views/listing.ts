import { columns, type Paint } from '../columns.ts'
import { tabwriter } from '../tabwriter.ts'
import type { Field, Listing, Look } from './field.ts'
import { isTable, templateText } from './format-text.ts'
import { type RowFormat, simpleFormat } from './simple.ts'

/** Writes all rows. */
export type WriteRows<Row> = (rows: readonly Row[], look: Look) => string

/**
 * A format as typed, compiled; the template engine is loaded only where there is more than plain fields.
 * @param blank a row without data that the format must fit, before anything is asked of the daemon
 * @throws FormatError with docker's words for a template that cannot be read
 */
export async function compileFormat<Row>(format: string, listing: Listing<Row>, blank?: Row): Promise<RowFormat<Row>> {
  const simple = simpleFormat(templateText(format), listing.fields)
  if (simple !== undefined) return simple
  const { templateFormat } = await import('../templates/listing.ts')
  return templateFormat(format, listing, blank)
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
