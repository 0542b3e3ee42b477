import { ExitStatus } from '../domain/errors.ts'
import type { Cli } from './cli.ts'
import { describeError } from './report-error.ts'

/**
 * Removes one after the other, and echoes the names of those that are gone.
 * @throws ExitStatus 1 with the failures, one a line, at the end
 */
export async function removeEach(
  names: readonly string[],
  remove: (name: string) => Promise<void>,
  { out }: Pick<Cli, 'out'>,
): Promise<void> {
  const failures: string[] = []
  for (const name of names) {
    try {
      await remove(name)
      out.write(`${name}\n`)
    } catch (error) {
      failures.push(describeError(error))
    }
  }
  if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
}
