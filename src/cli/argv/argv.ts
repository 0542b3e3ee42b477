import { messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { type AnyFlag, bool, type ReadFile, type ValuesOf } from '../../flags/flag.ts'

/** Flags by name, as a command's static `flags` declares them. */
export type FlagSet = Readonly<Record<string, AnyFlag>>

export interface ParsedArgv<Values = Record<string, unknown>> {
  /** The value of every declared flag: what was typed, or its initial value. */
  readonly flags: Values
  /** The names of the flags that were typed, in the order in which they were typed last. */
  readonly typedFlags: ReadonlySet<string>
  /** The positional arguments in order. */
  readonly positionals: string[]
  /** pflag's warnings about deprecated flags that were typed, in order. */
  readonly notices: readonly string[]
  readonly helpRequested: boolean
  /** The flags whose values are still to be read from files, by {@link loadFiles}. */
  readonly pending: readonly PendingFlag[]
}

/** A flag whose value contains the content of files, as it was typed. */
export interface PendingFlag {
  readonly name: string
  readonly text: string
  /** How errors name the flag. */
  readonly label: string
  readonly load: NonNullable<AnyFlag['load']>
  /** The names of the flags that were typed before it. */
  readonly typedBefore: ReadonlySet<string>
}

/** A flag is unknown, has no value or an invalid one. The message is pflag's, which docker prints. */
export class FlagError extends Error {
  override name = 'FlagError'
  /** The unknown long name; empty for other errors. */
  readonly unknown: string
  /** The flag that has no value; empty for other errors. */
  readonly awaiting: string
  /** The names of the flags before the wrong one. */
  typedFlags: ReadonlySet<string> = new Set()
  /** The flags before this one that name files. */
  pending: readonly PendingFlag[] = []

  constructor(message: string, { unknown = '', awaiting = '' } = {}) {
    super(message)
    this.unknown = unknown
    this.awaiting = awaiting
  }
}

/**
 * Parses argv by pflag's grammar, which scripts for docker rely on: `-itd`, `-p80:80`, `-p=80:80`, `--rm=false`. Values
 * may begin with a dash, `--` ends the flags, and the last of a repeated scalar wins.
 * @param interspersed whether flags may follow a positional; `run`, `create` and `exec` stop at the first one
 * @throws FlagError
 */
export function parseArgv<S extends FlagSet>(
  argv: readonly string[],
  set: S,
  interspersed?: boolean,
): ParsedArgv<ValuesOf<S>>
export function parseArgv(argv: readonly string[], set: FlagSet, interspersed = true): ParsedArgv {
  const reader = new Reader(set)
  try {
    const positionals = walk(argv, reader, interspersed)
    const { values: flags, typedFlags, notices, helpRequested, pending } = reader
    return { flags, typedFlags, positionals, notices, helpRequested, pending }
  } catch (error) {
    if (error instanceof FlagError) {
      error.typedFlags = reader.typedFlags
      error.pending = reader.pending
    }
    throw error
  }
}

/**
 * Reads the files that flags name, in the order typed, and returns the values of these flags by name. docker reads them while
 * it parses argv, so the caller calls this before it reports any mistake that comes later.
 * @throws FlagError for a file that cannot be read, or whose content is wrong
 */
export function loadFiles(
  pending: readonly PendingFlag[],
  flags: FlagSet,
  readFile: ReadFile,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { name, text, label, load, typedBefore } of pending) {
    const previous = Object.hasOwn(values, name) ? values[name] : flags[name]?.initial
    try {
      values[name] = load(text, previous, readFile)
    } catch (error) {
      const flagError = invalidArgument(text, label, error)
      flagError.typedFlags = typedBefore
      throw flagError
    }
  }
  return values
}

function invalidArgument(text: string, label: string, reason: unknown): FlagError {
  return new FlagError(`invalid argument ${goQuote(text)} for ${goQuote(label)} flag: ${messageOf(reason)}`)
}

/** Passes every flag to the reader, and returns the positionals. */
function walk(argv: readonly string[], reader: Reader, interspersed: boolean): string[] {
  const positionals: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    if (word === '--') {
      for (const rest of argv.slice(i + 1)) positionals.push(rest)
      break
    }
    if (word.length < 2 || word[0] !== '-') {
      if (!interspersed) {
        for (const rest of argv.slice(i)) positionals.push(rest)
        break
      }
      positionals.push(word)
    } else if (word[1] === '-') {
      if (reader.readLong(word, argv[i + 1])) i++
    } else if (reader.readShorthands(word, argv[i + 1])) i++
  }
  return positionals
}

