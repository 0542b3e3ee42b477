import { byteLength } from '../../../domain/go/bytes.ts'
import type { ImageManifestSummary, ImageSummary } from '../../../domain/image/image.ts'
import { truncateId } from '../../text/truncate.ts'
import { humanSize } from '../../text/units.ts'
import { isDangling } from './rows.ts'

export interface TreeOptions {
  /** Whether images without a name are included (`--all`). */
  readonly all: boolean
  /** Whether the output is colored, as docker does on terminals. */
  readonly isColored: boolean
  /** The columns of the terminal; 0 if there is none. */
  readonly width: number
}

interface Column {
  readonly title: string
  readonly width: number
  readonly alignsRight: boolean
  readonly cell: (details: Details) => Cell
}

/** A cell of the tree. Its width is measured without the color. */
interface Cell {
  readonly text: string
  readonly color: Color
}

/** The details of one line of the tree: an image or one of its platforms. */
interface Details {
  readonly id: string
  readonly diskUsage: string
  readonly contentSize: string
  readonly isUsed: boolean
  readonly color: Color
}

type Color = (text: string) => string

const unchanged: Color = (text) => text
const EMPTY: Cell = { text: '', color: unchanged }

const GAP = '   '
const MIN_NAMES_WIDTH = 12
const WARNING = "WARNING: This is an experimental feature. The output may change and shouldn't be depended on."

/**
 * Formats images with their platforms as `images --tree` does, newest first. The request must have included the
 * manifests. Headers are bold even without color, as in docker 28.2.
 */
export function formatImageTree(images: readonly ImageSummary[], { all, isColored, width }: TreeOptions): string {
  const colors = isColored ? COLORS : PLAIN
  const available = Math.max(width || 80, 20)
  const visible = all ? images : images.filter((image) => !isDangling(image))
  const sorted = visible.toSorted((a, b) => (b.Created ?? 0) - (a.Created ?? 0))
  // The column for use is filled only if the daemon knows the use of platforms.
  const hasUsage = sorted.some((image) => platformsOf(image).some(isUsed))
  const { details, namesWidth } = fitColumns(available, hasUsage ? colors.chip : EMPTY)
  const names = Math.min(namesWidth, widest(sorted))
  const headers = [
    header('IMAGE', names, false),
    ...details.map(({ title, width, alignsRight }) => header(title, width, alignsRight)),
  ]
  const isSpaced = sorted.some((image) => platformsOf(image).length > 0)
  return [
    colors.warning(WARNING),
    legend(available, isColored),
    '',
    headers.join(GAP),
    ...sorted.flatMap((image) => [
      ...imageLines(image, { longest: width || Number.POSITIVE_INFINITY, names, details, colors }),
      ...(isSpaced ? [''] : []),
    ]),
    '',
  ].join('\n')
}

/** The widths and columns of all lines. */
interface Layout {
  /** The width of a name on a line of its own, which is not shortened off a terminal. */
  readonly longest: number
  readonly names: number
  readonly details: readonly Column[]
  readonly colors: Colors
}

function imageLines(image: ImageSummary, { longest, names: namesWidth, details: columns, colors }: Layout): string[] {
  const platforms = platformsOf(image)
  const details = (line: Details) => columns.map((column) => GAP + padCell(column, line)).join('')
  const names = [...(image.RepoTags ?? [])].sort((a, b) => byteLength(b) - byteLength(a))
  // The details are on the line of the last name. The other names are on lines of their own.
  const above = names.slice(0, -1).map((name) => colors.name(truncateName(name, longest)))
  const name = names.at(-1)
  const last =
    name === undefined ? alignLeft('<untagged>', namesWidth, colors.faint) : alignLeft(name, namesWidth, colors.name)
  const total = (image.Manifests ?? []).reduce((sum, { Size }) => sum + (Size?.Content ?? 0), 0)
  const top: Details = {
    id: image.Id ?? '',
    diskUsage: humanSize(image.Size ?? 0),
    contentSize: humanSize(total),
    isUsed: (image.Containers ?? 0) > 0 || platforms.some(isUsed),
    color: colors.normal,
  }
  const children = platforms.map((manifest, index) => {
    const branch = index === platforms.length - 1 ? '└─' : '├─'
    const color = manifest.Available ? colors.normal : colors.faint
    return alignLeft(`${branch} ${platformOf(manifest)}`, namesWidth, color) + details(platformDetails(manifest, color))
  })
  return [...above, last + details(top), ...children]
}

