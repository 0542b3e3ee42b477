import { palette } from '../../table/color.ts'
import type { FramedCell } from '../../table/framed.ts'
import type { Display, WriteRows } from '../list.ts'
import { type PrettyColumn, prettyWriter } from '../pretty.ts'
import { createdOrUnknown, imageFields as fields, type ImageRow, NONE } from './rows.ts'

/**
 * Writes images in a frame.
 * @param plain writes a list that is too long for a frame
 */
export function prettyImages(
  { colorLevel = 0, width }: Display,
  hasDigests: boolean,
  plain: WriteRows<ImageRow>,
): WriteRows<ImageRow> {
  const { header, dim } = palette(colorLevel)
  const nameCell = (text: string): FramedCell => (text === NONE ? { text, color: dim } : { text })
  const columns: PrettyColumn<ImageRow>[] = [
    { header: 'REPOSITORY', cell: ({ repository }) => nameCell(repository) },
    { header: 'TAG', cell: ({ tag }) => nameCell(tag) },
    ...(hasDigests ? [{ header: 'DIGEST', cell: ({ digest }: ImageRow) => nameCell(digest) }] : []),
    { header: 'ID', cell: (row, options) => ({ text: fields.ID.text(row, options), color: dim }) },
    { header: 'CREATED', cell: (row, options) => ({ text: createdOrUnknown.text(row, options), color: dim }) },
    { header: 'SIZE', cell: (row) => ({ text: fields.Size.text(row) }) },
  ]
  return prettyWriter(columns, header, plain, width)
}
