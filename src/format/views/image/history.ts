import { formatRfc3339 } from '../../../domain/go/gotime.ts'
import type { ImageLayer } from '../../../domain/image/image.ts'
import { truncateId, truncateText } from '../../text/truncate.ts'
import { ago, humanSize } from '../../text/units.ts'
import type { Field, RowOptions } from '../field.ts'
import type { ListKind } from '../list.ts'

/** The year 2000 in Unix seconds. Times before it are not real, but set by reproducible builds. */
const EARLIEST_TIME = 946_684_800

/**
 * Returns the list of `history` (docker/cli image.historyContext).
 * @param isHuman whether sizes and times are printed for people instead of as bytes and dates
 */
export function historyList(isHuman: boolean): ListKind<ImageLayer> {
  const createdAt = ({ Created = 0 }: ImageLayer, options: RowOptions) => formatRfc3339(Created, options.zone())
  const createdSince = (layer: ImageLayer, options: RowOptions) => {
    if (!isHuman) return createdAt(layer, options)
    const { Created = 0 } = layer
    return Created <= EARLIEST_TIME ? 'N/A' : ago(Created, options.now)
  }
  const fields = {
    ID: { header: 'IMAGE', text: ({ Id = '' }, { truncate }) => (truncate ? truncateId(Id) : Id) },
    CreatedAt: { header: 'CREATED AT', text: createdAt },
    CreatedSince: { header: 'CREATED', text: createdSince },
    CreatedBy: { header: 'CREATED BY', text: createdBy },
    Size: { header: 'SIZE', text: ({ Size = 0 }) => (isHuman ? humanSize(Size) : String(Size)) },
    Comment: { header: 'COMMENT', text: ({ Comment = '' }) => Comment },
  } as const satisfies Record<string, Field<ImageLayer>>
  const { ID, CreatedAt, CreatedSince, CreatedBy, Size, Comment } = fields
  return {
    listing: {
      typeName: '*image.historyContext',
      fields,
      internals: (h, { truncate }) => ({ trunc: truncate, human: isHuman, h }),
    },
    columns: [ID, isHuman ? CreatedSince : CreatedAt, CreatedBy, Size, Comment],
    quiet: 'ID',
  }
}

function createdBy({ CreatedBy = '' }: ImageLayer, { truncate }: RowOptions): string {
  const command = CreatedBy.replaceAll('\t', ' ')
  return truncate ? truncateText(command, 45) : command
}
