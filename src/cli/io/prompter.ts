import { ExitStatus } from '../../domain/errors.ts'
import { untilInterrupted } from './interrupt.ts'
import { readLine } from './read-line.ts'
import type { Input, Output } from './streams.ts'

/** Asks a person at a terminal. Callers check that stdin is one. */
export interface Prompter {
  /** Asks for a line of text. @param message printed as it is */
  line(message: string): Promise<string>
  /** Like `line`, but does not show what is typed. */
  secret(message: string): Promise<string>
}

/**
 * Prints prompts like docker, to the byte, because scripts wait for them (`expect`). What was typed ahead replies to the
 * following prompts.
 */
export class TerminalPrompter implements Prompter {
  readonly #in: Input
  readonly #out: Output

  constructor(input: Input, output: Output) {
    this.#in = input
    this.#out = output
  }

  line(message: string): Promise<string> {
    this.#out.write(message)
    return this.#untilInterrupted((signal) => readLine(this.#in.stream, signal))
  }

  async secret(message: string): Promise<string> {
    const { readSecret } = await import('./read-secret.ts')
    const showPrompt = () => this.#out.write(message)
    const typed = await this.#untilInterrupted((signal) => readSecret(this.#in, showPrompt, signal))
    this.#out.write('\n')
    return typed
  }

  /** @throws ExitStatus with the exit code of a shell if a signal comes first */
  async #untilInterrupted(read: (signal: AbortSignal) => Promise<string>): Promise<string> {
    try {
      return await untilInterrupted(read)
    } catch (error) {
      if (error instanceof ExitStatus) this.#out.write('\n')
      throw error
    }
  }
}
