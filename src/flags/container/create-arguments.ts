// The inverse of create.ts: the command line that a create request is typed as.
import type { CreateBody } from '../../domain/container/create-request.ts'
import { type FlagArgument, switchArgument, textArgument } from './flag-argument.ts'
import { isolationArguments } from './isolation-arguments.ts'
import { networkArguments } from './networking-arguments.ts'
import { commandWords, isDetached, processArguments } from './process-arguments.ts'
import { resourceArguments } from './resource-arguments.ts'
import { storageArguments } from './storage-arguments.ts'

/** The parts of a command line of `run`. */
export interface RunArguments {
  readonly flags: readonly FlagArgument[]
  /** The image, and what follows it. */
  readonly operands: readonly string[]
}

/** What a command line contains besides the body of the request. */
export interface RunContext {
  readonly name: string
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
  /** The file that contains the request's seccomp profile. */
  readonly profileFile: string
}

/** Returns the arguments of `run` that `createBody` translates to the request. */
export function createArguments(body: CreateBody, { name, platform, profileFile }: RunContext): RunArguments {
  return {
    flags: [
      ...switchArgument('detach', isDetached(body)),
      ...textArgument('name', name),
      ...processArguments(body),
      ...networkArguments(body),
      ...storageArguments(body),
      ...resourceArguments(body),
      ...isolationArguments(body, profileFile),
      ...textArgument('platform', platform),
    ],
    operands: [body.Image, ...commandWords(body)],
  }
}

/** The flags that are typed in their short form, which is the one that people know. */
const SHORT = new Map([
  ['detach', '-d'],
  ['env', '-e'],
  ['interactive', '-i'],
  ['publish', '-p'],
  ['tty', '-t'],
  ['volume', '-v'],
])

/** Returns the words that a flag is typed as. A switch takes its value after an equals sign only. */
export function flagWords({ name, value }: FlagArgument, isSwitch: boolean): string[] {
  const typed = SHORT.get(name) ?? `--${name}`
  if (value === undefined) return [typed]
  return isSwitch ? [`${typed}=${value}`] : [typed, value]
}
