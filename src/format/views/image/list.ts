import type { ImageSummary } from '../../../domain/image/image.ts'
import type { Field, Listing } from '../field.ts'
import { isTable } from '../format-text.ts'
import { compileFormat, formatted, tableOf, type WriteRows } from '../listing.ts'
import { type Display, type View, zoneOf } from '../view.ts'
import { createdOrUnknown, imageFields as fields, type ImageRow } from './fields.ts'
import { imageRows } from './rows.ts'

/** What decides how images are listed; the flags of `images`, and `imagesFormat` (unless quiet) without `--format`. */
export interface ImageViewOptions {
  /** A template, `table …`, or one of `table`, `json`, `raw`, `pretty`; empty for the default table. */
  readonly format: string
  readonly quiet: boolean
  readonly noTrunc: boolean
  readonly digests: boolean
}

/** What the rows of `images` can show. */
export const imageListing: Listing<ImageRow> = {
  typeName: '*formatter.imageContext',
  fields,
  inside: ({ image: i, repository, tag, digest }, { truncate }) => ({
    trunc: truncate,
    i,
    repo: repository,
    tag,
    digest,
  }),
}
const DIGEST = '{{.Digest}}'

/**
 * How `images` shows images. Each of an image's tags is a row.
 * @throws FormatError with docker's words for a template that cannot be read; `render` throws one for an unknown field
 */
export async function imageView(options: ImageViewOptions, display: Display = {}): Promise<View<ImageSummary>> {
  const { noTrunc, digests } = options
  const format = imageFormat(options)
  const rowsOf = { ofTags: digests || format.includes(DIGEST), ofUntagged: digests }
  const write = await writer(format, options, display)
  return {
    needsSize: false,
    render: (images, now) =>
      write(imageRows(images, rowsOf), { truncate: !noTrunc, now: now.getTime(), zone: zoneOf(display) }),
  }
}

async function writer(format: string, { digests }: ImageViewOptions, display: Display): Promise<WriteRows<ImageRow>> {
  if (format === 'table') return table(digests, display)
  if (format === 'pretty') {
    const { prettyImages } = await import('../pretty.ts')
    return prettyImages(display, digests, await table(digests, display))
  }
  return formatted(format, await compileFormat(format, imageListing), display.eastAsian ?? false)
}

/** docker's default table; on a terminal, with its head in color. */
async function table(digests: boolean, { eastAsian = false, colorLevel = 0 }: Display): Promise<WriteRows<ImageRow>> {
  const { Repository, Tag, Digest, ID, Size } = fields
  const names = digests ? [Repository, Tag, Digest] : [Repository, Tag]
  const shown: readonly Field<ImageRow>[] = [...names, ID, createdOrUnknown, Size]
  if (colorLevel === 0) return tableOf(shown, eastAsian)
  const { palette, tablePaint } = await import('../../color.ts')
  const { head } = palette(colorLevel)
  return tableOf(shown, eastAsian, (rows) => tablePaint(head, rows, -1, () => (cell) => cell))
}

/** The format with docker's presets written out; `table` stays the default table. */
function imageFormat({ format, quiet, digests }: ImageViewOptions): string {
  if (format === '' || format === 'table' || format === 'pretty') {
    return quiet ? '{{.ID}}' : format || 'table'
  }
  if (format === 'raw') return quiet ? 'image_id: {{.ID}}' : imageRaw(digests)
  return isTable(format) && digests && !format.includes(DIGEST) ? `${format}\t${DIGEST}` : format
}

/** The `raw` format, as a template. */
export function imageRaw(digests: boolean): string {
  const lines = ['repository: {{.Repository}}', 'tag: {{.Tag}}']
  if (digests) lines.push('digest: {{.Digest}}')
  lines.push('image_id: {{.ID}}', 'created_at: {{.CreatedAt}}', 'virtual_size: {{.Size}}', '')
  return lines.join('\n')
}
