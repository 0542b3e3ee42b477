import { ExitStatus } from '../../domain/errors.ts'
import type { Input, Output } from './streams.ts'

/** Asks a person at a terminal; callers make sure that there is one. */
export interface Prompter {
  /** @param message shown as it is */
  line(message: string): Promise<string>
  /** As `line`, without showing what is typed. */
  secret(message: string): Promise<string>
}

/** What the shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130
/** And for one that SIGHUP ended. */
const HUNG_UP = 129

/** Prompts with inquirer, which is loaded when the first question is asked. */
export class TerminalPrompter implements Prompter {
  readonly #in: Input
  readonly #out: Output

  constructor(input: Input, output: Output) {
    this.#in = input
    this.#out = output
  }

  line(message: string): Promise<string> {
    return this.#ask({ type: 'input', name: 'value', message, theme: PLAIN })
  }

  secret(message: string): Promise<string> {
    return this.#ask({ type: 'password', name: 'value', message, mask: false, theme: PLAIN })
  }

  async #ask(question: Question): Promise<string> {
    const { default: inquirer } = await import('inquirer')
    const input = this.#in.stream
    const prompt = inquirer.createPromptModule({ input, output: this.#out.stream })
    // Before readline hears of it, which would try to set the terminal that is gone.
    input.once('end', leave)
    try {
      const { value } = await prompt<{ value: string }>([question])
      return value
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitStatus(INTERRUPTED)
      throw error
    } finally {
      input.off('end', leave)
    }
  }
}

/** The terminal has hung up without a signal: nobody can response any more, or be told. */
function leave(): never {
  process.exit(HUNG_UP)
}

type Question = { name: 'value'; message: string; theme: typeof PLAIN } & (
  | { type: 'input' }
  | { type: 'password'; mask: false }
)

/** docker's prompts begin with the question itself. */
const PLAIN = { prefix: '' }
