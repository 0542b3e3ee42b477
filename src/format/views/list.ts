/** What all lists share: how they are displayed, and docker's default tables, presets and formats. */
import { UTC, type Zone } from '../../domain/go/gotime.ts'
import type { ColorLevel } from '../table/color.ts'
import { columns, type Fit, type Paint } from '../table/columns.ts'
import { tabwriter } from '../table/tabwriter.ts'
import type { Field, Listing, RowOptions } from './field.ts'
import { isTableFormat, type RowFormat, simpleFormat, templateText } from './row-format.ts'

/** The properties of the terminal or pipe that output goes to. The defaults are those of a pipe. */
export interface Display {
  /** Returns the time zone for times (see `readLocalZone`). Called only if the output contains a time. Default: UTC. */
  readonly zone?: () => Zone
  /** Whether characters of ambiguous width take two columns (see `isEastAsian`). Default: one column. */
  readonly eastAsian?: boolean
  /** Default: 0, which gives docker's bytes. */
  readonly colorLevel?: ColorLevel
  /** The columns of the terminal, for `pretty`. Default: 80. */
  readonly width?: number
  /** The columns of the terminal that tables are to fit; 0, the default, for docker's layout. */
  readonly fitWidth?: number
}

/** A prepared list. Its format has been checked, so that errors appear before any request. */
export interface View<Row> {
  /** Whether the daemon must compute sizes, which takes it time. */
  readonly needsSize: boolean
  /** Returns the whole output: empty, or ending with a newline. */
  render(rows: readonly Row[], now: Date): string
}

/** Formats all rows. */
export type WriteRows<Row> = (rows: readonly Row[], options: RowOptions) => string

/** The flags that determine the output of a list. */
export interface ListOptions {
  /** A template, `table …`, or one of `table`, `json` and, where docker has it, `raw`; empty for the default table. */
  readonly format: string
  readonly quiet?: boolean
  readonly noTrunc?: boolean
}

/** A kind of list and its default output in docker. */
export interface ListKind<Row> {
  readonly listing: Listing<Row>
  readonly columns: readonly Field<Row>[]
  /** The field that `--quiet` prints. */
  readonly quiet?: string
  /** The templates that the format `raw` stands for. Without them, `raw` is a template like any other. */
  readonly raw?: { readonly format: string; readonly quiet: string }
}

/**
 * Creates the view of a list. A format other than docker's presets takes precedence over `quiet`.
 * @throws FormatError when a template cannot be parsed; `render` throws one when it does not fit a row
 */
export async function listView<Row>(
  kind: ListKind<Row>,
  options: ListOptions,
  display: Display = {},
): Promise<View<Row>> {
  const write = await listWriter(kind, options, display)
  const truncate = !(options.noTrunc ?? false)
  return {
    needsSize: false,
    render: (rows, now) => write(rows, { truncate, now: now.getTime(), zone: zoneOf(display) }),
  }
}

async function listWriter<Row>(
  { listing, columns, quiet = '', raw }: ListKind<Row>,
  options: ListOptions,
  display: Display,
): Promise<WriteRows<Row>> {
  const isTable = options.format === '' || options.format === 'table'
  if (isTable && !options.quiet) return defaultTable(columns, display)
  const preset = isTable ? `{{.${quiet}}}` : options.format === 'raw' ? (options.quiet ? raw?.quiet : raw?.format) : ''
  const format = preset || options.format
  return formatWriter(format, await compileRowFormat(format, listing), display)
}

/** Returns the time zone of a display. */
export function zoneOf({ zone }: Display): () => Zone {
  return zone ?? (() => UTC)
}

/** Writes docker's default table. On a terminal, its header is colored, and it is made to fit. */
export async function defaultTable<Row>(fields: readonly Field<Row>[], display: Display): Promise<WriteRows<Row>> {
  const { eastAsian = false, colorLevel = 0 } = display
  const fit = await fitFor(fields, display)
  if (colorLevel === 0) return tableWriter(fields, { eastAsian, fit })
  const { palette, tablePaint } = await import('../table/color.ts')
  const { header } = palette(colorLevel)
  const paint = (rows: readonly Row[]) => tablePaint(header, rows, -1, () => (cell) => cell)
  return tableWriter(fields, { eastAsian, fit, paint })
}

/** Returns what makes a table fit the terminal; undefined for docker's layout. */
export async function fitFor(
  fields: readonly { readonly header: string; readonly separator?: string }[],
  { eastAsian = false, fitWidth: width = 0 }: Display,
): Promise<Fit | undefined> {
  if (width === 0) return undefined
  const { fitTable } = await import('../table/fit.ts')
  const separators = fields.map(({ separator = '' }) => separator)
  return { width, format: (rows, paint) => fitTable(rows, { width, eastAsian, paint, separators }) }
}

interface TableStyle<Row> {
  readonly eastAsian: boolean
  readonly fit?: Fit | undefined
  readonly paint?: (rows: readonly Row[]) => Paint
}

/** Writes a table with a column for each field. */
export function tableWriter<Row>(
  fields: readonly Field<Row>[],
  { eastAsian, fit, paint }: TableStyle<Row>,
): WriteRows<Row> {
  const header = fields.map((field) => field.header)
  return (rows, options) =>
    columns([header, ...rows.map((row) => fields.map(({ text }) => text(row, options)))], {
      eastAsian,
      fit,
      paint: paint?.(rows),
    })
}

/**
 * Compiles a list's format. Most formats consist of text and fields and do not need the template engine, which is loaded
 * only for the others.
 * @param blank a row without data, to which docker applies the format before the request
 * @throws FormatError when the template cannot be parsed or does not fit the blank row
 */
export async function compileRowFormat<Row>(
  format: string,
  listing: Listing<Row>,
  blank?: Row,
): Promise<RowFormat<Row>> {
  const simple = simpleFormat(templateText(format), listing.fields)
  if (simple !== undefined) return simple
  const { templateFormat } = await import('../templates/listing.ts')
  return templateFormat(format, listing, blank)
}

/** Writes rows by a compiled format: a table with a header for a `table` format, or else one or more lines per row. */
export function formatWriter<Row>(
  format: string,
  { formatRow, formatHeader }: RowFormat<Row>,
  { eastAsian = false }: Display,
): WriteRows<Row> {
  const lines: WriteRows<Row> = (rows, options) => rows.map((row) => `${formatRow(row, options)}\n`).join('')
  if (!isTableFormat(format)) return lines
  return (rows, options) => tabwriter(`${formatHeader()}\n${lines(rows, options)}`, { eastAsian })
}
