import { FirstOutput } from '../../attach/first-output.ts'
import type { Stdio } from '../../attach/stdio.ts'
import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import type { ContainerProgram } from './end-hint.ts'

/**
 * Runs a program with our streams connected. Where it ends at once on a terminal, a hint says why: what cannot be started
 * is reported by the daemon as output of the program, and a shell without input ends without a word.
 * @param run connects the streams and returns the exit code
 * @throws ExitStatus with the exit code, if it is not 0
 */
export async function runProgram(
  run: (stdio: Stdio) => Promise<number>,
  program: ContainerProgram,
  cli: Pick<Cli, 'in' | 'out' | 'err'>,
): Promise<void> {
  if (!cli.err.isTerminal) {
    const exitCode = await run(cli)
    if (exitCode !== 0) throw new ExitStatus(exitCode)
    return
  }
  const output = new FirstOutput()
  const exitCode = await run(output.observe(cli))
  const { endHint } = await import('./end-hint.ts')
  const hint = await endHint(exitCode, output.text, program)
  if (exitCode !== 0) throw new ExitStatus(exitCode, '', hint)
  if (hint === '') return
  const { hintLine } = await import('../../format/text/visible.ts')
  cli.err.write(hintLine(hint))
}
