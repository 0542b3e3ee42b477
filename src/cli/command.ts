import type { Config, Interfaces } from '@oclif/core'
import { Command } from '@oclif/core/command'
import type { ChoiceFlags, ChoiceValues } from '../flags/choice.ts'
import type { ArgumentCompletion, CompletionKind } from '../flags/completion-source.ts'
import { type AnyFlag, isPflag, type ReadFile, type TypedFlags, type ValuesOf } from '../flags/flag.ts'
import { FlagError, loadFiles, type ParsedArgv, parseArgv } from './argv/argv.ts'
import { checkArity, nameArguments } from './argv/arity.ts'
import {
  type DaemonRequirements,
  hasRequirements,
  refuseUnservedCommand,
  refuseUnservedFlags,
} from './argv/daemon-requirements.ts'
import { flagUsageError, type Usage } from './argv/usage.ts'
import type { Cli } from './cli.ts'
import type { Target } from './each.ts'

/** What a command is constructed with. */
export interface Invocation {
  /** What was typed after the command's name. */
  readonly argv: readonly string[]
  /** The command's name in messages: `ps`, `container ls`. */
  readonly path: string
  readonly cli: Cli
}

/** Thrown when `--help` was typed: main prints the help and exits with 0. */
export class HelpRequested extends Error {
  override name = 'HelpRequested'
  /** What the arguments were parsed by, which is not the same for every builder. */
  readonly facts: CommandFacts

  constructor(facts: CommandFacts) {
    super()
    this.facts = facts
  }
}

/** A command line that shows what a command is for. Every example is run by test/e2e/examples. */
export interface CommandExample {
  /** What the command line does, in the imperative. */
  readonly description: string
  /** A line for a POSIX shell, in which the program is called `tug`. */
  readonly command: string
}

/** The statics of a command, which the parser, help and completion read. */
export interface CommandFacts {
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly examples: readonly CommandExample[]
  readonly aliases: string[]
  /** Whether help and completion omit the command. */
  readonly hidden?: boolean
  readonly flags: Interfaces.FlagInput
  readonly args: Interfaces.ArgInput
  /** What follows the name in the usage line: `[OPTIONS] CONTAINER [CONTAINER...]`. */
  readonly synopsis: string
  /** Whether flags may follow a positional argument. */
  readonly interspersed: boolean
  /** The daemon that the command needs; any daemon where absent. */
  readonly requires?: DaemonRequirements
  /** What completion offers for the arguments; nothing where absent. */
  readonly completes?: ArgumentCompletion
  /** What completion offers for the values of flags that declare nothing themselves; files where absent. */
  readonly flagsComplete?: CompletionKind
}

/** A command that main can construct and run. */
export type CommandClass = (new (invocation: Invocation) => DockerCommand) & CommandFacts

/** The statics of a command that acts on objects whose names need not be typed. */
export interface ChoosingFacts extends CommandFacts {
  readonly flags: ChoiceFlags & Interfaces.FlagInput
  /** What `--all` and `--filter` stand for, where it is not what completion offers. */
  readonly chooses?: ArgumentCompletion
}

/** The flags that make a command with typed names load the code that chooses objects. */
const CHOICE_FLAGS = ['all', 'dry-run', 'filter', 'format', 'pick'] as const satisfies readonly (keyof ChoiceFlags)[]

type Values = Record<string, unknown>

/** A command's parsed argv, typed by the command's statics. */
export interface ReadArgv<C extends CommandFacts> {
  /** The value of every flag: what was typed, or its initial value. */
  readonly flags: ValuesOf<C['flags']>
  readonly args: C['args'] extends Interfaces.ArgInput<infer A> ? A : never
  /** The names of the flags that were typed, in the order in which they were typed last. */
  readonly typedFlags: TypedFlags
}

/** A command's argv before its positionals are checked. */
interface ParsedCommand<C extends CommandFacts> extends Pick<ReadArgv<C>, 'flags' | 'typedFlags'> {
  readonly positionals: readonly string[]
}

/**
 * The base class of all commands: oclif's Command, with `read` instead of oclif's `parse`, which reorders arguments,
 * reads flags after the image name and has other exit codes (docs/architecture.md).
 */
export abstract class DockerCommand extends Command {
  static override examples: CommandExample[] = []
  static synopsis = '[OPTIONS]'
  static interspersed = true
  static requires: DaemonRequirements = {}
  static completes: ArgumentCompletion = 'nothing'
  static flagsComplete: CompletionKind = 'files'
  static override flags: Interfaces.FlagInput = {}

  protected readonly cli: Cli
  /** The command's name as it was typed: `images`, `image ls`. */
  protected readonly path: string

  constructor({ argv, path, cli }: Invocation) {
    super([...argv], bareConfig())
    this.cli = cli
    this.path = path
  }

  abstract override run(): Promise<void>

