import { ExitStatus } from '../domain/errors.ts'
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

/** Prompts with inquirer, which is loaded when the first question is asked. */
export class TerminalPrompter implements Prompter {
  readonly #in: Input
  readonly #out: Output

  constructor(input: Input, output: Output) {
    this.#in = input
    this.#out = output
  }

  line(message: string): Promise<string> {
    return this.#ask({ type: 'input', name: 'answer', message, theme: PLAIN })
  }

  secret(message: string): Promise<string> {
    return this.#ask({ type: 'password', name: 'answer', message, mask: false, theme: PLAIN })
  }

  async #ask(question: Question): Promise<string> {
    const { default: inquirer } = await import('inquirer')
    const prompt = inquirer.createPromptModule({ input: this.#in.stream, output: this.#out.stream })
    try {
      const { answer } = await prompt<{ answer: string }>([question])
      return answer
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError') throw new ExitStatus(INTERRUPTED)
      throw error
    }
  }
}

type Question = { name: 'answer'; message: string; theme: typeof PLAIN } & (
  | { type: 'input' }
  | { type: 'password'; mask: false }
)

/** docker's prompts begin with the question itself. */
const PLAIN = { prefix: '' }