function platformDetails(manifest: ImageManifestSummary, color: Color): Details {
  return {
    id: manifest.ID ?? '',
    diskUsage: humanSize(manifest.Size?.Total ?? 0),
    contentSize: humanSize(manifest.Size?.Content ?? 0),
    isUsed: isUsed(manifest),
    color,
  }
}

/** Returns the manifests of an image for platforms, which excludes attestations. */
function platformsOf({ Manifests }: ImageSummary): ImageManifestSummary[] {
  return (Manifests ?? []).filter(({ Kind }) => Kind === 'image')
}

function isUsed({ ImageData }: ImageManifestSummary): boolean {
  return (ImageData?.Containers ?? []).length > 0
}

function platformOf({ ImageData }: ImageManifestSummary): string {
  const { os = '', architecture = '', variant = '' } = ImageData?.Platform ?? {}
  return [os || 'unknown', architecture, variant].filter((part) => part !== '').join('/')
}

/** Returns the columns that fit while names keep their minimum width, and the width that remains for names. */
function fitColumns(available: number, chip: Cell): { details: Column[]; namesWidth: number } {
  const all: Column[] = [
    { title: 'ID', width: 12, alignsRight: false, cell: ({ id, color }) => ({ text: truncateId(id), color }) },
    { title: 'DISK USAGE', width: 10, alignsRight: true, cell: ({ diskUsage, color }) => ({ text: diskUsage, color }) },
    {
      title: 'CONTENT SIZE',
      width: 12,
      alignsRight: true,
      cell: ({ contentSize, color }) => ({ text: contentSize, color }),
    },
    { title: 'EXTRA', width: 5, alignsRight: false, cell: ({ isUsed }) => (isUsed ? chip : EMPTY) },
  ]
  let namesWidth = available
  const details: Column[] = []
  for (const column of all) {
    if (namesWidth - column.width - GAP.length < MIN_NAMES_WIDTH) break
    namesWidth -= column.width + GAP.length
    details.push(column)
  }
  return { details, namesWidth }
}

/** Returns the width of the longest name. docker counts bytes here. */
function widest(images: readonly ImageSummary[]): number {
  const names = images.flatMap(({ RepoTags }) => RepoTags ?? [])
  const platforms = images.flatMap((image) => platformsOf(image).map((manifest) => `└─ ${platformOf(manifest)}`))
  return Math.max('Image'.length, ...[...names, ...platforms].map(byteLength))
}

function header(title: string, width: number, alignsRight: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - title.length))
  const bold = paint('39', '1')(title)
  return alignsRight ? padding + bold : bold + padding
}

function padCell({ width, alignsRight, cell }: Column, details: Details): string {
  const { text, color } = cell(details)
  const padding = ' '.repeat(Math.max(0, width - text.length))
  return alignsRight ? padding + color(text) : color(text) + padding
}

function alignLeft(text: string, width: number, color: Color): string {
  const truncated = truncateName(text, width)
  return color(truncated) + ' '.repeat(width - [...truncated].length)
}

function truncateName(text: string, width: number): string {
  const characters = [...text]
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text
}

/** Formats the legend of the chips, aligned to the right. */
function legend(available: number, isColored: boolean): string {
  const plain = 'Info ->  U In Use '
  if (!isColored) return plain.padStart(available)
  const info = `${paint('1', '106', '30')('i')}\u001b[0m ${paint('96')('Info → ')}\u001b[0m`
  return `${' '.repeat(Math.max(0, available - 'i Info →   U  In Use '.length))}${info} ${COLORS.chip.color(COLORS.chip.text)} In Use `
}

function paint(...codes: readonly string[]): Color {
  return (text) => `${codes.map((code) => `\u001b[${code}m`).join('')}${text}\u001b[0m`
}

interface Colors {
  readonly warning: Color
  readonly name: Color
  readonly normal: Color
  readonly faint: Color
  /** The mark of an image that a container uses. */
  readonly chip: Cell
}

const PLAIN: Colors = {
  warning: unchanged,
  name: unchanged,
  normal: unchanged,
  faint: unchanged,
  chip: { text: 'U', color: unchanged },
}

const COLORS: Colors = {
  warning: paint('93'),
  name: paint('34', '1'),
  normal: paint('39'),
  faint: paint('39', '2'),
  chip: { text: ' U ', color: paint('38;5;0', '48;5;14') },
}
