import type { ContainerSummary } from '../../domain/container/container.ts'
import { palette } from '../color.ts'
import { type FramedCell, framed } from '../framed.ts'
import { containerFields as containerOf } from './container/fields.ts'
import type { Look } from './field.ts'
import { createdOrUnknown, type ImageRow, imageFields as imageOf } from './image/fields.ts'
import type { WriteRows } from './listing.ts'
import type { Display } from './view.ts'

/** Longer lists are printed in plain columns: drawing a frame takes time with the square of its rows. */
const MOST_ROWS = 500

const DEFAULT_WIDTH = 80

interface PrettyColumn<Row> {
  readonly head: string
  readonly cell: (row: Row, look: Look) => FramedCell
}

/**
 * Containers in a frame, name first; states are colored.
 * @param plain how a list too long for a frame is written
 */
export function prettyContainers(
  { colorLevel = 0, width = DEFAULT_WIDTH }: Display,
  hasSize: boolean,
  plain: WriteRows<ContainerSummary>,
): WriteRows<ContainerSummary> {
  const { head, dim, state } = palette(colorLevel)
  const columns: PrettyColumn<ContainerSummary>[] = [
    { head: 'NAME', cell: (row, look) => ({ text: containerOf.Names.text(row, look) }) },
    { head: 'IMAGE', cell: (row, look) => ({ text: containerOf.Image.text(row, look) }) },
    { head: 'STATUS', cell: (row) => ({ text: row.Status ?? '', color: state(row) }) },
    { head: 'PORTS', cell: (row) => ({ text: containerOf.Ports.text(row).replaceAll(', ', '\n') }) },
    { head: 'CREATED', cell: (row, look) => ({ text: containerOf.RunningFor.text(row, look), color: dim }) },
    { head: 'ID', cell: (row, look) => ({ text: containerOf.ID.text(row, look), color: dim }) },
  ]
  if (hasSize) columns.push({ head: 'SIZE', cell: (row) => ({ text: containerOf.Size.text(row) }) })
  return drawn(columns, width, head, plain)
}

/**
 * Images in a frame.
 * @param plain how a list too long for a frame is written
 */
export function prettyImages(
  { colorLevel = 0, width = DEFAULT_WIDTH }: Display,
  hasDigests: boolean,
  plain: WriteRows<ImageRow>,
): WriteRows<ImageRow> {
  const { head, dim } = palette(colorLevel)
  const named = (text: string): FramedCell => (text === '<none>' ? { text, color: dim } : { text })
  const columns: PrettyColumn<ImageRow>[] = [
    { head: 'REPOSITORY', cell: ({ repository }) => named(repository) },
    { head: 'TAG', cell: ({ tag }) => named(tag) },
    ...(hasDigests ? [{ head: 'DIGEST', cell: ({ digest }: ImageRow) => named(digest) }] : []),
    { head: 'ID', cell: (row, look) => ({ text: imageOf.ID.text(row, look), color: dim }) },
    { head: 'CREATED', cell: (row, look) => ({ text: createdOrUnknown.text(row, look), color: dim }) },
    { head: 'SIZE', cell: (row) => ({ text: imageOf.Size.text(row) }) },
  ]
  return drawn(columns, width, head, plain)
}

function drawn<Row>(
  columns: readonly PrettyColumn<Row>[],
  width: number,
  headColor: (text: string) => string,
  plain: WriteRows<Row>,
): WriteRows<Row> {
  const head = columns.map((column) => ({ text: column.head, color: headColor }))
  return (rows, look) => {
    if (rows.length > MOST_ROWS) return plain(rows, look)
    const cells = rows.map((row) => columns.map(({ cell }) => cell(row, look)))
    return framed(head, cells, width)
  }
}
