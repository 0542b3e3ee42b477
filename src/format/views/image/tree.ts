import { byteLength } from '../../../domain/go/bytes.ts'
import type { ImageManifestSummary, ImageSummary } from '../../../domain/image/image.ts'
import { truncateId } from '../../text/truncate.ts'
import { humanSize } from '../../text/units.ts'

export interface TreeOptions {
  /** Whether colors are used. */
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
const MIN_WIDTH = 20

/**
 * Formats images with their platforms as docker 29 does, sorted by name (docker/cli image.runTree). The request must have
 * included the manifests. Names are never shortened. Without a terminal, all columns are printed, and no legend.
 */
export function formatImageTree(images: readonly ImageSummary[], { isColored, width }: TreeOptions): string {
  const colors = isColored ? COLORS : PLAIN
  const sorted = images.map((image) => ({ image, names: [...(image.RepoTags ?? [])].sort() })).sort(compareNames)
  const available = width === 0 ? Number.POSITIVE_INFINITY : Math.max(width, MIN_WIDTH)
  const { details, namesWidth } = fitColumns(available, colors.chip)
  const layout = { names: Math.min(namesWidth, widest(images)), details, colors }
  const headers = [
    alignLeft('IMAGE', layout.names, colors.title),
    ...details.map(({ title, width, alignsRight }) =>
      alignsRight ? alignRight(title, width, colors.title) : alignLeft(title, width, colors.title),
    ),
  ]
  const isSpaced = images.some((image) => platformsOf(image).length > 0)
  return [
    ...(width === 0 ? [] : [legend(Math.max(width, MIN_WIDTH), isColored)]),
    headers.join(GAP),
    ...sorted.flatMap(({ image, names }) => [...imageLines(image, names, layout), ...(isSpaced ? [''] : [])]),
    '',
  ].join('\n')
}

interface NamedImage {
  readonly image: ImageSummary
  readonly names: readonly string[]
}

/** Compares images by their first names; those without a name come last. */
function compareNames({ names: [a = ''] }: NamedImage, { names: [b = ''] }: NamedImage): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '')
  return a < b ? -1 : Number(a > b)
}

/** The widths and columns of all lines. */
interface Layout {
  readonly names: number
  readonly details: readonly Column[]
  readonly colors: Colors
}

/** Returns the lines of an image. The details are behind the last name, or on a line of their own if it is too long. */
function imageLines(image: ImageSummary, names: readonly string[], layout: Layout): string[] {
  const { names: namesWidth, details: columns, colors } = layout
  const platforms = platformsOf(image)
  const details = (line: Details) => columns.map((column) => GAP + padCell(column, line)).join('')
  const lines =
    names.length === 0
      ? [alignLeft('<untagged>', namesWidth, colors.faint)]
      : names.map((name) => alignLeft(name, namesWidth, colors.name))
  if ([...(names.at(-1) ?? '')].length > namesWidth) lines.push(' '.repeat(namesWidth))
  const total = (image.Manifests ?? []).reduce((sum, { Size }) => sum + (Size?.Content ?? 0), 0)
  const top: Details = {
    id: image.Id ?? '',
    diskUsage: humanSize(image.Size ?? 0),
    contentSize: humanSize(total),
    isUsed: isUsedAnywhere(image),
    color: colors.normal,
  }
  const children = platforms.map((manifest, index) => {
    const branch = index === platforms.length - 1 ? '└─' : '├─'
    const color = manifest.Available ? colors.normal : colors.faint
    return alignLeft(`${branch} ${platformOf(manifest)}`, namesWidth, color) + details(platformDetails(manifest, color))
  })
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ''}${details(top)}`, ...children]
}

/** Whether a container uses the image or one of its platforms. Daemons before API version 1.51 know only the latter. */
function isUsedAnywhere(image: ImageSummary): boolean {
  return (image.Containers ?? 0) > 0 || platformsOf(image).some(isUsed)
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
    {
      title: 'EXTRA',
      width: 5,
      alignsRight: false,
      cell: ({ isUsed }) => (isUsed ? chip : EMPTY),
    },
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

function padCell({ width, alignsRight, cell }: Column, details: Details): string {
  const { text, color } = cell(details)
  return alignsRight ? alignRight(text, width, color) : alignLeft(text, width, color)
}

function alignLeft(text: string, width: number, color: Color): string {
  return color(text) + ' '.repeat(Math.max(0, width - [...text].length))
}

function alignRight(text: string, width: number, color: Color): string {
  return ' '.repeat(Math.max(0, width - [...text].length)) + color(text)
}

/** Formats the legend of the chips, aligned to the right. */
function legend(width: number, isColored: boolean): string {
  if (!isColored) return ' Info ->  U In Use'.padStart(width)
  const info = `${paint('1', '106', '30')('i')}\u001b[0m ${paint('96')('Info → ')}\u001b[0m`
  return `${' '.repeat(Math.max(0, width - 'i Info →   U  In Use'.length))}${info} ${COLORS.chip.color(COLORS.chip.text)} In Use`
}

function paint(...codes: readonly string[]): Color {
  return (text) => `${codes.map((code) => `\u001b[${code}m`).join('')}${text}\u001b[0m`
}

interface Colors {
  readonly title: Color
  readonly name: Color
  readonly normal: Color
  readonly faint: Color
  /** The mark of an image that a container uses. */
  readonly chip: Cell
}

const PLAIN: Colors = {
  title: unchanged,
  name: unchanged,
  normal: unchanged,
  faint: unchanged,
  chip: { text: 'U', color: unchanged },
}

const COLORS: Colors = {
  title: paint('39', '1'),
  name: paint('34', '1'),
  normal: paint('39'),
  faint: paint('39', '2'),
  chip: { text: ' U ', color: paint('38;5;0', '48;5;14') },
}
