import type { ImageSummary } from '../../../domain/image/image.ts'
import type { Field, Listing } from '../field.ts'
import {
  compileRowFormat,
  type Display,
  defaultTable,
  formatWriter,
  type View,
  type WriteRows,
  zoneOf,
} from '../list.ts'
import { isTableFormat } from '../row-format.ts'
import { createdOrUnknown, imageFields as fields, type ImageRow, toImageRows } from './rows.ts'

/** The flags of `images`. Without `--format`, the format is `imagesFormat` unless `quiet` is set. */
export interface ImageViewOptions {
  /** A template, `table …`, or one of `table`, `json`, `raw`, `pretty`; empty for the default table. */
  readonly format: string
  readonly quiet: boolean
  readonly noTrunc: boolean
  readonly digests: boolean
}

/** The fields of `images`. */
export const imageListing: Listing<ImageRow> = {
  typeName: '*formatter.imageContext',
  fields,
  internals: ({ image: i, repository, tag, digest }, { truncate }) => ({
    trunc: truncate,
    i,
    repo: repository,
    tag,
    digest,
  }),
}
const DIGEST = '{{.Digest}}'

/**
 * Creates the view of `images`, with a row for each of an image's tags.
 * @throws FormatError when a template cannot be parsed; `render` throws one when it does not fit a row
 */
export async function imageView(options: ImageViewOptions, display: Display = {}): Promise<View<ImageSummary>> {
  const { noTrunc, digests } = options
  const format = imageFormat(options)
  const digestRows = { ofTags: digests || format.includes(DIGEST), ofUntagged: digests }
  const write = await imageWriter(format, options, display)
  return {
    needsSize: false,
    render: (images, now) =>
      write(toImageRows(images, digestRows), { truncate: !noTrunc, now: now.getTime(), zone: zoneOf(display) }),
  }
}

async function imageWriter(
  format: string,
  { digests }: ImageViewOptions,
  display: Display,
): Promise<WriteRows<ImageRow>> {
  if (format === 'table') return defaultTable(tableFields(digests), display)
  if (format === 'pretty') {
    const { prettyImages } = await import('./pretty.ts')
    return prettyImages(display, digests, await defaultTable(tableFields(digests), display))
  }
  return formatWriter(format, await compileRowFormat(format, imageListing), display)
}

function tableFields(hasDigests: boolean): readonly Field<ImageRow>[] {
  const { Repository, Tag, Digest, ID, Size } = fields
  return [Repository, Tag, ...(hasDigests ? [Digest] : []), ID, createdOrUnknown, Size]
}

/** Replaces docker's presets by their templates, except `table` for the default table and `pretty`. */
function imageFormat({ format, quiet, digests }: ImageViewOptions): string {
  if (format === '' || format === 'table' || format === 'pretty') {
    return quiet ? '{{.ID}}' : format || 'table'
  }
  if (format === 'raw') return quiet ? 'image_id: {{.ID}}' : imageRaw(digests)
  return isTableFormat(format) && digests && !format.includes(DIGEST) ? `${format}\t${DIGEST}` : format
}

/** Returns the template of the format `raw`. */
export function imageRaw(digests: boolean): string {
  const lines = ['repository: {{.Repository}}', 'tag: {{.Tag}}']
  if (digests) lines.push('digest: {{.Digest}}')
  lines.push('image_id: {{.ID}}', 'created_at: {{.CreatedAt}}', 'virtual_size: {{.Size}}', '')
  return lines.join('\n')
}