  /**
   * Parses the command's argv by its static flags and args. The order of the checks is docker's: help, the daemon's
   * support for the command, then for its flags, and then the number of arguments.
   * @throws UsageError for wrong flags or arguments, ExitStatus for a daemon that is too old, HelpRequested
   */
  protected async read<C extends CommandFacts>(facts: C): Promise<ReadArgv<C>>
  protected async read(facts: CommandFacts): Promise<{ flags: Values; args: Values; typedFlags: TypedFlags }> {
    const { flags, positionals, typedFlags } = await this.readPositionals(facts)
    return { flags, args: this.#nameArguments(facts, positionals), typedFlags }
  }

  /**
   * Parses argv like `read`, and returns the objects that the command acts on: those whose names were typed, or those that
   * `--filter`, `--all` or `--pick` choose. The command ends here, with exit code 0, if they choose nothing, or after
   * `--dry-run` has listed them.
   * @throws as `read` does, and ExitStatus, EngineError, ConnectionError, FormatError
   */
  protected async readTargets<C extends ChoosingFacts>(
    facts: C,
  ): Promise<Omit<ReadArgv<C>, 'args'> & { readonly targets: readonly Target[] }>
  protected async readTargets(
    facts: ChoosingFacts,
  ): Promise<{ flags: Values; typedFlags: TypedFlags; targets: readonly Target[] }> {
    const { flags, positionals, typedFlags } = await this.readPositionals<ChoosingFacts>(facts)
    const hasChoice = typedFlags.size > 0 && CHOICE_FLAGS.some((name) => typedFlags.has(name))
    const isTyped = positionals.length > 0 && !hasChoice
    const chosen = isTyped ? undefined : await this.#choose(facts, flags, positionals)
    if (chosen !== undefined) return { flags, typedFlags, targets: chosen }
    this.#nameArguments(facts, positionals)
    return { flags, typedFlags, targets: positionals.map((name) => ({ name, id: name })) }
  }

  async #choose(facts: ChoosingFacts, flags: ChoiceValues, names: readonly string[]) {
    const { chooseTargets } = await import('./choose/choose.ts')
    const { completes = 'nothing', chooses = completes } = facts
    return chooseTargets({ completes, chooses }, flags, names, this.cli)
  }

  #nameArguments({ args, synopsis }: CommandFacts, positionals: readonly string[]): Values {
    checkArity(args, positionals.length, { path: this.path, synopsis })
    return nameArguments(args, positionals)
  }

  /** Parses argv and checks what the daemon supports; the number of arguments is left to the caller. */
  private async readPositionals<C extends CommandFacts>(facts: C): Promise<ParsedCommand<C>>
  private async readPositionals(
    facts: CommandFacts,
  ): Promise<{ flags: Values; positionals: readonly string[]; typedFlags: TypedFlags }> {
    const usage = { path: this.path, synopsis: facts.synopsis }
    const flags = pflags(facts.flags)
    const parsed = tokenize(this.argv, flags, facts.interspersed, this.cli.readFile)
    if (!(parsed instanceof FlagError)) {
      for (const notice of parsed.notices) this.cli.out.write(`${notice}\n`)
      if (parsed.helpRequested) throw new HelpRequested(facts)
    }
    const { requires = {} } = facts
    if (hasRequirements(requires)) await refuseUnservedCommand(this.path, requires, () => this.cli.engine)
    if (parsed.typedFlags.size > 0) await refuseUnservedFlags(flags, parsed.typedFlags, () => this.cli.engine)
    if (parsed instanceof FlagError) throw flagError(parsed, usage, flags)
    return parsed
  }
}

/**
 * Parses argv, and then reads the files that flags name. Returns the first error instead of throwing it: docker checks the
 * daemon before it reports one.
 */
function tokenize(
  argv: readonly string[],
  flags: Record<string, AnyFlag>,
  interspersed: boolean,
  readFile: ReadFile,
): ParsedArgv | FlagError {
  const parsed = returnFlagError(() => parseArgv(argv, flags, interspersed))
  if (parsed.pending.length === 0) return parsed
  const contents = returnFlagError(() => loadFiles(parsed.pending, flags, readFile))
  if (parsed instanceof FlagError) return contents instanceof FlagError ? contents : parsed
  return contents instanceof FlagError ? contents : { ...parsed, flags: { ...parsed.flags, ...contents } }
}

function returnFlagError<T>(action: () => T): T | FlagError {
  try {
    return action()
  } catch (error) {
    if (error instanceof FlagError) return error
    throw error
  }
}

function flagError(error: FlagError, usage: Usage, flags: Record<string, AnyFlag>) {
  return flagUsageError(error.message, usage, error.unknown === '' ? undefined : similarFlags(error.unknown, flags))
}

/** Selects the flags that the builders of `src/flags` made; oclif adds `json` of its own to some commands. */
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
 * Returns a stand-in for oclif's Config, whose loading takes longer than all of `tug ps`. oclif's constructor reads
 * only the program's name from it.
 */
function bareConfig(): Config {
  return Object.create(null, { bin: { value: 'tug' } })
}
