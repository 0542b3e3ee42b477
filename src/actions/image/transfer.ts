/** Pulls and pushes: what they have in common as seen from the command line. */
import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { ImageReference } from '../../domain/image/reference.ts'
import { displayMessages, ProgressDisplay, type ProgressOutput } from '../../format/progress/display.ts'

/** Shows no progress, for `--quiet`. */
export const NO_PROGRESS: ProgressOutput = { isTerminal: false, columns: 0, write: () => {} }

/** The pull or push of one image. */
export interface Transfer {
  /** The image's name as it was typed. */
  readonly name: string
  readonly reference: ImageReference
  /** What docker prints before the daemon's messages; may be empty. */
  readonly opening: string
  /** What docker prints after the daemon's messages if none was an error; may be empty. */
  readonly closing: string
  /** Whether no other transfer of the same repository may run at the same time. */
  readonly isExclusive: boolean
  /**
   * Sends the request. @param auth the X-Registry-Auth header
   * @returns the daemon's progress messages @throws EngineError, ConnectionError
   */
  start(auth: string, signal?: AbortSignal): Promise<AsyncIterable<JsonMessage>>
  /** Formats the note for a message's `aux` data, which docker prints at the end; empty if there is none. */
  formatNote(aux: unknown, isTerminal: boolean): string
}

/** Prints the messages of a transfer and what docker prints after them. @throws OperationError with the daemon's message */
export async function printTransfer(
  { closing, formatNote }: Transfer,
  messages: AsyncIterable<JsonMessage>,
  { out, progress, now }: { readonly out: ProgressOutput; readonly progress: ProgressOutput; readonly now: () => Date },
): Promise<void> {
  const notes: string[] = []
  try {
    await displayMessages(messages, new ProgressDisplay(progress, now), (aux) => {
      notes.push(formatNote(aux, out.isTerminal))
    })
    out.write(closing)
  } finally {
    for (const note of notes) out.write(note)
  }
}
