import { globalFlagSet } from '../../../src/cli/argv/global-flags.ts'
import { type CommandExample, pflags } from '../../../src/cli/command.ts'
import type { AnyFlag } from '../../../src/flags/flag.ts'
import { packageFacts } from '../package-facts.ts'
import type { SourceCommand } from '../source-commands.ts'
import { type ExitCode, exitCodesOf } from './exit-codes.ts'

/** What the reference says about a command, for Markdown and for a man page. */
export interface CommandPage {
  /** The full name without the program's: `container ls`. */
  readonly name: string
  readonly file: string
  /** Other names: `ps`, `container list`. */
  readonly aliases: readonly string[]
  /** The usage lines, each with the program's name. */
  readonly usage: readonly string[]
  readonly summary: string
  /** The description without its first line, where that is the summary. */
  readonly details: string
  /** What the daemon must be, in a sentence; empty for any daemon. */
  readonly requirement: string
  readonly flags: readonly FlagRow[]
  readonly examples: readonly CommandExample[]
  readonly exitCodes: readonly ExitCode[]
}

/** A flag as the reference lists it. */
export interface FlagRow {
  /** `-a, --all` */
  readonly names: string
  readonly type: string
  /** The value of a flag that was not typed; empty where that is off or no value. */
  readonly defaultText: string
  /** The first API version that knows the flag. */
  readonly minApi: string
  /** One line, or several of which each describes a value. */
  readonly summary: string
}

/** A group of commands, such as `container`. */
export interface GroupPage {
  readonly name: string
  readonly summary: string
  readonly commands: readonly CommandPage[]
}

/** How pflag writes the default of a list or map without entries. */
const EMPTY = /^(map)?\[\]$/

/** Returns the pages of all commands that are not hidden. */
export function commandPages(commands: readonly SourceCommand[]): CommandPage[] {
  const visible = commands.filter(({ facts }) => !facts.hidden)
  return visible.map(({ id, file, facts }) => {
    const name = spaced(id)
    const flags = pflags(facts.flags)
    const [first, ...details] = (facts.description ?? '').split('\n')
    const summary = facts.summary ?? ''
    const hasSummary = first === `${summary}.` || first === summary || first === ''
    return {
      name,
      file,
      aliases: facts.aliases.map(spaced),
      usage: `tug ${name} ${facts.synopsis}`.split('\n').map((line) => line.trim()),
      summary,
      details: (hasSummary ? details : [first, ...details]).join('\n'),
      requirement: requirementOf(facts.requires ?? {}),
      flags: flagRows(flags),
      examples: facts.examples,
      exitCodes: exitCodesOf(id, 'format' in flags),
    }
  })
}

/** Returns the groups of commands with their pages, and last the commands that are in no group, without a name. */
export function groupPages(pages: readonly CommandPage[]): GroupPage[] {
  const groups = Object.entries(packageFacts().oclif.topics).map(([name, { description }]) => ({
    name,
    summary: description,
    commands: pages.filter((page) => page.name.startsWith(`${name} `)),
  }))
  return [
    ...groups,
    { name: '', summary: 'Commands without a group', commands: pages.filter(({ name }) => !name.includes(' ')) },
  ]
}

/** Returns the flags that come before the command. */
export function globalFlagRows(): FlagRow[] {
  return flagRows(globalFlagSet('~/.docker'))
}

function flagRows(flags: Readonly<Record<string, AnyFlag>>): FlagRow[] {
  return Object.entries(flags)
    .filter(([, flag]) => !flag.hidden)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flag]) => ({
      names: [
        ...(flag.char ? [`-${flag.char}`] : []),
        `--${name}`,
        ...(flag.aliases ?? []).map((alias) => `--${alias}`),
      ].join(', '),
      type: flag.valueType || 'bool',
      defaultText: flag.defaultText?.replace(EMPTY, '') ?? '',
      minApi: flag.minApi ?? '',
      summary: [flag.summary ?? '', ...limits(flag)].join('; '),
    }))
}

/** Returns which daemons serve a flag, unless its summary says so. */
function limits({ daemonOs, isExperimental, deprecation, summary = '' }: AnyFlag): string[] {
  return [
    ...(daemonOs && !/Windows|Linux/.test(summary)
      ? [`${daemonOs === 'linux' ? 'Linux' : 'Windows'} daemons only`]
      : []),
    ...(isExperimental ? ['experimental daemons only'] : []),
    ...(deprecation ? [`deprecated: ${deprecation}`] : []),
  ]
}

function requirementOf({ minApi, daemonOs, isExperimental }: NonNullable<SourceCommand['facts']['requires']>): string {
  const needs = [
    ...(minApi ? [`API version ${minApi} or newer`] : []),
    ...(isExperimental ? ['experimental features'] : []),
  ]
  const daemon = daemonOs === 'linux' ? 'a Linux daemon' : daemonOs === 'windows' ? 'a Windows daemon' : 'a daemon'
  if (needs.length === 0) return daemonOs ? `Needs ${daemon}.` : ''
  return `Needs ${daemon} with ${needs.join(' and ')}.`
}

function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
