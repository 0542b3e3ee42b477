import type { Config, Interfaces } from '@oclif/core'
import { Command } from '@oclif/core/command'
import { type AnyFlag, isPflag, type ValuesOf } from '../flags/flag.ts'
import { FlagError, loadFiles, type ParsedArgv, parseArgv } from './argv/argv.ts'
import { checkArity, nameArguments } from './argv/arity.ts'
import { refuseUnservedFlags } from './argv/flag-gates.ts'
import { flagUsageError, type Usage } from './argv/usage.ts'
import type { Cli } from './cli.ts'

/** How a command was called: what follows it, the name it goes by in messages, and its environment. */
export interface Invocation {
  readonly argv: readonly string[]
  /** `ps`, `container ls`: what messages call the command. */
  readonly path: string
  readonly cli: Cli
}

/** `--help` was typed: main prints the help and ends well. */
export class HelpRequested extends Error {
  override name = 'HelpRequested'
}

/** The statics of a command that the parser, help and completion read. */
export interface CommandFacts {
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly aliases: string[]
  readonly flags: Interfaces.FlagInput
  readonly args: Interfaces.ArgInput
  /** What follows the name in the usage line: `[OPTIONS] CONTAINER [CONTAINER...]`. */
  readonly synopsis: string
  /** Whether flags may follow a positional argument. */
  readonly interspersed: boolean
}

/** A command that main can start. */
export type CommandClass = (new (invocation: Invocation) => DockerCommand) & CommandFacts

type Values = Record<string, unknown>

/** A command's argv, typed by the command's own statics. */
export interface ReadArgv<C extends CommandFacts> {
  /** Every flag: what was typed, or its initial value. */
  readonly flags: ValuesOf<C['flags']>
  readonly args: C['args'] extends Interfaces.ArgInput<infer A> ? A : never
  /** The names of the flags that were typed, in the order in which they were typed last. */
  readonly typedFlags: ReadonlySet<string>
}

/**
 * The base of all commands: oclif's Command, with `read` in the place of oclif's `parse`, which reorders arguments, reads
 * flags behind the image name and has other exit codes (docs/architecture.md).
 */
export abstract class DockerCommand extends Command {
  static synopsis = '[OPTIONS]'
  static interspersed = true
  static override flags: Interfaces.FlagInput = {}

  protected readonly cli: Cli
  readonly #path: string

  constructor({ argv, path, cli }: Invocation) {
    super([...argv], bareConfig())
    this.cli = cli
    this.#path = path
  }

  abstract override run(): Promise<void>

  /**
   * Reads the command's argv by its static flags and args.
   * @throws UsageError where docker prints one; HelpRequested
   */
  protected async read<C extends CommandFacts>(facts: C): Promise<ReadArgv<C>>
  protected async read(facts: CommandFacts): Promise<{ flags: Values; args: Values; typedFlags: ReadonlySet<string> }> {
    const usage = { path: this.#path, synopsis: facts.synopsis }
    const flags = pflags(facts.flags)
    const parsed = await this.#tokenize(flags, facts.interspersed, usage)
    for (const notice of parsed.notices) this.cli.out.write(`${notice}\n`)
    if (parsed.helpRequested) throw new HelpRequested()
    await refuseUnservedFlags(flags, parsed.typedFlags, () => this.cli.engine)
    checkArity(facts.args, parsed.positionals.length, usage)
    return { flags: parsed.flags, args: nameArguments(facts.args, parsed.positionals), typedFlags: parsed.typedFlags }
  }

  async #tokenize(flags: Record<string, AnyFlag>, interspersed: boolean, usage: Usage): Promise<ParsedArgv> {
    try {
      return this.#parse(flags, interspersed)
    } catch (error) {
      if (!(error instanceof FlagError)) throw error
      // docker looks at what it has read so far before it complains of the rest.
      await refuseUnservedFlags(flags, error.typedFlags, () => this.cli.engine)
      throw flagUsageError(error.message, usage, error.unknown === '' ? undefined : similarFlags(error.unknown, flags))
    }
  }

  /** Parses argv, and then reads the files that flags name. */
  #parse(flags: Record<string, AnyFlag>, interspersed: boolean): ParsedArgv {
    const { readFile } = this.cli
    try {
      const parsed = parseArgv(this.argv, flags, interspersed)
      if (parsed.pending.length === 0) return parsed
      return { ...parsed, flags: { ...parsed.flags, ...loadFiles(parsed.pending, flags, readFile) } }
    } catch (error) {
      if (error instanceof FlagError) loadFiles(error.pending, flags, readFile)
      throw error
    }
  }
}

/** The flags that the functions of `src/flags/flag.ts` created; oclif adds `json` of its own to some. */
export function pflags(flags: Interfaces.FlagInput): Record<string, AnyFlag> {
  const found: Record<string, AnyFlag> = {}
  for (const name in flags) {
    const flag = flags[name]
    if (flag && isPflag(flag)) found[name] = flag
  }
  return found
}

function similarFlags(typed: string, flags: Record<string, AnyFlag>) {
  const known = Object.keys(flags).filter((name) => !flags[name]?.hidden)
  return { typed: `--${typed}`, known: known.map((name) => `--${name}`) }
}

/**
 * oclif's constructor wants its Config, whose loading takes longer than all of `tug ps`; it reads nothing from it but
 * the name of the program.
 */
function bareConfig(): Config {
  return Object.create(null, { bin: { value: 'tug' } })
}
