import type { CompletionKind } from '../../flags/completion-source.ts'
import type { AnyFlag } from '../../flags/flag.ts'
import { FlagError, type FlagSet, type ParsedArgv, parseArgv } from '../argv/argv.ts'
import type { Cli } from '../cli.ts'
import { pflags } from '../command.ts'
import { type CommandTable, findCommand, type GroupTarget, topLevelNames, verbsOf } from '../dispatch.ts'
import { type Candidate, type Completion, DIRECTIVES, type Source, words } from './completion.ts'
import { argumentSource, valueSource } from './sources.ts'

/** The words before the one to complete cannot be parsed. The message is cobra's. */
export class UnreadableLineError extends Error {
  override name = 'UnreadableLineError'
}

/** A command, or tug itself, whose flags and arguments are completed. */
interface Scope {
  readonly flagSet: FlagSet
  /** The command's name in error messages. */
  readonly name: string
  readonly interspersed: boolean
  /** What is offered for the values of flags that declare nothing themselves. */
  readonly flagsComplete: CompletionKind
}

/** The words before the one to complete, parsed. */
interface Preceding {
  readonly parsed: ParsedArgv
  /** The flag whose value is completed; empty for none. */
  readonly awaiting: string
  /** Whether a word that begins with a dash would be an argument here. */
  readonly flagsAreOver: boolean
}

/**
 * Completes the last word of a line by cobra's rules: `["run", "--net"]` becomes `--network`. It asks the daemon
 * where docker does.
 * @param globals the flags before a command
 * @throws UnreadableLineError if the line cannot be parsed, and whatever the sources throw
 */
export async function complete(
  line: readonly string[],
  table: CommandTable,
  globals: FlagSet,
  cli: Cli,
): Promise<Completion> {
  const typed = line.at(-1) ?? ''
  const root: Scope = { flagSet: globals, name: '', interspersed: false, flagsComplete: 'files' }
  const preceding = parsePreceding(line.slice(0, -1), root)
  const target = findCommand(preceding.parsed.positionals, table)
  if (target.kind === 'unknown') return words([], DIRECTIVES.Default)
  if (target.kind === 'group') return completeInGroup(target, typed, table)
  if (target.kind === 'root') {
    const names = await commandNames(table, cli)
    return completeInScope(root, preceding, typed, cli, () => startingWith(typed, names))
  }
  const Command = (await target.entry.load()).default
  const scope: Scope = {
    flagSet: pflags(Command.flags),
    name: target.path.split(' ').at(-1) ?? '',
    interspersed: Command.interspersed,
    flagsComplete: Command.flagsComplete ?? 'files',
  }
  const args = argumentSource(Command.completes ?? 'nothing')
  return completeInScope(scope, parsePreceding(target.argv, scope), typed, cli, args)
}

/** Lists the commands and plugins that may come first, in alphabetical order. */
async function commandNames(table: CommandTable, cli: Cli): Promise<Candidate[]> {
  const plugins = (await cli.listPlugins()).filter(({ Err }) => Err === undefined)
  const pluginNames = plugins.map(({ Name, ShortDescription = '' }) => ({ word: Name, summary: ShortDescription }))
  const { summaries } = await table.loadSummaries()
  return [...topLevelNames(table, summaries), ...pluginNames].sort((a, b) => (a.word < b.word ? -1 : 1))
}

async function completeInGroup({ group, argv }: GroupTarget, typed: string, table: CommandTable): Promise<Completion> {
  if (argv.length > 0 || typed.startsWith('-')) return words([])
  const { summaries } = await table.loadSummaries()
  return startingWith(
    typed,
    verbsOf(group, table).map((word) => ({ word, summary: summaries[`${group.name}:${word}`] ?? '' })),
  )
}

function startingWith(typed: string, candidates: readonly Candidate[]): Completion {
  return { values: candidates.filter(({ word }) => word.startsWith(typed)), directive: DIRECTIVES.NoFileComp }
}

/** Parses the words before the one to complete. The last of them may be a flag that takes that word as its value. */
function parsePreceding(line: readonly string[], scope: Scope): Preceding {
  try {
    const parsed = parseArgv(line, scope.flagSet, scope.interspersed)
    const flagsAreOver = line.includes('--') || (!scope.interspersed && parsed.positionals.length > 0)
    return { parsed, awaiting: '', flagsAreOver }
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    if (error.awaiting !== '') return { ...parsePreceding(line.slice(0, -1), scope), awaiting: error.awaiting }
    throw new UnreadableLineError(`Error while parsing flags from args [${line.join(' ')}]: ${error.message}`)
  }
}

function completeInScope(scope: Scope, preceding: Preceding, typed: string, cli: Cli, args: Source) {
  const { parsed, awaiting, flagsAreOver } = preceding
  const query = { args: parsed.positionals, flags: parsed.flags, cli }
  const valuesOf = (flag: string) => valueSource(scope.flagSet[flag]?.completes ?? scope.flagsComplete)
  if (awaiting !== '') return valuesOf(awaiting)({ ...query, typed })
  if (parsed.helpRequested) return words([])
  if (flagsAreOver || !typed.startsWith('-')) return args({ ...query, typed })
  const equals = typed.indexOf('=')
  if (equals < 0) return completeFlagName(scope.flagSet, parsed.typedFlags, typed)
  return valuesOf(flagBefore(typed.slice(0, equals), scope))({ ...query, typed: typed.slice(equals + 1) })
}

/** Finds the flag in `--name`, or the last one in `-itp`. @throws UnreadableLineError if there is no such flag */
function flagBefore(text: string, { flagSet, name }: Scope): string {
  const isLong = text.startsWith('--')
  const typed = isLong ? text.slice(2) : text.slice(-1)
  const flag = Object.keys(flagSet).find((each) =>
    isLong ? each === typed || flagSet[each]?.aliases?.includes(typed) : flagSet[each]?.char === typed,
  )
  if (flag === undefined) throw new UnreadableLineError(`Subcommand '${name}' does not support flag '${typed}'`)
  return flag
}

/** The types of flags that may be repeated. */
const REPEATABLE = ['list', 'strings', 'stringArray']

/** Offers the flags that have not been typed yet, and those that may be repeated. */
function completeFlagName(set: FlagSet, typedFlags: ReadonlySet<string>, typed: string): Completion {
  const isOffered = (name: string, flag: AnyFlag) =>
    !flag.hidden && flag.deprecation === undefined && (!typedFlags.has(name) || REPEATABLE.includes(flag.valueType))
  const flags = Object.entries(set).filter(([name, flag]) => isOffered(name, flag))
  const help = Object.values(set).some(({ char }) => char === 'h') ? [HELP] : []
  const candidates = [...flags, ...help]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { char, summary = '' }]) => [
      { word: `--${name}`, summary },
      ...(char === undefined ? [] : [{ word: `-${char}`, summary }]),
    ])
  return startingWith(typed, candidates)
}

/** docker offers `--help` only for commands whose `-h` has another meaning. */
const HELP = ['help', { char: undefined, summary: 'Print usage' }] as const
