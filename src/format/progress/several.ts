import type { JsonMessage } from '../../domain/image/json-message.ts'
import { truncateText } from '../text/truncate.ts'
import { makeVisible } from '../text/visible.ts'
import { formatProgress } from './bar.ts'
import type { ProgressOutput } from './display.ts'

/** The milliseconds between two updates of the display. */
const INTERVAL = 75
/** Moves to the first column and clears everything below. */
const CLEAR_BELOW = '\r\x1b[J'
/** The columns that are assumed if the terminal reports none. */
const DEFAULT_COLUMNS = 80
/** The number of layers that are counted for one image, so that endless messages do not fill the memory. */
const MAX_LAYERS = 1000

/** The statuses of a layer that needs no more work (moby distribution/pull_v2.go, push_v2.go). */
const DONE = /^(Pull complete|Already exists|Pushed|Layer already exists|Mounted from )/
/** The statuses in which the counts of a layer are bytes that are transferred. */
const TRANSFERRING = /^(Downloading|Pushing)$/

interface Layer {
  isDone: boolean
  current: number
  total: number
}

interface ShownImage {
  readonly name: string
  /** The daemon's last message that is about no layer. */
  status: string
  /** By id. Images have layers in common, so each has a map of its own. */
  readonly layers: Map<string, Layer>
}

/**
 * Displays the progress of several pulls or pushes on a terminal, with one line for each image that is being transferred.
 * The lines of those that have ended stay above them, so that what is redrawn fits any window.
 */
export class SeveralDisplay {
  readonly #out: ProgressOutput
  readonly #now: () => Date
  readonly #active = new Set<ShownImage>()
  #drawnLines = 0
  #drawnAt = Number.NEGATIVE_INFINITY

  constructor(out: ProgressOutput, now: () => Date) {
    this.#out = out
    this.#now = now
  }

  /** Adds the line of an image. */
  start(name: string): ShownImage {
    const image = { name, status: 'Waiting', layers: new Map() }
    this.#active.add(image)
    this.#draw()
    return image
  }

  /** Displays a message about an image. */
  update(image: ShownImage, message: JsonMessage): void {
    const isAboutLayer = message.progressDetail !== undefined && (message.id ?? '') !== ''
    if (isAboutLayer) updateLayer(image.layers, message)
    else if (message.status) image.status = message.status
    if (this.#now().getTime() - this.#drawnAt >= INTERVAL) this.#draw()
  }

  /** Ends the line of an image. @param result how it ended; by default, the daemon's last message */
  end(image: ShownImage, result = image.status.replace(/^Status: /, '')): void {
    this.#active.delete(image)
    this.#draw(`${image.name}: ${result}`)
  }

  /** Redraws the lines of the images that are being transferred. @param ended a line to print above them */
  #draw(ended?: string): void {
    const columns = this.#out.columns || DEFAULT_COLUMNS
    const lines = [...this.#active].map((image) => lineOf(image, columns))
    if (ended !== undefined) lines.unshift(ended)
    const up = this.#drawnLines > 0 ? `\x1b[${this.#drawnLines}A` : ''
    // A line that filled the last column would be wrapped by some terminals.
    const text = lines.map((line) => `${truncateText(makeVisible(line), columns - 1)}\n`).join('')
    this.#out.write(up + CLEAR_BELOW + text)
    this.#drawnLines = this.#active.size
    this.#drawnAt = this.#now().getTime()
  }
}

function updateLayer(layers: Map<string, Layer>, { id = '', status = '', progressDetail = {} }: JsonMessage): void {
  const layer = layers.get(id) ?? { isDone: false, current: 0, total: 0 }
  if (TRANSFERRING.test(status)) {
    layer.current = progressDetail.current ?? layer.current
    layer.total = progressDetail.total ?? layer.total
  } else if (DONE.test(status) || status === 'Download complete') layer.current = layer.total
  layer.isDone = DONE.test(status)
  if (layers.has(id) || layers.size < MAX_LAYERS) layers.set(id, layer)
}

function lineOf({ name, status, layers }: ShownImage, columns: number): string {
  const all = [...layers.values()]
  if (all.length === 0) return `${name}: ${status}`
  const done = all.filter(({ isDone }) => isDone).length
  const lead = `${name}: ${done}/${all.length} layers`
  const detail = { current: sum(all.map(({ current }) => current)), total: sum(all.map(({ total }) => total)) }
  // The bar is left out where what stands before it leaves too few columns.
  return `${lead} ${formatProgress(detail, Math.max(columns - lead.length, 1), 0)}`.trimEnd()
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
