import type { UsageError } from '../domain/errors.ts'
import { unknownCommand } from './argv/usage.ts'
import type { CommandClass } from './command.ts'

/** The hidden command that completion scripts call, with and without summaries. docker has the same. */
export const COMPLETE = '__complete'
export const COMPLETE_WITHOUT_SUMMARIES = '__completeNoDesc'

/** The groups of tug that a plugin of the same name replaces: docker has them only with the plugin. */
const REPLACEABLE: readonly string[] = ['buildx']

/** A command of the table. */
export interface CommandEntry {
  /** oclif's id: `container:ls`. */
  readonly id: string
  /** Other ids of the same command: `ps`, `container:list`. */
  readonly aliases: readonly string[]
  /** Whether help and completion omit it. */
  readonly hidden: boolean
  readonly load: () => Promise<{ readonly default: CommandClass }>
}

/** A word that only groups commands: `container`. */
export interface GroupEntry {
  readonly name: string
  /** Whether help and completion omit it. */
  readonly hidden: boolean
}

/** Summaries by the ids of commands and the names of groups. */
export type Summaries = Readonly<Record<string, string>>

/** The generated table of commands. It consists of texts, because every start would create its objects. */
export interface CommandTable {
  /** The id of each command and its aliases, with spaces between them: `container:ls container:list ps`. */
  readonly commands: readonly string[]
  /** The names of the groups. */
  readonly groups: readonly string[]
  /** The ids of commands and the names of groups that help and completion omit. */
  readonly hidden: readonly string[]
  /** Loads the command with an id. */
  readonly load: (id: string) => Promise<{ readonly default: CommandClass }>
  /** Loads what only help and completion need. */
  readonly loadSummaries: () => Promise<{ readonly summaries: Summaries }>
}

/** Returns every command, for help and completion. */
export function allCommands(table: CommandTable): CommandEntry[] {
  return table.commands.map((names) => entryOf(names, table))
}

/** Returns every group, for help and completion. */
export function allGroups(table: CommandTable): GroupEntry[] {
  return table.groups.map((name) => groupOf(name, table))
}

export interface GroupTarget {
  readonly kind: 'group'
  readonly group: GroupEntry
  /** What follows the group's name. */
  readonly argv: readonly string[]
}

export interface CommandTarget {
  readonly kind: 'command'
  readonly entry: CommandEntry
  /** The command's name in messages: `ps`, `container ls`. */
  readonly path: string
  readonly argv: readonly string[]
}

/** A word that is no command, where a command is expected. */
export interface UnknownTarget {
  readonly kind: 'unknown'
  /** The group that was searched; undefined at the top level. */
  readonly group: GroupEntry | undefined
  /** The unknown word and all that follow, including flags. */
  readonly argv: readonly string[]
  readonly error: UsageError
}

/** What the first words of argv refer to. */
export type Target = { readonly kind: 'root' } | GroupTarget | CommandTarget | UnknownTarget

/**
 * Finds the command at the beginning of argv: one word (`ps`), or a group and a verb (`container ls`).
 * @param argv the words after the global flags
 */
export function findCommand(argv: readonly string[], table: CommandTable): Target {
  const [word, ...rest] = argv
  if (word === undefined || (word === '--' && rest[0] === undefined)) return { kind: 'root' }
  // As in cobra, what follows a double dash is no command.
  if (word === '--') return { ...unknown(rest, undefined, table), argv }
  const entry = find(word, table)
  if (entry) return { kind: 'command', entry, path: word, argv: rest }
  if (!table.groups.includes(word)) return unknown(argv, undefined, table)
  return findInGroup(groupOf(word, table), rest, table)
}

function findInGroup(group: GroupEntry, argv: readonly string[], table: CommandTable): Target {
  const [word, ...rest] = argv
  if (word === '--')
    return rest.length === 0 ? { kind: 'group', group, argv: [] } : { ...unknown(rest, group, table), argv }
  const at = verbPosition(group, argv)
  const flags = at < 0 ? argv : argv.slice(0, at)
  const verb = at < 0 ? undefined : argv[at]
  if (verb === undefined) return { kind: 'group', group, argv }
  const entry = find(`${group.name}:${verb}`, table)
  if (!entry) return { ...unknown([verb], group, table), argv }
  return { kind: 'command', entry, path: pathOf(entry), argv: [...flags, ...argv.slice(at + 1)] }
}

