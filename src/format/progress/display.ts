import { type JsonMessage, OperationError } from '../../domain/image/json-message.ts'
import { formatProgress, isProgressKnown } from './bar.ts'

/** The stream on which progress is displayed. */
export interface ProgressOutput {
  readonly isTerminal: boolean
  /** The current columns of the terminal; 0 if there is none. */
  readonly columns: number
  write(text: string): void
}

const CLEAR_LINE = '\x1b[2K'

/**
 * Displays the messages of a pull, push or build, with the same bytes as docker (moby jsonmessage.DisplayJSONMessages).
 * On a terminal, each id has a line that is updated. Elsewhere, progress is left out and other messages are plain lines.
 */
export class ProgressDisplay {
  readonly #out: ProgressOutput
  readonly #now: () => Date
  /** The index of each id's line, from the first one that can still be updated. */
  #lines = new Map<string, number>()

  constructor(out: ProgressOutput, now: () => Date) {
    this.#out = out
    this.#now = now
  }

  /** Displays a message. @throws OperationError when the message is an error of the daemon */
  show(message: JsonMessage): void {
    const failure = failureOf(message)
    const { id = '' } = message
    const isProgress = id !== '' && (message.progressDetail !== undefined || (message.progress ?? '') !== '')
    if (!isProgress) this.#lines.clear()
    const { lead, up } = isProgress ? this.#place(id) : { lead: '', up: 0 }
    const text = failure ? '' : this.#text(message)
    const down = id !== '' && this.#out.isTerminal && up > 0 ? `\x1b[${up}B` : ''
    const output = lead + text + down
    if (output !== '') this.#out.write(output)
    if (failure) throw failure
  }

  /** Returns the control codes to move to an id's line. A new id gets a line below the others. */
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
    // Without a terminal, known progress is not displayed, so it is not formatted either.
    if (!isTerminal && progressDetail && isProgressKnown(progressDetail)) return ''
    const bar = progressDetail && formatProgress(progressDetail, columns, this.#now().getTime() / 1000)
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
 * Displays all messages.
 * @param onAux receives the data for programs (`aux`)
 * @throws OperationError when a message is an error of the daemon
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

/** Returns the error that a message reports; undefined if it reports none. */
export function failureOf({ errorDetail, error }: JsonMessage): OperationError | undefined {
  if (errorDetail) return new OperationError(errorDetail.message ?? '', errorDetail.code ?? 0)
  return error === undefined || error === '' ? undefined : new OperationError(error, 0)
}

/** Collects output as text without control codes, for `-q`, which prints it only when the operation fails. */
export class BufferedOutput implements ProgressOutput {
  readonly isTerminal = false
  readonly columns = 0
  text = ''

  write(text: string): void {
    this.text += text
  }
}
