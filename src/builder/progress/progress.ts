import { goQuote } from '../../domain/go/quote.ts'
import type { BuildStatus, VertexWarning } from './build-status.ts'
import type { BuildDisplay, DisplayContext } from './display.ts'
import { JsonDisplay } from './json-display.ts'
import { PlainDisplay } from './plain-display.ts'
import type { Pauses, ProgressMode, ProgressSettings } from './settings.ts'
import { TerminalDisplay, type TerminalSize } from './terminal-display.ts'

export interface ProgressOptions extends Omit<ProgressSettings, 'complaints'> {
  readonly mode: ProgressMode
  /** Where the build is shown: stderr. */
  readonly out: { write(output: string | Uint8Array): void }
  /** The terminal's size, asked for at each drawing; wanted in mode `tty` alone. */
  readonly size: () => TerminalSize
  /** Which builder builds, as `dockerDescriptions` says it. */
  readonly descriptions: Descriptions
  readonly now: () => Date
}

interface Descriptions {
  readonly plain: string
  readonly terminal: string
}

/**
 * How the displays name the daemon's own builder.
 * @param dockerContext the name of the docker context, `default` where there is none
 */
export function dockerDescriptions(dockerContext: string): Descriptions {
  return {
    plain: `building with ${goQuote(dockerContext)} instance using docker driver`,
    terminal: `docker:${dockerContext}`,
  }
}

/**
 * Shows a build while it goes on. The first event is drawn at once, those that follow too quickly are drawn together.
 */
export class BuildProgress {
  readonly #display: BuildDisplay
  readonly #pauses: Pauses
  readonly #now: () => Date
  readonly #warnings: VertexWarning[] = []
  #timer: NodeJS.Timeout
  /** Milliseconds since 1970, from when on the next drawing is due. */
  #nextDrawing = 0

  constructor(options: ProgressOptions) {
    this.#display = displayOf(options)
    this.#pauses = options.pauses
    this.#now = options.now
    this.#timer = this.#startTimer()
  }

  /** What the build was warned of, each thing once. */
  get warnings(): readonly VertexWarning[] {
    return distinct(this.#warnings)
  }

  show(status: BuildStatus): void {
    this.#warnings.push(...status.warnings)
    this.#display.update(status)
    if (this.#isDue()) this.#display.refresh()
    this.#timer.refresh()
  }

  /** Draws the end, also of a build that was interrupted. Nothing may be shown afterwards. */
  end(): void {
    clearInterval(this.#timer)
    this.#display.done()
  }

  #isDue(): boolean {
    const now = this.#now().getTime()
    if (now < this.#nextDrawing) return false
    this.#nextDrawing = now + this.#pauses.drawing
    return true
  }

  /** It does not keep the process from ending; the build's connection does. */
  #startTimer(): NodeJS.Timeout {
    return setInterval(() => this.#display.refresh(), this.#pauses.waiting).unref()
  }
}

function displayOf(options: ProgressOptions): BuildDisplay {
  const { mode, out, now, hasShortNames, descriptions } = options
  const context: DisplayContext = {
    now,
    hasShortNames,
    description: mode === 'tty' ? descriptions.terminal : descriptions.plain,
    write: (output) => out.write(output),
  }
  switch (mode) {
    case 'tty':
      return new TerminalDisplay({ ...context, ...options, description: context.description, write: context.write })
    case 'plain':
      return new PlainDisplay(context)
    case 'rawjson':
      return new JsonDisplay(context)
    case 'quiet':
      return { update() {}, refresh() {}, done() {} }
  }
}

/** Stages that share lines of a Dockerfile are warned of them each. */
function distinct(warnings: readonly VertexWarning[]): VertexWarning[] {
  const seen = new Map<string, VertexWarning>()
  for (const warning of warnings) {
    const { level, short, detail, url, source, ranges } = warning
    const key = JSON.stringify([
      level,
      ...[short, ...detail, source?.data ?? new Uint8Array()].map((bytes) => Buffer.from(bytes).toString('latin1')),
      url,
      source?.filename,
      ranges,
    ])
    if (!seen.has(key)) seen.set(key, warning)
  }
  return [...seen.values()]
}
