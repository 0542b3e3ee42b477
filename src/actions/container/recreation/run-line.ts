// The command line of `run` that makes a container again, and what it cannot contain.
import { FlagError, parseArgv } from '../../../cli/argv/argv.ts'
import type { CreateBody } from '../../../domain/container/create-request.ts'
import { differences } from '../../../domain/container/inspected/comparison.ts'
import { messageOf } from '../../../domain/errors.ts'
import { createBody, runFlags, withoutAttach } from '../../../flags/container/create.ts'
import { createArguments, flagWords, type RunContext } from '../../../flags/container/create-arguments.ts'
import type { ClientEnvironment } from '../../../flags/container/environment.ts'
import type { FlagArgument } from '../../../flags/container/flag-argument.ts'
import { seccompProfile } from '../../../flags/container/isolation-arguments.ts'

/** A command line of `run`. */
export interface RunLine {
  readonly flags: readonly FlagArgument[]
  /** The image, and what follows it. */
  readonly operands: readonly string[]
  /** What the request contains and no flag sets. */
  readonly warnings: readonly string[]
}

/** The parts of the client's environment that a command line is translated with. */
type Translation = Pick<ClientEnvironment, 'apiVersion' | 'consoleSize' | 'cwd' | 'readFile'>

/** Returns the command line that is translated to the request, or to as much of it as flags can set. */
export function runLine(body: CreateBody, context: RunContext, apiVersion: string): RunLine {
  const { flags: all, operands } = createArguments(body, context)
  const profile = new TextEncoder().encode(seccompProfile(body)?.text ?? '')
  const { ConsoleSize: consoleSize } = body.HostConfig
  const translation = { apiVersion, consoleSize, cwd: '/', readFile: () => profile }
  const refusals = all.map((flag) => refusalOf(flag, translation))
  const flags = all.filter((_, index) => refusals[index] === undefined)
  const lost = lostFields(body, [...flags.flatMap(wordsOf), ...operands], translation)
  return { flags, operands, warnings: [...refusals.filter((refusal) => refusal !== undefined), ...lost] }
}

/** Returns the words that a flag is typed as. */
export function wordsOf(flag: FlagArgument): string[] {
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

/**
 * Translates a command line of `run` as the command does. A variable without a value removes that of the image.
 * @throws FlagError, Error with docker's reason
 */
export function translateWords(words: readonly string[], translation: Translation): CreateBody {
  const { flags, typedFlags, positionals } = parseArgv(words, runFlags, false)
  const [image = '', ...command] = positionals
  const body = createBody({ flags, typedFlags, image, command }, { environment: {}, proxies: {}, ...translation })
  return flags.detach ? withoutAttach(body) : body
}
