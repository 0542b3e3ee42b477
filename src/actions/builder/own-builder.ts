import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'

/**
 * Returns the name of the builder that a command is for. Without docker's plugin buildx there is only one: the engine's
 * own, which has the name of the current context.
 * @param typed what was typed as argument or flag; empty for the current builder
 * @throws ExitStatus with buildx's text when it is another builder
 */
export function requireOwnBuilder(typed: string, { env, contextName }: Pick<Cli, 'env' | 'contextName'>): string {
  const name = typed || env.BUILDX_BUILDER || contextName
  if (name !== contextName) throw new ExitStatus(1, `ERROR: ${unknownBuilder(name)}`)
  return name
}

/** Returns buildx's reason for a name that no builder has. */
export function unknownBuilder(name: string): string {
  return `no builder ${goQuote(name)} found`
}
