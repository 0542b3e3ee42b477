import type { StyledText } from '../../test/support/terminal.ts'

/** The measures of a picture, in pixels. */
const CELL = { width: 8.43, height: 18 }
const MARGIN = 16

const BACKGROUND = '#0d1117'
const FOREGROUND = '#e6edf3'
/** The first 16 colors of the palette. */
const COLORS = [
  ...['#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'],
  ...['#6e7681', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#ffffff'],
]

/**
 * Draws the screen of a terminal as an SVG picture.
 * @param title what the picture shows, for readers who cannot see it
 */
export function drawScreen(rows: readonly (readonly StyledText[])[], title: string): string {
  const columns = Math.max(...rows.map((row) => (row.at(-1)?.column ?? 0) + (row.at(-1)?.text.length ?? 0)))
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN)
  const height = rows.length * CELL.height + 2 * MARGIN
  const lines = rows.flatMap((row, index) => {
    const y = MARGIN + (index + 0.75) * CELL.height
    return row.flatMap(splitFrames).flatMap((piece) => (piece.text.trim() === '' ? [] : [drawText(piece, y)]))
  })
  const frames = rows.flatMap((row, index) => row.flatMap((piece) => framePaths(piece, MARGIN + index * CELL.height)))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" xml:space="preserve">',
    ...lines,
    '</g>',
    ...(frames.length === 0 ? [] : [`<path d="${frames.join('')}" stroke="${FOREGROUND}" fill="none"/>`]),
    '</svg>',
    '',
  ].join('\n')
}

/** The parts of each frame character: lines from its middle up, right, down and left. */
const FRAMES: Readonly<Record<string, string>> = {
  ...{ '│': 'ud', '─': 'lr', '┌': 'rd', '┐': 'ld', '└': 'ur', '┘': 'ul' },
  ...{ '├': 'urd', '┤': 'uld', '┬': 'lrd', '┴': 'ulr', '┼': 'urdl' },
}

/** Splits a piece at its frame characters, which fonts would draw with gaps, and leaves them out. */
function splitFrames(piece: StyledText): StyledText[] {
  return [...piece.text.matchAll(/[^│─┌┐└┘├┤┬┴┼]+/g)].map(({ 0: text, index }) => ({
    ...piece,
    text,
    column: piece.column + index,
  }))
}

/** Returns the commands of an SVG path for the frame characters of a piece. @param top the upper edge of its row */
function framePaths({ text, column }: StyledText, top: number): string[] {
  const y = top + CELL.height / 2
  return [...text].flatMap((character, index) => {
    const x = MARGIN + (column + index + 0.5) * CELL.width
    const line = (direction: string, part: string) =>
      FRAMES[character]?.includes(direction) ? [`M${x.toFixed(2)} ${y}${part}`] : []
    const [across, down] = [(CELL.width / 2).toFixed(2), CELL.height / 2]
    return [
      ...line('u', `v-${down}`),
      ...line('r', `h${across}`),
      ...line('d', `v${down}`),
      ...line('l', `h-${across}`),
    ]
  })
}

/** The text's length is given, so that columns stay aligned in every font. */
function drawText({ text, column, bold, dim, color }: StyledText, y: number): string {
  const leading = text.length - text.trimStart().length
  const shown = text.trim()
  const attributes = [
    `x="${(MARGIN + (column + leading) * CELL.width).toFixed(2)}"`,
    `y="${y}"`,
    `textLength="${(shown.length * CELL.width).toFixed(2)}"`,
    `fill="${colorOf(color)}"`,
    ...(bold ? ['font-weight="bold"'] : []),
    ...(dim ? ['opacity="0.65"'] : []),
  ]
  return `<text ${attributes.join(' ')}>${escapeXml(shown)}</text>`
}

function colorOf(color: number | undefined): string {
  if (color === undefined) return FOREGROUND
  if (color < 16) return COLORS[color] ?? FOREGROUND
  const channel = (level: number) => (level === 0 ? 0 : 55 + 40 * level)
  const gray = 8 + 10 * (color - 232)
  const cube = color - 16
  const [red, green, blue] =
    color >= 232 ? [gray, gray, gray] : [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(channel)
  return `rgb(${red},${green},${blue})`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
