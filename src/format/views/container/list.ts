import type { ContainerSummary } from '../../../domain/container/container.ts'
import { labelValue } from '../../labels.ts'
import type { Field, Listing } from '../field.ts'
import { compileFormat, formatted, tableOf, type WriteRows } from '../listing.ts'
import { type Display, type View, zoneOf } from '../view.ts'
import { containerFields as fields } from './fields.ts'

/** What decides how containers are listed; the flags of `ps`, and `psFormat` where `--format` is not given. */
export interface ContainerViewOptions {
  /** A template, `table …`, or one of `table`, `json`, `raw`, `pretty`; empty for the default table. */
  readonly format: string
  readonly quiet: boolean
  readonly noTrunc: boolean
  readonly size: boolean
  /** Whether `--size` was typed; `--size=false` then keeps a format with `{{.Size}}` from asking for sizes. */
  readonly sizeGiven?: boolean
}

/** What the rows of `ps` can show. */
export const containers: Listing<ContainerSummary> = {
  typeName: '*formatter.ContainerContext',
  fields,
  inside: (c, { truncate }) => ({ trunc: truncate, c }),
  label: ({ Labels }, name) => labelValue(Labels, name),
}
const { ID, Image, Command, RunningFor, Status, Ports, Names, Size } = fields
const DEFAULT: readonly Field<ContainerSummary>[] = [ID, Image, Command, RunningFor, Status, Ports, Names]

/** The `raw` format, one field a line; a blank line ends each container. */
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

/** The `raw` format, as a template. */
export function containerRaw(size: boolean): string {
  return RAW + (size ? RAW_SIZE : '')
}

/**
 * How `ps` shows containers.
 * @throws FormatError with docker's words for a template that cannot be read or that names an unknown field
 */
export async function containerView(
  options: ContainerViewOptions,
  display: Display = {},
): Promise<View<ContainerSummary>> {
  const { quiet, noTrunc, size, sizeGiven = size } = options
  const eastAsian = display.eastAsian ?? false
  const format = options.format || 'table'
  let needsSize = size
  let write: WriteRows<ContainerSummary>
  if (format === 'table' || format === 'pretty') {
    write = quiet ? ids : await table(size, display)
    if (format === 'pretty' && !quiet) {
      const { prettyContainers } = await import('../pretty.ts')
      write = prettyContainers(display, size, write)
    }
  } else if (format === 'raw') {
    const lines = quiet ? 'container_id: {{.ID}}' : containerRaw(size)
    write = formatted(lines, await compileFormat(lines, containers), eastAsian)
  } else {
    const compiled = await compileFormat(format, containers, {})
    if (!quiet && !sizeGiven && format !== 'json' && compiled.shows('Size')) needsSize = true
    write = quiet ? ids : formatted(format, compiled, eastAsian)
  }
  return {
    needsSize,
    render: (rows, now) => write(rows, { truncate: !noTrunc, now: now.getTime(), zone: zoneOf(display) }),
  }
}

/** docker's default table; on a terminal, with its head and its states in color. */
async function table(size: boolean, display: Display): Promise<WriteRows<ContainerSummary>> {
  const { eastAsian = false, colorLevel = 0 } = display
  const shown: readonly Field<ContainerSummary>[] = size ? [...DEFAULT, Size] : DEFAULT
  if (colorLevel === 0) return tableOf(shown, eastAsian)
  const { palette, tablePaint } = await import('../../color.ts')
  const { head, state } = palette(colorLevel)
  return tableOf(shown, eastAsian, (rows) => tablePaint(head, rows, DEFAULT.indexOf(Status), state))
}

const ids: WriteRows<ContainerSummary> = (rows, look) => rows.map((row) => `${ID.text(row, look)}\n`).join('')
