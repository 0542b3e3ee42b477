/** Decides whether the command line is for a plugin: `compose up`, `help compose`, or a build that buildx has to do. */

import { parseGoBool } from '../../domain/go/bool.ts'
import { objectIn, textIn } from '../../domain/json.ts'
import type { Cli } from '../cli.ts'
import { type CommandTable, findCommand, mayBePlugin } from '../dispatch.ts'

/** How a plugin is called. */
export interface PluginCall {
  /** The plugin's name, which is the command that it adds. */
  readonly name: string
  /** The plugin's arguments. They include the global flags, which the plugin parses again. */
  readonly argv: readonly string[]
  /** Whether only its help is wanted (`help NAME`). A failure is then the client's own. */
  readonly isHelp: boolean
  /** Environment variables that are added to tug's own environment. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Returns the call of the plugin that the command line may be for; undefined if it is for tug. Whether the plugin
 * exists is not checked: without the plugin buildx, tug has some of its commands itself.
 * @param rest the part of argv after the global flags
 */
export function pluginCall(
  rest: readonly string[],
  argv: readonly string[],
  table: CommandTable,
  cli: Pick<Cli, 'config' | 'env' | 'contextName'>,
): PluginCall | undefined {
  const [first, second] = rest
  const word = first === 'help' ? second : first
  if (word === undefined) return undefined
  if (mayBePlugin(word, table)) return { name: word, argv, isHelp: first === 'help', env: {} }
  const isBuild = first === 'builder' || first === 'build' || (first === 'image' && second === 'build')
  if (!isBuild) return undefined
  const isOwn = findCommand(rest, table).kind === 'command'
  return builderCall({ globals: argv.slice(0, argv.length - rest.length), rest, isOwn }, cli)
}

/** A build, or another command about builders. */
interface BuilderCommandLine {
  /** The flags before the command. */
  readonly globals: readonly string[]
  readonly rest: readonly string[]
  /** Whether tug itself has the command. */
  readonly isOwn: boolean
}

/** docker's plugin for builders. */
const BUILDX = 'buildx'

/**
 * Returns the call of the builder plugin for builds that the engine's own builder does not do: those for a builder that
 * was created with buildx, all builds if config.json has an alias for `builder`, and the builder commands that tug does
 * not have (docker/cli cmd/docker/builder.go).
 */
function builderCall(
  { globals, rest, isOwn }: BuilderCommandLine,
  { config, env, contextName }: Pick<Cli, 'config' | 'env' | 'contextName'>,
): PluginCall | undefined {
  if (parseGoBool(env.DOCKER_BUILDKIT ?? '') === false) return undefined
  const alias = textIn(objectIn(config.data, 'aliases'), 'builder')
  const builder = builderFlag(rest) || env.BUILDX_BUILDER || ''
  const isOtherBuilder = builder !== '' && builder !== contextName
  if (alias === '' && isOwn && !isOtherBuilder) return undefined
  const name = alias || BUILDX
  // Without --builder, buildx is to use the engine of the current context.
  const builderEnv = alias === '' && builder === '' ? { BUILDX_BUILDER: contextName } : {}
  return { name, argv: [...globals, name, ...pluginWords(rest)], isHelp: false, env: builderEnv }
}

/** `build`, `image build` and `builder build` are all `build` to the plugin. */
function pluginWords([first, ...words]: readonly string[]): readonly string[] {
  return first === 'build' ? ['build', ...words] : words
}

/** Returns the value of `--builder`; empty for none. */
function builderFlag(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '--builder' || word.startsWith('--builder='))
  if (at < 0) return ''
  const [, value] = words[at]?.split(/=(.*)/s) ?? []
  return value ?? words[at + 1] ?? ''
}
