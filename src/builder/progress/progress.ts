import { goQuote } from '../../domain/go/quote.ts'
import type { TerminalSize } from '../../domain/terminal-size.ts'
import type { BuildStatus, VertexWarning } from './build-status.ts'
import type { BuildDisplay, DisplayContext } from './display.ts'
import { JsonDisplay } from './json-display.ts'
import { PlainDisplay } from './plain-display.ts'
import type { Pauses, ProgressMode, ProgressSettings } from './settings.ts'
import { TerminalDisplay } from './terminal-display.ts'

export interface ProgressOptions extends Omit<ProgressSettings, 'problems'> {
  readonly mode: ProgressMode
  /** The output of the display: stderr. */
  readonly out: { write(output: string | Uint8Array): void }
  /** Returns the size of the terminal; called at each drawing, in mode `tty` only. */
  readonly size: () => TerminalSize
  /** The descriptions of the builder; see `describeDockerBuilder`. */
  readonly descriptions: Descriptions
  readonly now: () => Date
}

interface Descriptions {
  readonly plain: string
  readonly terminal: string
}

/**
 * Returns the descriptions of the daemon's builder for the displays.
 * @param dockerContext the name of the docker context; `default` when there is none
 */
export function describeDockerBuilder(dockerContext: string): Descriptions {
  return {
    plain: `building with ${goQuote(dockerContext)} instance using docker driver`,
    terminal: `docker:${dockerContext}`,
  }
}

/**
 * Displays a running build. The first event is drawn at once; events that follow too quickly are drawn together.
 */
export class BuildProgress {
  readonly #display: BuildDisplay
  readonly #pauses: Pauses
  readonly #now: () => Date
  readonly #warnings: VertexWarning[] = []
  #timer: NodeJS.Timeout
  /** The time from which the next drawing is due, in milliseconds since 1970. */
  #nextDrawing = 0

  constructor(options: ProgressOptions) {
    this.#display = createDisplay(options)
    this.#pauses = options.pauses
    this.#now = options.now
    this.#timer = this.#startTimer()
  }

  /** The warnings of the build without duplicates. */
  get warnings(): readonly VertexWarning[] {
    return removeDuplicates(this.#warnings)
  }

  show(status: BuildStatus): void {
    this.#warnings.push(...status.warnings)
    this.#display.update(status)
    if (this.#isDue()) this.#display.refresh()
    this.#timer.refresh()
  }

  /** Draws the final state, also of an interrupted build. `show` must not be called afterwards. */
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

  /** Starts the timer, which does not keep the process alive; the connection of the build does. */
  #startTimer(): NodeJS.Timeout {
    return setInterval(() => this.#display.refresh(), this.#pauses.waiting).unref()
  }
}

function createDisplay(options: ProgressOptions): BuildDisplay {
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

/** Removes duplicates: each stage that shares lines of a Dockerfile has its own warning about them. */
function removeDuplicates(warnings: readonly VertexWarning[]): VertexWarning[] {
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
