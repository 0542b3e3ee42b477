import type { ImageManifestSummary, ImageSummary } from '../../../domain/image/image.ts'
import { shortId } from '../../text.ts'
import { humanSize } from '../../units.ts'
import { isDangling } from './rows.ts'

/** How the tree is to look. */
export interface TreeDisplay {
  /** Whether images without any name are shown too (`--all`). */
  readonly all: boolean
  /** Whether names, sizes and chips are colored, as docker does on terminals. */
  readonly isColored: boolean
  /** Columns of the terminal; 0 where there is none. */
  readonly width: number
}

interface Column {
  readonly title: string
  readonly width: number
  readonly alignsRight: boolean
  readonly cell: (details: Details) => string
}

/** One line of the tree: an image, or what it is for one platform. */
interface Details {
  readonly id: string
  readonly diskUsage: string
  readonly contentSize: string
  readonly isUsed: boolean
  readonly color: Color
}

type Color = (text: string) => string

const GAP = '   '
const SHORTEST_NAMES = 12
const WARNING = "WARNING: This is an experimental feature. The output may change and shouldn't be depended on."

/**
 * Images with their platforms as `docker images --tree` prints them, newest first; they must have been listed with
 * their manifests. Heads are in bold everywhere, as in docker 28.2.
 */
export function imageTree(images: readonly ImageSummary[], { all, isColored, width }: TreeDisplay): string {
  const colors = isColored ? COLORS : PLAIN
  const available = Math.max(width || 80, 20)
  const shown = all ? images : images.filter((image) => !isDangling(image))
  const sorted = shown.toSorted((a, b) => (b.Created ?? 0) - (a.Created ?? 0))
  // Use is told only where the daemon tells it by platform.
  const tellsUse = sorted.some((image) => platformsOf(image).some(isUsed))
  const { details, namesWidth } = fitted(available, tellsUse ? colors.chip : '')
  const names = Math.min(namesWidth, widest(sorted))
  const heads = [
    head('IMAGE', names, false),
    ...details.map(({ title, width, alignsRight }) => head(title, width, alignsRight)),
  ]
  const isSpaced = sorted.some((image) => platformsOf(image).length > 0)
  return [
    colors.warning(WARNING),
    legend(available, isColored),
    '',
    heads.join(GAP),
    ...sorted.flatMap((image) => [
      ...imageLines(image, { available, names, details, colors }),
      ...(isSpaced ? [''] : []),
    ]),
    '',
  ].join('\n')
}

/** Widths and columns, the same for all lines. */
interface Layout {
  readonly available: number
  readonly names: number
  readonly details: readonly Column[]
  readonly colors: Colors
}

function imageLines(image: ImageSummary, { available, names: namesWidth, details: columns, colors }: Layout): string[] {
  const platforms = platformsOf(image)
  const details = (line: Details) => columns.map((column) => GAP + padded(column, line)).join('')
  const names = [...(image.RepoTags ?? [])].sort((a, b) => byteLength(b) - byteLength(a))
  // Only the last name shares its line with details; the others have the line to themselves.
  const above = names.slice(0, -1).map((name) => colors.name(cut(name, available)))
  const name = names.at(-1)
  const last = name === undefined ? left('<untagged>', namesWidth, colors.faint) : left(name, namesWidth, colors.name)
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
    return left(`${branch} ${platformOf(manifest)}`, namesWidth, color) + details(platformDetails(manifest, color))
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

/** The parts of an image that run somewhere; attestations do not. */
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

/** The columns that leave the names at least twelve, and what they leave. */
function fitted(available: number, chip: string): { details: Column[]; namesWidth: number } {
  const all: Column[] = [
    { title: 'ID', width: 12, alignsRight: false, cell: ({ id, color }) => color(shortId(id)) },
    { title: 'DISK USAGE', width: 10, alignsRight: true, cell: ({ diskUsage, color }) => color(diskUsage) },
    { title: 'CONTENT SIZE', width: 12, alignsRight: true, cell: ({ contentSize, color }) => color(contentSize) },
    { title: 'EXTRA', width: 5, alignsRight: false, cell: ({ isUsed }) => (isUsed ? chip : '') },
  ]
  let namesWidth = available
  const details: Column[] = []
  for (const column of all) {
    if (namesWidth - column.width - GAP.length < SHORTEST_NAMES) break
    namesWidth -= column.width + GAP.length
    details.push(column)
  }
  return { details, namesWidth }
}

/** docker measures names in bytes here. */
function widest(images: readonly ImageSummary[]): number {
  const names = images.flatMap(({ RepoTags }) => RepoTags ?? [])
  const platforms = images.flatMap((image) => platformsOf(image).map((manifest) => `└─ ${platformOf(manifest)}`))
  return Math.max('Image'.length, ...[...names, ...platforms].map(byteLength))
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

function head(title: string, width: number, alignsRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - title.length))
  const bold = paint('39', '1')(title)
  return alignsRight ? space + bold : bold + space
}

function padded({ width, alignsRight, cell }: Column, details: Details): string {
  const text = cell(details)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: color does not count for the width
  const space = ' '.repeat(Math.max(0, width - text.replace(/\u001b\[[\d;]*m/g, '').length))
  return alignsRight ? space + text : text + space
}

function left(text: string, width: number, color: Color): string {
  const shown = cut(text, width)
  return color(shown) + ' '.repeat(width - [...shown].length)
}

function cut(text: string, width: number): string {
  const characters = [...text]
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text
}

/** What the chips stand for, at the right edge. */
function legend(available: number, isColored: boolean): string {
  const plain = 'Info ->  U In Use '
  if (!isColored) return plain.padStart(available)
  const info = `${paint('1', '106', '30')('i')}\u001b[0m ${paint('96')('Info → ')}\u001b[0m`
  return `${' '.repeat(Math.max(0, available - 'i Info →   U  In Use '.length))}${info} ${COLORS.chip} In Use `
}

function paint(...codes: readonly string[]): Color {
  return (text) => `${codes.map((code) => `\u001b[${code}m`).join('')}${text}\u001b[0m`
}

interface Colors {
  readonly warning: Color
  readonly name: Color
  readonly normal: Color
  readonly faint: Color
  /** Stands for an image that a container uses. */
  readonly chip: string
}

const same: Color = (text) => text

const PLAIN: Colors = { warning: same, name: same, normal: same, faint: same, chip: 'U' }

const COLORS: Colors = {
  warning: paint('93'),
  name: paint('34', '1'),
  normal: paint('39'),
  faint: paint('39', '2'),
  chip: paint('38;5;0', '48;5;14')(' U '),
}