/** @param argv the unknown word and all that follow */
function unknown(argv: readonly string[], group: GroupEntry | undefined, table: CommandTable): UnknownTarget {
  const known = group ? verbsOf(group, table) : topLevelWords(table)
  return { kind: 'unknown', group, argv, error: unknownCommand(argv[0] ?? '', group?.name ?? '', known) }
}

/** A group's only flag is --help, which applies to the command after it, as in cobra. */
const GROUP_FLAGS = /^(--help|-h)$/

/** The flags that commands of buildx have and that may stand before them. */
const BUILDX_FLAGS = /^(--help|-h|--debug|-D|--builder=.*)$/s

/** Returns where the verb stands after a group's name; -1 for none, or if a flag of no command stands before it. */
function verbPosition({ name }: GroupEntry, argv: readonly string[]): number {
  const known = name === 'buildx' ? BUILDX_FLAGS : GROUP_FLAGS
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (name === 'buildx' && word === '--builder') at++
    else if (!word.startsWith('-')) return at
    else if (!known.test(word)) return -1
  }
  return -1
}

/** Returns the command with an id or an alias. */
function find(name: string, table: CommandTable): CommandEntry | undefined {
  // Most rows do not contain the name, and are not taken apart.
  for (const names of table.commands) {
    if (names.includes(name) && names.split(' ').includes(name)) return entryOf(names, table)
  }
  return undefined
}

/** @param names the id and the aliases, as in the table */
function entryOf(names: string, { hidden, load }: CommandTable): CommandEntry {
  const [id = '', ...aliases] = names.split(' ')
  return { id, aliases, hidden: hidden.includes(id), load: () => load(id) }
}

function groupOf(name: string, { hidden }: CommandTable): GroupEntry {
  return { name, hidden: hidden.includes(name) }
}

/** In messages `container list` becomes `container ls`. A top-level name stays as typed. */
function pathOf(entry: CommandEntry): string {
  return entry.id.replaceAll(':', ' ')
}

/** Whether the word is a command or group of tug. */
function isBuiltin(word: string, table: CommandTable): boolean {
  return word === 'help' || find(word, table) !== undefined || table.groups.includes(word)
}

/** Whether the word may be a plugin's: no command of tug has it, or one that plugins replace. */
export function mayBePlugin(word: string, table: CommandTable): boolean {
  return REPLACEABLE.includes(word) || !isBuiltin(word, table)
}

/** Returns the words that cannot be names of plugins. */
export function unreplaceableWords(table: CommandTable): readonly string[] {
  return ['help', ...topLevelWords(table).filter((word) => !REPLACEABLE.includes(word))]
}

/** Returns every word that may come first. */
export function topLevelWords({ commands, groups }: CommandTable): string[] {
  const names = commands.flatMap((row) => row.split(' ')).filter((name) => !name.includes(':'))
  return [...names, ...groups].sort()
}

/** Returns every visible word that may come first, with its summary. */
export function topLevelNames(table: CommandTable, summaries: Summaries): { word: string; summary: string }[] {
  const names = allCommands(table).flatMap(({ id, aliases }) =>
    [id, ...aliases].filter((name) => !name.includes(':')).map((word) => ({ word, summary: summaries[id] ?? '' })),
  )
  const visibleGroups = allGroups(table)
    .filter(({ hidden }) => !hidden)
    .map(({ name }) => ({ word: name, summary: summaries[name] ?? '' }))
  const help = { word: 'help', summary: 'Help about any command' }
  return [...names, ...visibleGroups, help].sort((a, b) => (a.word < b.word ? -1 : 1))
}

/** Returns the visible verbs of a group without their aliases. */
export function verbsOf(group: GroupEntry, table: CommandTable): string[] {
  const prefix = `${group.name}:`
  return allCommands(table)
    .filter(({ id, hidden }) => id.startsWith(prefix) && !hidden)
    .map(({ id }) => id.slice(prefix.length))
    .sort()
}
