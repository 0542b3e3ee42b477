import { type Similar, UsageError } from '../../domain/errors.ts'
import { FlagError, type FlagSet, parseArgv } from '../argv/argv.ts'
import { flagUsageError, HELP_USAGE, isOnlyInPlugin, ROOT_USAGE, type Usage } from '../argv/usage.ts'
import { versionLine } from '../build-info.ts'
import type { Cli } from '../cli.ts'
import {
  type CommandTable,
  type CommandTarget,
  findCommand,
  type GroupTarget,
  type Target,
  type UnknownTarget,
} from '../dispatch.ts'
import type { Output } from '../io/streams.ts'
import { commandHelp, groupHelp, type HelpFacts, helpHelp, rootHelp } from './help.ts'

/** What help is made from. */
interface HelpSource {
  readonly table: CommandTable
  /** The flags before a command. */
  readonly globals: FlagSet
  readonly cli: Pick<Cli, 'listPlugins' | 'out'>
}

/** Prints the help of a command, a group or tug itself. @throws UsageError for an unknown command */
export async function showHelp(target: Target, source: HelpSource, out: Output = source.cli.out): Promise<void> {
  const { table } = source
  const width = helpWidth(out)
  switch (target.kind) {
    case 'unknown':
      throw target.error
    case 'command':
      return showTopic(target, out)
    case 'group':
      return out.write(groupHelp(target.group, table, (await table.loadSummaries()).summaries))
    default: {
      const { summaries } = await table.loadSummaries()
      return out.write(rootHelp({ ...source, summaries, plugins: await source.cli.listPlugins(), width }))
    }
  }
}

/** Prints the help of a command. */
export function showCommandHelp({ entry, path }: CommandTarget, facts: HelpFacts, out: Output): void {
  out.write(commandHelp(facts, entry, path, { width: helpWidth(out), hasExamples: out.isTerminal }))
}

/** Prints the help of a command with all of its flags. */
async function showTopic(target: CommandTarget, out: Output): Promise<void> {
  const { default: command } = await target.entry.load()
  showCommandHelp(target, { texts: command, grammar: command }, out)
}

/** Runs `tug help WORDS`. @throws UsageError for an unknown topic and for a flag */
export async function helpCommand(argv: readonly string[], source: HelpSource): Promise<void> {
  const { out } = source.cli
  const { positionals, helpRequested } = readFlags(argv, {}, HELP_USAGE, out)
  const [word, ...rest] = positionals
  if (helpRequested || (word === 'help' && rest.length === 0)) return out.write(helpHelp())
  const target = findCommand(positionals, source.table)
  const unknown = word === 'help' ? rest : target.kind === 'command' || target.kind === 'unknown' ? target.argv : []
  if (unknown.length > 0) {
    const similar = target.kind === 'unknown' ? target.error.similar : undefined
    throw new UsageError(`unknown help topic: ${unknown.join(' ')}`, { exitCode: 1, ...(similar ? { similar } : {}) })
  }
  return showHelp(target, source)
}

/**
 * Reports an unknown command. Flags after it are parsed first, as flags of the group or of tug: `tug nosuch -f x up`
 * fails at `-f`, as it does with docker. On a terminal the error suggests the command that was probably meant.
 * @throws UsageError
 */
export async function handleUnknownWord({ group, argv, error }: UnknownTarget, source: HelpSource): Promise<void> {
  const { out } = source.cli
  if (group) {
    // Their flags are not known.
    if (isOnlyInPlugin(group.name, argv[0])) throw error
    const { helpRequested } = readFlags(argv, {}, { path: group.name, synopsis: '' }, out, error.similar)
    if (helpRequested) return showHelp({ kind: 'group', group, argv }, source)
    throw error
  }
  const { typedFlags, helpRequested } = readFlags(argv, source.globals, ROOT_USAGE, out, error.similar)
  if (helpRequested) return showHelp({ kind: 'root' }, source)
  if (typedFlags.has('version')) return out.write(`${versionLine()}\n`)
  throw error
}

/** Refuses flags of a group without a command: there is only `--help`. @throws UsageError for others */
export function readGroupFlags({ group, argv }: GroupTarget, out: Output): void {
  readFlags(argv, {}, { path: group.name, synopsis: '' }, out)
}

/** docker wraps help at 80 columns where there is no terminal. */
function helpWidth(out: Output): number {
  return out.columns || 80
}

/**
 * @param similar the commands that may have been meant, for the hint of an error
 * @throws UsageError
 */
function readFlags<S extends FlagSet>(argv: readonly string[], set: S, usage: Usage, out: Output, similar?: Similar) {
  try {
    const parsed = parseArgv(argv, set)
    for (const notice of parsed.notices) out.write(`${notice}\n`)
    return parsed
  } catch (error) {
    throw error instanceof FlagError ? flagUsageError(error.message, usage, similar) : error
  }
}
