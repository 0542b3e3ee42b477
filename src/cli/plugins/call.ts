import { type CommandTable, findCommand, isBuiltin } from '../dispatch.ts'
import type { ProcessCli } from '../process-cli.ts'

/** What a plugin is called with. */
export interface PluginCall {
  /** The command that it adds. */
  readonly name: string
  /** Everything that tug was called with, global flags too: the plugin reads them again. */
  readonly argv: readonly string[]
  /** Variables over those of tug's own environment. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * The plugin that words may be for: `compose up`, `help compose`, and builds that tug does not do itself.
 * @param rest what of argv follows the global flags
 */
export async function pluginCall(
  rest: readonly string[],
  argv: readonly string[],
  table: CommandTable,
  cli: ProcessCli,
): Promise<PluginCall | undefined> {
  const [first, second] = rest
  const word = first === 'help' ? second : first
  if (word === undefined) return undefined
  if (!isBuiltin(word, table)) return { name: word, argv, env: {} }
  const isBuild = first === 'builder' || first === 'build' || (first === 'image' && second === 'build')
  if (!isBuild) return undefined
  const { forwardedBuild } = await import('./forwarded-build.ts')
  const isOwn = findCommand(rest, table).kind === 'command'
  return forwardedBuild({ globals: argv.slice(0, argv.length - rest.length), rest, isOwn }, cli)
}
