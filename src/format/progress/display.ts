import { type JsonMessage, OperationError } from '../../domain/image/json-message.ts'
import { progressText } from './bar.ts'

/** Where messages are shown. */
export interface ProgressOutput {
  readonly isTerminal: boolean
  /** The terminal's width, now; 0 where there is none. */
  readonly columns: number
  write(text: string): void
}

const CLEAR_LINE = '\x1b[2K'

/**
 * Shows the messages of a pull, a push, a build: on a terminal each id keeps a line of its own that is drawn anew; off
 * one, progress is left out and the rest are plain lines. What docker's client does, byte for byte.
 */
export class ProgressDisplay {
  readonly #out: ProgressOutput
  readonly #now: () => Date
  /** The line of each id, counted from the first one that is still moving. */
  #lines = new Map<string, number>()

  constructor(out: ProgressOutput, now: () => Date) {
    this.#out = out
    this.#now = now
  }

  /** @throws OperationError when the message says that the daemon failed */
  show(message: JsonMessage): void {
    const failure = failureOf(message)
    const { id = '' } = message
    const isProgress = id !== '' && (message.progressDetail !== undefined || (message.progress ?? '') !== '')
    if (!isProgress) this.#lines.clear()
    const { lead, up } = isProgress ? this.#place(id) : { lead: '', up: 0 }
    const text = failure ? '' : this.#text(message)
    const down = id !== '' && this.#out.isTerminal && up > 0 ? `\x1b[${up}B` : ''
    const all = lead + text + down
    if (all !== '') this.#out.write(all)
    if (failure) throw failure
  }

  /** Moves to the id's line; a new id gets a new line below the others. */
  #place(id: string): { lead: string; up: number } {
    let newLine = ''
    let line = this.#lines.get(id)
    if (line === undefined) {
      line = this.#lines.size
      this.#lines.set(id, line)
      newLine = '\n'
    }
    const up = this.#lines.size - line
    return { lead: this.#out.isTerminal ? `${newLine}\x1b[${up}A` : '', up }
  }

  #text(message: JsonMessage): string {
    const { id = '', status = '', stream = '', from = '', progress = '', progressDetail } = message
    const { isTerminal, columns } = this.#out
    const bar = progressDetail && progressText(progressDetail, columns, this.#now().getTime() / 1000)
    const redraws = isTerminal && stream === '' && bar !== undefined
    if (!redraws && bar) return ''
    const end = redraws ? '\r' : ''
    const head = (redraws ? `${CLEAR_LINE}\r` : '') + (id && `${id}: `) + (from && `(from ${from}) `)
    if (bar !== undefined && isTerminal) return `${head}${status} ${bar}${end}`
    if (progress !== '') return `${head}${status} ${progress}${end}`
    return stream === '' ? `${head}${status}${end}\n` : `${head}${stream}${end}`
  }
}

/**
 * Shows all messages.
 * @param onAux told of what is not for people
 * @throws OperationError when the daemon says that it failed
 */
export async function displayMessages(
  messages: AsyncIterable<JsonMessage>,
  display: ProgressDisplay,
  onAux: (aux: unknown) => void = () => {},
): Promise<void> {
  for await (const message of messages) {
    if (message.aux === undefined || message.aux === null) display.show(message)
    else onAux(message.aux)
  }
}

function failureOf({ errorDetail, error }: JsonMessage): OperationError | undefined {
  if (errorDetail) return new OperationError(errorDetail.message ?? '', errorDetail.code ?? 0)
  return error === undefined || error === '' ? undefined : new OperationError(error, 0)
}

/** Keeps what is shown, as text without cursor moves: for `-q`, which shows it only when something fails. */
export class KeptOutput implements ProgressOutput {
  readonly isTerminal = false
  readonly columns = 0
  text = ''

  write(text: string): void {
    this.text += text
  }
}
