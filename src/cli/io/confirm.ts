import { ExitStatus } from '../../domain/errors.ts'
import type { Cli } from '../cli.ts'
import { untilInterrupted } from './interrupt.ts'
import { readLine } from './read-line.ts'

/**
 * Asks for confirmation before data is lost. Only `y` confirms. The reply is read from stdin even if that is no
 * terminal, so that scripts can pipe it in (docker/cli prompt.Confirm).
 * @throws ExitStatus 0 if a signal comes before the reply, as in docker
 */
export async function confirm(question: string, { in: input, out }: Pick<Cli, 'in' | 'out'>): Promise<boolean> {
  out.write(`${question} [y/N] `)
  try {
    const reply = await untilInterrupted((signal) => readLine(input.stream, signal), { status: 0 })
    return reply.trim().toLowerCase() === 'y'
  } catch (error) {
    if (error instanceof ExitStatus) out.write('\n')
    throw error
  }
}
