import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import { objectFormat } from '../../flags/shared.ts'
import { FormatError } from '../../format/error.ts'
import { type Inspectable, inspectAll } from '../system/inspect.ts'

/** The flags of `inspect` of a swarm's objects. */
export const prettyInspectFlags = {
  format: objectFormat(),
  pretty: bool({ summary: 'Print the information in a human-friendly format' }),
}

/**
 * The format that is meant; `pretty` for people's.
 * @throws ExitStatus in docker's words for a template that begins with the word
 */
export function inspectFormat({ format, pretty }: { readonly format: string; readonly pretty: boolean }): string {
  if (pretty) return 'pretty'
  if (format.startsWith('pretty') && format !== 'pretty') {
    throw new ExitStatus(1, 'cannot supply extra formatting options to the pretty template')
  }
  return format
}

/**
 * As `inspectAll`, where a template that cannot be read is a failure like any other.
 * @throws ExitStatus 1
 */
export async function inspectSwarm(
  names: readonly string[],
  format: string,
  find: (name: string) => Promise<Inspectable>,
  cli: Cli,
  isTypedOnly = false,
): Promise<void> {
  try {
    await inspectAll(names, format, find, cli, isTypedOnly)
  } catch (error) {
    throw error instanceof FormatError ? new ExitStatus(1, error.message) : error
  }
}

/**
 * Prints objects for people, all or none.
 * @param show what is printed of the object that has a name, without the last newline
 * @throws EngineError for the first that cannot be found, ConnectionError
 */
export async function prettyInspect(
  names: readonly string[],
  show: (name: string) => Promise<string | Uint8Array>,
  { out }: Pick<Cli, 'out'>,
): Promise<void> {
  const shown: Uint8Array[] = []
  for (const name of names) shown.push(Buffer.from(await show(name)), Buffer.from('\n'))
  out.write(Buffer.concat(shown))
}
