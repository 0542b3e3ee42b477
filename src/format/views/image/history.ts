import { rfc3339 } from '../../../domain/go/gotime.ts'
import type { ImageLayer } from '../../../domain/image/image.ts'
import { ago } from '../../age.ts'
import { ellipsis, shortId } from '../../text.ts'
import { humanSize } from '../../units.ts'
import type { Field, Look } from '../field.ts'
import type { ListKind } from '../list.ts'

/** Unix seconds of the year 2000: older layers say when they were made only to pretend, for builds that repeat. */
const EPOCH = 946_684_800

/**
 * How `history` shows an image's layers (docker/cli image.historyContext).
 * @param isHuman whether sizes and times are for people; scripts may want bytes and dates
 */
export function historyList(isHuman: boolean): ListKind<ImageLayer> {
  const createdAt = ({ Created = 0 }: ImageLayer, look: Look) => rfc3339(Created, look.zone())
  const createdSince = (layer: ImageLayer, look: Look) => {
    if (!isHuman) return createdAt(layer, look)
    const { Created = 0 } = layer
    return Created <= EPOCH ? 'N/A' : ago(Created, look.now)
  }
  const fields = {
    ID: { header: 'IMAGE', text: ({ Id = '' }, { truncate }) => (truncate ? shortId(Id) : Id) },
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
      inside: (h, { truncate }) => ({ trunc: truncate, human: isHuman, h }),
    },
    columns: [ID, isHuman ? CreatedSince : CreatedAt, CreatedBy, Size, Comment],
    quiet: 'ID',
  }
}

function createdBy({ CreatedBy = '' }: ImageLayer, { truncate }: Look): string {
  const command = CreatedBy.replaceAll('\t', ' ')
  return truncate ? ellipsis(command, 45) : command
}
