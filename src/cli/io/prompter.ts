import { ExitStatus } from '../../domain/errors.ts'
import type { Input, Output } from './streams.ts'

/** Asks a person at a terminal. Callers check that stdin is one. */
export interface Prompter {
  /** Asks for a line of text. @param message printed as it is */
  line(message: string): Promise<string>
  /** Like `line`, but does not show what is typed. */
  secret(message: string): Promise<string>
}

/** The exit codes that the shell reports for programs that SIGINT and SIGHUP ended. */
const INTERRUPTED = 130
const HUNG_UP = 129

/** Asks with inquirer, which is loaded with the first question. */
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
    // This listener comes before readline's, which would try to reset a terminal that is gone.
    input.once('end', exitHungUp)
    try {
      const { value } = await prompt<{ value: string }>([question])
      return value
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitStatus(INTERRUPTED)
      throw error
    } finally {
      input.off('end', exitHungUp)
    }
  }
}

/** Exits after the terminal has hung up without a signal: nobody can reply, and nothing can be printed. */
function exitHungUp(): never {
  process.exit(HUNG_UP)
}

type Question = { name: 'value'; message: string; theme: typeof PLAIN } & (
  | { type: 'input' }
  | { type: 'password'; mask: false }
)

/** Removes inquirer's prefix, since docker's prompts begin with the question itself. */
const PLAIN = { prefix: '' }
