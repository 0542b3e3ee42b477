import { type FlagSet, parseArgv } from '../../../cli/argv/argv.ts'
import { lastOfEach } from '../../../domain/container/env.ts'
import { type ContainerFlags, containerFlags } from '../../../flags/container/create.ts'
import type { ClientEnvironment } from '../../../flags/container/environment.ts'
import { type FlagArgument, pairArguments, textArguments } from '../../../flags/container/flag-argument.ts'
import { readLabels, readVariables } from '../../../flags/container/process.ts'

/** The flags whose values come from files or from the client's environment. */
const READ = new Set(['dotenv', 'env', 'env-file', 'label', 'label-file'])

/**
 * Returns the flags of the request that were typed, each with its text. Variables and labels are those that the request has, with
 * what files and the client's environment say.
 * @param set the flags of the command
 * @param flags the values that argv was parsed to
 * @throws Error with docker's reason
 */
export function typedArguments(
  argv: readonly string[],
  set: FlagSet,
  flags: ContainerFlags,
  client: ClientEnvironment,
): FlagArgument[] {
  return [
    ...typedTexts(argv, set).filter(({ name }) => isSent(name) && !READ.has(name)),
    ...textArguments('env', lastOfEach(readVariables(flags, client))),
    ...pairArguments('label', readLabels(flags, client)),
  ]
}

function isSent(name: string): boolean {
  return name === 'platform' || Object.hasOwn(containerFlags, name)
}

/** Returns each typed flag with its text; a switch has one, too. */
function typedTexts(argv: readonly string[], set: FlagSet): FlagArgument[] {
  const collectors = Object.entries(set).map(([name, flag]) => {
    const collect = (text: string, previous: unknown) => [...(Array.isArray(previous) ? previous : []), text]
    return [name, { ...flag, initial: [], set: collect }]
  })
  const { flags } = parseArgv(argv, Object.fromEntries(collectors))
  return Object.entries(flags).flatMap(([name, texts]) =>
    Array.isArray(texts) ? texts.map((value: string) => ({ name, value })) : [],
  )
}