/** Returns a flag's name in error messages: `-p, --publish`, or `--rm`. */
function displayName(name: string, flag: AnyFlag): string {
  return flag.char ? `-${flag.char}, --${name}` : `--${name}`
}

/** Quotes the first byte as Go's `%q` does: pflag goes through shorthands byte by byte. */
function quoteFirstByte(text: string): string {
  const byte = new TextEncoder().encode(text)[0] ?? 0
  return `'${String.fromCodePoint(byte)}'`
}

/** Collects the values of flags while argv is parsed. */
class Reader {
  readonly values: Record<string, unknown> = {}
  readonly typedFlags = new Set<string>()
  readonly notices: string[] = []
  readonly pending: PendingFlag[] = []
  helpRequested = false
  readonly #set: FlagSet
  readonly #byChar = new Map<string, string>()
  /** Names by name and by alias. It is a map because every object has a property `constructor`. */
  readonly #names = new Map<string, string>()

  constructor(set: FlagSet) {
    this.#set = set
    for (const name in set) {
      const flag = set[name]
      if (!flag) continue
      this.values[name] = flag.initial
      if (flag.char) this.#byChar.set(flag.char, name)
      this.#names.set(name, name)
      if (flag.aliases) for (const alias of flag.aliases) this.#names.set(alias, name)
    }
  }

  /** Reads `--name`, `--name=value` or `--name value`. @returns whether the next word was the value */
  readLong(word: string, next: string | undefined): boolean {
    const body = word.slice(2)
    if (body === '' || body[0] === '-' || body[0] === '=') throw new FlagError(`bad flag syntax: ${word}`)
    const equals = body.indexOf('=')
    const typed = equals < 0 ? body : body.slice(0, equals)
    const name = this.#names.get(typed)
    const flag = name === undefined ? undefined : this.#set[name]
    if (!flag || name === undefined) {
      if (typed !== 'help') throw new FlagError(`unknown flag: --${typed}`, { unknown: typed })
      this.helpRequested =
        equals < 0 || this.#read(typed, bool({ summary: 'Print usage' }), body.slice(equals + 1)) === true
      return false
    }
    const label = typed === name ? displayName(name, flag) : `--${typed}`
    if (equals >= 0) this.#assign(name, flag, body.slice(equals + 1), label)
    else if (flag.bareText !== undefined) this.#assign(name, flag, flag.bareText, label)
    else if (next === undefined) throw new FlagError(`flag needs an argument: --${typed}`, { awaiting: name })
    else {
      this.#assign(name, flag, next, label)
      return true
    }
    return false
  }

  /** Reads one-letter flags, `-itd` or `-p80:80`. @returns whether the next word was the value of the last one */
  readShorthands(word: string, next: string | undefined): boolean {
    for (let at = 1; at < word.length; at++) {
      const char = word[at] ?? ''
      const rest = word.slice(at + 1)
      const name = this.#byChar.get(char)
      const flag = name === undefined ? undefined : this.#set[name]
      if (!flag || name === undefined) {
        if (char !== 'h') {
          throw new FlagError(`unknown shorthand flag: ${quoteFirstByte(word.slice(at))} in -${word.slice(at)}`)
        }
        this.notices.push('Flag shorthand -h has been deprecated, use --help')
        this.helpRequested = true
        continue
      }
      if (rest.startsWith('=') && rest.length > 1) return this.#assignAll(name, flag, rest.slice(1))
      if (flag.bareText !== undefined) this.#assign(name, flag, flag.bareText)
      else if (rest !== '') return this.#assignAll(name, flag, rest)
      else if (next === undefined)
        throw new FlagError(`flag needs an argument: ${quoteFirstByte(char)} in -${word.slice(at)}`, { awaiting: name })
      else {
        this.#assign(name, flag, next)
        return true
      }
    }
    return false
  }

  #assignAll(name: string, flag: AnyFlag, text: string): false {
    this.#assign(name, flag, text)
    return false
  }

  #assign(name: string, flag: AnyFlag, text: string, label = displayName(name, flag)): void {
    if (flag.load) {
      this.pending.push({ name, text, label, load: flag.load, typedBefore: new Set(this.typedFlags) })
    } else this.values[name] = this.#read(name, flag, text, label)
    this.typedFlags.delete(name)
    this.typedFlags.add(name)
    if (flag.deprecation) this.notices.push(`Flag --${name} has been deprecated, ${flag.deprecation}`)
  }

  #read(name: string, flag: AnyFlag, text: string, label = displayName(name, flag)): unknown {
    try {
      return flag.set(text, this.values[name], !this.typedFlags.has(name))
    } catch (error) {
      throw invalidArgument(text, label, error)
    }
  }
}
