import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import type { Cli } from '../cli.ts'
import { COMPLETE, COMPLETE_WITHOUT_SUMMARIES } from '../dispatch.ts'
import { programName } from '../program-name.ts'

/** The flags of the `completion` commands. */
export const completionFlags = {
  'no-descriptions': bool({ summary: 'Disable completion descriptions' }),
}

/**
 * Prints the completion script of a shell.
 * @param path the command that was typed, for messages: `completion bash`
 * @param script returns the script that calls the given hidden command of a program with the given name
 * @throws ExitStatus with docker's message if there are arguments
 */
export function writeScript(
  { out }: Cli,
  path: string,
  script: (request: string, program: string) => string,
  { words: [word], plain }: { words: readonly string[]; plain: boolean },
): void {
  if (word !== undefined) throw new ExitStatus(1, `unknown command "${word}" for "${programName()} ${path}"`)
  out.write(script(plain ? COMPLETE_WITHOUT_SUMMARIES : COMPLETE, programName()))
}
