// The command line of `run` that makes a container again, and what it cannot contain.
import { FlagError, type ParsedArgv, parseArgv } from '../../../cli/argv/argv.ts'
import type { CreateBody } from '../../../domain/container/create-request.ts'
import { differences } from '../../../domain/container/inspected/comparison.ts'
import { messageOf } from '../../../domain/errors.ts'
import { createBody, type RunFlags, runFlags, withoutAttach } from '../../../flags/container/create.ts'
import { createArguments, flagWords, type RunContext } from '../../../flags/container/create-arguments.ts'
import type { FlagArgument } from '../../../flags/container/flag-argument.ts'
import { seccompProfile } from '../../../flags/container/isolation-arguments.ts'

/** A command line of `run`. */
export interface RunLine {
  /** The words of each flag. */
  readonly flags: readonly (readonly string[])[]
  /** The image, and what follows it. */
  readonly operands: readonly string[]
  /** What the request contains and no flag sets. */
  readonly warnings: readonly string[]
}

/** The parts of the client's environment that a command line is translated with. */
interface Translation {
  readonly apiVersion: string
  readonly consoleSize: readonly [number, number]
  /** The text of the seccomp profile. */
  readonly profile: string
}

/** Returns the command line that is translated to the request, or to as much of it as flags can set. */
export function runLine(body: CreateBody, context: RunContext, apiVersion: string): RunLine {
  const { flags: all, operands } = createArguments(body, context)
  const profile = seccompProfile(body)?.text ?? ''
  const translation = { apiVersion, consoleSize: body.HostConfig.ConsoleSize, profile }
  const refusals = all.map((flag) => refusalOf(flag, translation))
  const flags = all.filter((_, index) => refusals[index] === undefined).map(wordsOf)
  const lost = lostFields(body, [...flags.flat(), ...operands], translation)
  return { flags, operands, warnings: [...refusals.filter((refusal) => refusal !== undefined), ...lost] }
}

function wordsOf(flag: FlagArgument): string[] {
  return flagWords(flag, isSwitch(flag.name))
}

function isSwitch(name: string): boolean {
  return Object.entries(runFlags).some(([known, flag]) => known === name && flag.type === 'boolean')
}

/** Returns why `run` does not accept a flag with this value; undefined if it does. */
function refusalOf(flag: FlagArgument, translation: Translation): string | undefined {
  // An alias is refused without its network.
  if (flag.name === 'network-alias') return undefined
  try {
    translateWords([...wordsOf(flag), 'image'], translation)
    return undefined
  } catch (error) {
    const message = messageOf(error)
    const reason = error instanceof FlagError ? message.replace(/^invalid argument .* flag: /s, '') : message
    return `run does not accept ${wordsOf(flag).join(' ')}: ${reason}`
  }
}

/** Returns a sentence for each field of the request that the command line does not set to the same value. */
function lostFields(body: CreateBody, words: readonly string[], translation: Translation): string[] {
  try {
    return differences(body, translateWords(words, translation)).map(({ path, value }) =>
      value === undefined
        ? `run sets ${path}, which the container does not have`
        : `no flag of run sets ${path} to ${value}`,
    )
  } catch (error) {
    return [`run does not accept this line: ${messageOf(error)}`]
  }
}

/** Translates a command line of `run` as the command does. @throws FlagError, Error with docker's reason */
export function translateWords(words: readonly string[], translation: Translation): CreateBody {
  return translateParsed(parseRunWords(words), translation)
}

/** Parses the words that follow `run`. @throws FlagError */
function parseRunWords(words: readonly string[]): ParsedArgv<RunFlags> {
  return parseArgv(words, runFlags, false)
}

/** @throws Error with docker's reason */
function translateParsed(
  { flags, typedFlags, positionals }: ParsedArgv<RunFlags>,
  translation: Translation,
): CreateBody {
  const { profile, ...environment } = translation
  const [image = '', ...command] = positionals
  const body = createBody(
    { flags, typedFlags, image, command },
    { cwd: '/', environment: {}, proxies: {}, readFile: () => new TextEncoder().encode(profile), ...environment },
  )
  return flags.detach ? withoutAttach(body) : body
}
