import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import { PROGRAM } from '../argv/usage.ts'
import type { Cli } from '../cli.ts'
import { COMPLETE, COMPLETE_PLAINLY } from './request.ts'

export const completionFlags = {
  'no-descriptions': bool({ summary: 'Disable completion descriptions' }),
}

/**
 * Writes a shell's script.
 * @param script the text of it, for the hidden command that it is to ask
 * @throws ExitStatus in docker's words when there are arguments
 */
export function writeScript(
  { out }: Cli,
  path: string,
  script: (request: string) => string,
  { words: [word], plain }: { words: readonly string[]; plain: boolean },
): void {
  if (word !== undefined) throw new ExitStatus(1, `unknown command "${word}" for "${PROGRAM} ${path}"`)
  out.write(script(plain ? COMPLETE_PLAINLY : COMPLETE))
}
