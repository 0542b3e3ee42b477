import type { Plugin } from '../../domain/system/plugin.ts'
import type { AnyFlag } from '../../flags/flag.ts'
import { HELP_USAGE, usageLine } from '../argv/usage.ts'
import { type CommandExample, type CommandFacts, pflags } from '../command.ts'
import {
  allCommands,
  allGroups,
  type CommandEntry,
  type CommandTable,
  type GroupEntry,
  type Summaries,
  verbsOf,
} from '../dispatch.ts'
import { programName } from '../program-name.ts'

/** The commands at the top of the root help, in the order in which a beginner needs them. */
const COMMON = ['run', 'exec', 'ps', 'build', 'pull', 'push', 'images', 'login', 'logout', 'search', 'version', 'info']

/** The groups that need a swarm. They have a section of their own. */
const SWARM_GROUPS = ['config', 'node', 'secret', 'service', 'swarm']

/** The contents of the root help. */
export interface RootHelp {
  readonly table: CommandTable
  readonly summaries: Summaries
  readonly globals: Record<string, AnyFlag>
  readonly plugins: readonly Plugin[]
  /** The width of the terminal in columns. */
  readonly width: number
}

/** Returns the help of tug itself, in docker's layout. */
export function rootHelp({ table, summaries, globals, plugins, width }: RootHelp): string {
  const commands = new Map(
    allCommands(table).flatMap((entry) => topLevelNames(entry).map((name) => [name, summaries[entry.id] ?? ''])),
  )
  const common = COMMON.filter((name) => commands.has(name))
  const others = [...commands.keys()].filter((name) => !common.includes(name)).sort()
  const rows = (names: readonly string[]) => names.map((name): Row => [name, commands.get(name) ?? ''])
  const pluginNames = plugins.filter(({ Err }) => Err === undefined).map(({ Name }) => Name)
  const shown = allGroups(table).filter(({ name, hidden }) => !hidden && !pluginNames.includes(name))
  const groups = shown.map(({ name }): Row => [name, summaries[name] ?? ''])
  const swarmGroups = groups.filter(([name]) => SWARM_GROUPS.includes(name))
  const management = groups.filter((group) => !swarmGroups.includes(group))
  const usable = plugins.flatMap(({ Name, ShortDescription = '', Err }): Row[] =>
    Err === undefined ? [[`${Name}*`, ShortDescription]] : [],
  )
  const invalid = plugins.flatMap(({ Name, Err }): Row[] => (Err === undefined ? [] : [[Name, Err]]))
  return blocks([
    `Usage:  ${programName()} [OPTIONS] COMMAND`,
    'A drop-in replacement for the docker command line',
    section('Common Commands', rows(common)),
    section('Management Commands', [...management, ...usable].sort(byName)),
    section('Swarm Commands', swarmGroups),
    section('Commands', rows(others)),
    section('Invalid Plugins', invalid),
    `Global Options:\n${flagTable(globals, width)}`,
    `Run '${programName()} COMMAND --help' for more information on a command.`,
  ])
}

/** Returns the help of `tug help`. */
export function helpHelp(): string {
  return blocks([`Usage:  ${usageLine(HELP_USAGE)}`, 'Print help for a command'])
}

/** Returns the help of a group, such as `container`. */
export function groupHelp(group: GroupEntry, table: CommandTable, summaries: Summaries): string {
  const rows = verbsOf(group, table).map((verb): Row => [verb, summaries[`${group.name}:${verb}`] ?? ''])
  return blocks([
    `Usage:  ${programName()} ${group.name} COMMAND`,
    summaries[group.name] ?? '',
    section('Commands', rows),
    `Run '${programName()} ${group.name} COMMAND --help' for more information on a command.`,
  ])
}

/** How the help of a command is laid out. */
interface HelpLayout {
  /** The width of the terminal in columns. */
  readonly width: number
  /** Whether examples follow the options. docker's help has none, so scripts that read help must not get them. */
  readonly hasExamples: boolean
}

/** What the help of a command is made of. */
export interface HelpFacts {
  readonly texts: Pick<CommandFacts, 'summary' | 'description' | 'examples'>
  /** What the arguments were parsed by, which depends on the builder for `build`. */
  readonly grammar: Pick<CommandFacts, 'flags' | 'synopsis'>
}

/** Returns the help of a command. */
export function commandHelp(
  { texts, grammar }: HelpFacts,
  entry: CommandEntry,
  path: string,
  { width, hasExamples }: HelpLayout,
): string {
  const names = [entry.id, ...entry.aliases].map((id) => `${programName()} ${id.replaceAll(':', ' ')}`)
  const flags = Object.entries(pflags(grammar.flags)).filter(([, flag]) => !flag.hidden)
  return blocks([
    `Usage:  ${usageLine({ path, synopsis: grammar.synopsis })}`,
    texts.description ?? texts.summary ?? '',
    names.length > 1 ? `Aliases:\n  ${names.join(', ')}` : '',
    flags.length > 0 ? `Options:\n${flagTable(Object.fromEntries(flags), width)}` : '',
    hasExamples && texts.examples.length > 0 ? `Examples:\n${texts.examples.map(exampleLines).join('\n\n')}` : '',
  ])
}

/** Returns an example as lines for a shell: its description as a comment, and the command, which is never wrapped. */
function exampleLines({ description, command }: CommandExample): string {
  return `  # ${description}\n  ${command}`.replaceAll(/\btug(?= )/g, programName())
}

type Row = readonly [name: string, summary: string]

function byName([a]: Row, [b]: Row): number {
  return a < b ? -1 : 1
}

function topLevelNames({ id, aliases }: CommandEntry): string[] {
  return [id, ...aliases].filter((name) => !name.includes(':'))
}

function section(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const width = Math.max(11, ...rows.map(([name]) => name.length))
  return `${title}:\n${rows.map(([name, summary]) => `  ${name.padEnd(width)} ${summary}`).join('\n')}`
}

function blocks(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** Formats one flag a line, with its summary wrapped in a second column. */
function flagTable(flags: Record<string, AnyFlag>, width: number): string {
  const rows = Object.keys(flags)
    .sort()
    .map((name) => flagRow(name, flags[name]))
  const indent = Math.max(...rows.map(([left]) => left.length)) + 3
  return rows.map(([left, right]) => left.padEnd(indent) + wrap(right, width - indent, indent)).join('\n')
}

function flagRow(name: string, flag: AnyFlag | undefined): [left: string, right: string] {
  const short = flag?.char ? `-${flag.char}, ` : '    '
  const type = flag?.valueType ? ` ${flag.valueType}` : ''
  const defaultValue = flag?.defaultText === undefined ? '' : ` (default ${flag.defaultText})`
  return [`  ${short}--${name}${type}`, `${flag?.summary ?? ''}${defaultValue}`]
}

/** Wraps text at spaces so that no line is longer than `width`, except for words that are longer. */
function wrap(text: string, width: number, indent: number): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > Math.max(width, 24)) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}
