import { goTime } from '../../../domain/go/gotime.ts'
import type { ImageSummary } from '../../../domain/image/image.ts'
import { NEVER } from '../../../domain/image/image.ts'
import { ago } from '../../age.ts'
import { shortId } from '../../text.ts'
import { humanSize } from '../../units.ts'
import type { Field, Look } from '../field.ts'

/** One row of `docker images`: an image under one of its names. */
export interface ImageRow {
  readonly image: ImageSummary
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/** What `docker images` can show of an image (docker/cli formatter.imageContext). */
export const imageFields = {
  ID: {
    header: 'IMAGE ID',
    text: ({ image }, { truncate }) => (truncate ? shortId(image.Id ?? '') : (image.Id ?? '')),
  },
  Repository: { header: 'REPOSITORY', text: ({ repository }) => repository },
  Tag: { header: 'TAG', text: ({ tag }) => tag },
  Digest: { header: 'DIGEST', text: ({ digest }) => digest },
  CreatedSince: { header: 'CREATED', text: createdSince },
  CreatedAt: { header: 'CREATED AT', text: ({ image }, look) => goTime(image.Created ?? 0, look.zone()) },
  Size: { header: 'SIZE', text: ({ image }) => humanSize(image.Size ?? 0) },
  Containers: { header: 'CONTAINERS', text: ({ image }) => counted(image.Containers) },
  VirtualSize: { header: 'SIZE', text: ({ image }) => humanSize(image.Size ?? 0, 4) },
  SharedSize: { header: 'SHARED SIZE', text: sharedSize },
  UniqueSize: { header: 'UNIQUE SIZE', text: uniqueSize },
} as const satisfies Record<string, Field<ImageRow>>

/** The CREATED column of the default table, which says `N/A` where the field itself is empty. */
export const createdOrUnknown: Field<ImageRow> = {
  header: 'CREATED',
  text: (row, look) => createdSince(row, look) || 'N/A',
}

function createdSince({ image: { Created = 0 } }: ImageRow, { now }: Look): string {
  return Created === NEVER ? '' : ago(Created, now)
}

function counted(containers = 0): string {
  return containers === -1 ? 'N/A' : String(containers)
}

function sharedSize({ image: { SharedSize = 0 } }: ImageRow): string {
  return SharedSize === -1 ? 'N/A' : humanSize(SharedSize, 4)
}

function uniqueSize({ image: { Size = 0, SharedSize = 0 } }: ImageRow): string {
  return Size === -1 || SharedSize === -1 ? 'N/A' : humanSize(Size - SharedSize, 4)
}
