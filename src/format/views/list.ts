import type { Field, Listing } from './field.ts'
import { compileFormat, formatted, tableOf, type WriteRows } from './listing.ts'
import { type Display, type View, zoneOf } from './view.ts'

/** What decides how a list is shown. */
export interface ListOptions {
  /** A template, `table …`, or one of `table`, `json` and, where docker has it, `raw`; empty for the default table. */
  readonly format: string
  readonly quiet?: boolean
  readonly noTrunc?: boolean
}

/** A kind of list and how docker prints it unasked. */
export interface ListKind<Row> {
  readonly listing: Listing<Row>
  readonly columns: readonly Field<Row>[]
  /** The field that `--quiet` prints. */
  readonly quiet?: string
  /** What `raw` stands for; where it is absent, the word is a template like any other. */
  readonly raw?: { readonly format: string; readonly quiet: string }
}

/**
 * How lists of most kinds are shown. A format other than docker's presets wins over `quiet`.
 * @throws FormatError with docker's words for a template that cannot be read; `render` throws one for an unknown field
 */
export async function listView<Row>(
  kind: ListKind<Row>,
  options: ListOptions,
  display: Display = {},
): Promise<View<Row>> {
  const write = await writer(kind, options, display)
  const truncate = !(options.noTrunc ?? false)
  return {
    needsSize: false,
    render: (rows, now) => write(rows, { truncate, now: now.getTime(), zone: zoneOf(display) }),
  }
}

async function writer<Row>(
  { listing, columns, quiet = '', raw }: ListKind<Row>,
  options: ListOptions,
  display: Display,
): Promise<WriteRows<Row>> {
  const isTable = options.format === '' || options.format === 'table'
  if (isTable && !options.quiet) return table(columns, display)
  const preset = isTable ? `{{.${quiet}}}` : options.format === 'raw' ? (options.quiet ? raw?.quiet : raw?.format) : ''
  const format = preset || options.format
  return formatted(format, await compileFormat(format, listing), display.eastAsian ?? false)
}

/** docker's default table; on a terminal, with its head in color. */
async function table<Row>(
  shown: readonly Field<Row>[],
  { eastAsian = false, colorLevel = 0 }: Display,
): Promise<WriteRows<Row>> {
  if (colorLevel === 0) return tableOf(shown, eastAsian)
  const { palette, tablePaint } = await import('../color.ts')
  const { head } = palette(colorLevel)
  return tableOf(shown, eastAsian, (rows) => tablePaint(head, rows, -1, () => (cell) => cell))
}
