import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import { objectFormat } from '../../flags/shared.ts'
import { FormatError } from '../../format/error.ts'
import { type Inspectable, inspectAll } from '../system/inspect.ts'

/** The flags of `inspect` for swarm objects. */
export const prettyInspectFlags = {
  format: objectFormat(),
  pretty: bool({ summary: 'Print the information in a human-friendly format' }),
}

/**
 * Returns the format to use; `pretty` for the human-friendly one.
 * @throws ExitStatus with docker's message for a template that begins with `pretty`
 */
export function inspectFormat({ format, pretty }: { readonly format: string; readonly pretty: boolean }): string {
  if (pretty) return 'pretty'
  if (format.startsWith('pretty') && format !== 'pretty') {
    throw new ExitStatus(1, 'cannot supply extra formatting options to the pretty template')
  }
  return format
}

/** Like `inspectAll`, but exits with 1 for an invalid template too. @throws ExitStatus 1 */
export async function inspectSwarmObjects(
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
 * Prints objects in a human-friendly format. If one of them does not exist, nothing is printed.
 * @param format returns the text for the object with a name, without the last newline
 * @throws EngineError for the first object that does not exist, ConnectionError
 */
export async function printPretty(
  names: readonly string[],
  format: (name: string) => Promise<string | Uint8Array>,
  { out }: Pick<Cli, 'out'>,
): Promise<void> {
  const parts: Uint8Array[] = []
  for (const name of names) parts.push(Buffer.from(await format(name)), Buffer.from('\n'))
  out.write(Buffer.concat(parts))
}
