import type { ContainerSummary } from '../../../domain/container/container.ts'
import { palette } from '../../table/color.ts'
import type { Display, WriteRows } from '../list.ts'
import { type PrettyColumn, prettyWriter } from '../pretty.ts'
import { containerFields as fields } from './fields.ts'

/**
 * Writes containers in a frame, with the name first and the state in color.
 * @param plain writes a list that is too long for a frame
 */
export function prettyContainers(
  { colorLevel = 0, width }: Display,
  hasSize: boolean,
  plain: WriteRows<ContainerSummary>,
): WriteRows<ContainerSummary> {
  const { header, dim, state } = palette(colorLevel)
  const columns: PrettyColumn<ContainerSummary>[] = [
    { header: 'NAME', cell: (row, options) => ({ text: fields.Names.text(row, options) }) },
    { header: 'IMAGE', cell: (row, options) => ({ text: fields.Image.text(row, options) }) },
    { header: 'STATUS', cell: (row) => ({ text: row.Status ?? '', color: state(row) }) },
    { header: 'PORTS', cell: (row) => ({ text: fields.Ports.text(row).replaceAll(', ', '\n') }) },
    { header: 'CREATED', cell: (row, options) => ({ text: fields.RunningFor.text(row, options), color: dim }) },
    { header: 'ID', cell: (row, options) => ({ text: fields.ID.text(row, options), color: dim }) },
  ]
  if (hasSize) columns.push({ header: 'SIZE', cell: (row) => ({ text: fields.Size.text(row) }) })
  return prettyWriter(columns, header, plain, width)
}
