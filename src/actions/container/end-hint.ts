/** The hints for programs that ended at once in a container, from what they have written. */
import { programName } from '../../cli/program-name.ts'
import { adviceFor } from '../../domain/advice.ts'
import { interactiveAdvice, shellOf } from '../../domain/container/interactive-advice.ts'
import { START_ADVICE } from '../../domain/container/start-advice.ts'

/** A program that runs in a container. */
export interface ContainerProgram {
  /** Whether it can read what is typed. */
  readonly hasInput: boolean
  /** Returns the program with its arguments. It is called when the program has written nothing. */
  readonly command: () => Promise<readonly string[]>
  /** What to type after the name of tug for a program that reads what is typed: `exec -it web sh`. */
  readonly interactive: string
}

/**
 * Returns the hint for a program that has ended; empty if there is none. It never throws.
 * @param output the beginning of the program's output
 */
export async function endHint(exitCode: number, output: string, program: ContainerProgram): Promise<string> {
  if (exitCode !== 0) return adviceFor(START_ADVICE, output, programName())
  if (program.hasInput || output !== '') return ''
  const shell = shellOf(await program.command().catch(() => []))
  return shell === undefined ? '' : interactiveAdvice(shell, `${programName()} ${program.interactive}`)
}
