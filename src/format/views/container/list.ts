import type { ContainerSummary } from '../../../domain/container/container.ts'
import type { Field, Listing } from '../field.ts'
import { findLabel } from '../labels.ts'
import {
  compileRowFormat,
  type Display,
  fitFor,
  formatWriter,
  tableWriter,
  type View,
  type WriteRows,
  zoneOf,
} from '../list.ts'
import { containerFields as fields } from './fields.ts'

/** The flags of `ps`. Without `--format`, the format is `psFormat`. */
export interface ContainerViewOptions {
  /** A template, `table …`, or one of `table`, `json`, `raw`, `pretty`; empty for the default table. */
  readonly format: string
  readonly quiet: boolean
  readonly noTrunc: boolean
  readonly size: boolean
  /** Whether `--size` was typed. After `--size=false`, a format with `{{.Size}}` does not request sizes. */
  readonly sizeGiven?: boolean
}

/** The fields of `ps`. */
export const containerListing: Listing<ContainerSummary> = {
  typeName: '*formatter.ContainerContext',
  fields,
  internals: (c, { truncate }) => ({ trunc: truncate, c }),
  label: ({ Labels }, name) => findLabel(Labels, name),
}
const { ID, Image, Command, RunningFor, Status, Ports, Names, Size } = fields
const TABLE_FIELDS: readonly Field<ContainerSummary>[] = [ID, Image, Command, RunningFor, Status, Ports, Names]

/** The format `raw`: one field per line, and a blank line after each container. */
const RAW = [
  'container_id: {{.ID}}',
  'image: {{.Image}}',
  'command: {{.Command}}',
  'created_at: {{.CreatedAt}}',
  'state: {{- pad .State 1 0}}',
  'status: {{- pad .Status 1 0}}',
  'names: {{.Names}}',
  'labels: {{- pad .Labels 1 0}}',
  'ports: {{- pad .Ports 1 0}}',
  '',
].join('\n')
const RAW_SIZE = 'size: {{.Size}}\n'

/** Returns the template of the format `raw`. */
export function containerRaw(hasSize: boolean): string {
  return RAW + (hasSize ? RAW_SIZE : '')
}

/**
 * Creates the view of `ps`.
 * @throws FormatError when a template cannot be parsed or contains an unknown field
 */
export async function containerView(
  options: ContainerViewOptions,
  display: Display = {},
): Promise<View<ContainerSummary>> {
  const { quiet, noTrunc, size, sizeGiven = size } = options
  const format = options.format || 'table'
  let needsSize = size
  let write: WriteRows<ContainerSummary>
  if (format === 'table' || format === 'pretty') {
    write = quiet ? writeIds : await containerTable(size, display)
    if (format === 'pretty' && !quiet) {
      const { prettyContainers } = await import('./pretty.ts')
      write = prettyContainers(display, size, write)
    }
  } else if (format === 'raw') {
    const template = quiet ? 'container_id: {{.ID}}' : containerRaw(size)
    write = formatWriter(template, await compileRowFormat(template, containerListing), display)
  } else {
    const compiled = await compileRowFormat(format, containerListing, {})
    if (!quiet && !sizeGiven && format !== 'json' && compiled.usesField('Size')) needsSize = true
    write = quiet ? writeIds : formatWriter(format, compiled, display)
  }
  return {
    needsSize,
    render: (rows, now) => write(rows, { truncate: !noTrunc, now: now.getTime(), zone: zoneOf(display) }),
  }
}

/** Writes docker's default table. On a terminal, its header and the states are colored, and it is made to fit. */
async function containerTable(hasSize: boolean, display: Display): Promise<WriteRows<ContainerSummary>> {
  const { eastAsian = false, colorLevel = 0 } = display
  const tableFields = hasSize ? [...TABLE_FIELDS, Size] : TABLE_FIELDS
  const fit = await fitFor(tableFields, display)
  if (colorLevel === 0) return tableWriter(tableFields, { eastAsian, fit })
  const { palette, tablePaint } = await import('../../table/color.ts')
  const { header, state } = palette(colorLevel)
  const paint = (rows: readonly ContainerSummary[]) => tablePaint(header, rows, TABLE_FIELDS.indexOf(Status), state)
  return tableWriter(tableFields, { eastAsian, fit, paint })
}

const writeIds: WriteRows<ContainerSummary> = (rows, options) =>
  rows.map((row) => `${ID.text(row, options)}\n`).join('')
