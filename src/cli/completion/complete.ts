import type { AnyFlag } from '../../flags/flag.ts'
import { FlagError, type FlagSet, type ParsedArgv, parseArgv } from '../argv/argv.ts'
import type { Cli } from '../cli.ts'
import { pflags } from '../command.ts'
import { type CommandTable, findCommand, type GroupTarget, topLevelNames, verbsOf } from '../dispatch.ts'
import { type Candidate, type Completion, DIRECTIVES, type Source, words } from './completion.ts'
import { argumentSource, flagSource, globalFlagSource } from './sources.ts'

/** The line so far cannot be read; the message is cobra's. */
export class UnreadableLineError extends Error {
  override name = 'UnreadableLineError'
}

/** What is being completed, and in which words. */
interface Place {
  /** Absent at the top and in a group. */
  readonly set: FlagSet
  /** What complaints call it. */
  readonly name: string
  readonly interspersed: boolean
  readonly flagSource: (flag: string) => Source
}

/** What the words before tell. */
interface Before {
  readonly parsed: ParsedArgv
  /** The flag that waits for the typed word as its value; empty for none. */
  readonly awaiting: string
  /** Whether a word with a dash is an argument by now. */
  readonly flagsAreOver: boolean
}

/**
 * What the last word may become, by cobra's rules: `["run", "--net"]` gives `--network`. Where docker would ask the
 * daemon, so do we.
 * @param globals the flags that come before a command
 * @throws UnreadableLineError; whatever the sources throw
 */
export async function complete(
  line: readonly string[],
  table: CommandTable,
  globals: FlagSet,
  cli: Cli,
): Promise<Completion> {
  const typed = line.at(-1) ?? ''
  const root = { set: globals, name: '', interspersed: false, flagSource: globalFlagSource }
  const before = read(line.slice(0, -1), root)
  const { positionals } = before.parsed
  const target = findCommand(positionals, table)
  if (target.kind === 'unknown') return words([], DIRECTIVES.Default)
  if (target.kind === 'group') return inGroup(target, typed, table)
  if (target.kind === 'root') {
    const plugins = await cli.listPlugins()
    const ofPlugins = plugins.flatMap(({ Name, ShortDescription = '', Err }) =>
      Err === undefined ? [{ word: Name, summary: ShortDescription }] : [],
    )
    const names = [...topLevelNames(table), ...ofPlugins].sort((a, b) => (a.word < b.word ? -1 : 1))
    return completeAt(root, before, typed, cli, () => startingWith(typed, names))
  }
  const Command = (await target.entry.load()).default
  const { id } = target.entry
  const place = {
    set: pflags(Command.flags),
    name: target.path.split(' ').at(-1) ?? '',
    interspersed: Command.interspersed,
    flagSource: (flag: string) => flagSource(id, flag),
  }
  return completeAt(place, read(target.argv, place), typed, cli, argumentSource(id))
}

function inGroup({ group, argv }: GroupTarget, typed: string, table: CommandTable): Completion {
  if (argv.length > 0 || typed.startsWith('-')) return words([])
  const summaryOf = (verb: string) => table.commands.find(({ id }) => id === `${group.name}:${verb}`)?.summary ?? ''
  return startingWith(
    typed,
    verbsOf(group, table).map((word) => ({ word, summary: summaryOf(word) })),
  )
}

function startingWith(typed: string, candidates: readonly Candidate[]): Completion {
  return { values: candidates.filter(({ word }) => word.startsWith(typed)), directive: DIRECTIVES.NoFileComp }
}

/** Reads the words before; the last may be a flag whose value is the word that is completed. */
function read(line: readonly string[], place: Place): Before {
  try {
    const parsed = parseArgv(line, place.set, place.interspersed)
    const isOver = line.includes('--') || (!place.interspersed && parsed.positionals.length > 0)
    return { parsed, awaiting: '', flagsAreOver: isOver }
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    if (error.awaiting !== '') return { ...read(line.slice(0, -1), place), awaiting: error.awaiting }
    throw new UnreadableLineError(`Error while parsing flags from args [${line.join(' ')}]: ${error.message}`)
  }
}

function completeAt(place: Place, before: Before, typed: string, cli: Cli, argument: Source) {
  const { parsed, awaiting, flagsAreOver } = before
  const query = { args: parsed.positionals, flags: parsed.flags, cli }
  if (awaiting !== '') return place.flagSource(awaiting)({ ...query, typed })
  if (parsed.helpRequested) return words([])
  if (flagsAreOver || !typed.startsWith('-')) return argument({ ...query, typed })
  const equals = typed.indexOf('=')
  if (equals < 0) return flagNames(place.set, parsed.typedFlags, typed)
  return place.flagSource(flagBefore(typed.slice(0, equals), place))({ ...query, typed: typed.slice(equals + 1) })
}

/** The flag in `--name` or, the last of several, in `-itp`. */
function flagBefore(text: string, { set, name }: Place): string {
  const typed = text.startsWith('--') ? text.slice(2) : text.slice(-1)
  const found = Object.keys(set).find((flag) =>
    text.startsWith('--') ? flag === typed || set[flag]?.aliases?.includes(typed) : set[flag]?.char === typed,
  )
  if (found === undefined) throw new UnreadableLineError(`Subcommand '${name}' does not support flag '${typed}'`)
  return found
}

/** Values that gather: their flags are offered again and again. */
const GATHERING = ['list', 'strings', 'stringArray']

/** Flags that may be given, or given again. */
function flagNames(set: FlagSet, typedFlags: ReadonlySet<string>, typed: string): Completion {
  const isOffered = (name: string, flag: AnyFlag) =>
    !flag.hidden && flag.deprecation === undefined && (!typedFlags.has(name) || GATHERING.includes(flag.valueType))
  const offered = Object.entries(set).filter(([name, flag]) => isOffered(name, flag))
  const help = Object.values(set).some(({ char }) => char === 'h') ? [HELP] : []
  const candidates = [...offered, ...help]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { char, summary = '' }]) => [
      { word: `--${name}`, summary },
      ...(char === undefined ? [] : [{ word: `-${char}`, summary }]),
    ])
  return startingWith(typed, candidates)
}

/** Offered only where `-h` means something else, as docker does. */
const HELP = ['help', { char: undefined, summary: 'Print usage' }] as const
