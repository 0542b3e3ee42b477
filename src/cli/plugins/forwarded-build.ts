import { objectAt, textAt } from '../../config/config-file.ts'
import { parseGoBool } from '../../domain/go/bool.ts'
import type { Cli } from '../cli.ts'
import type { PluginCall } from './call.ts'

/** A build, or another command about builders, as it was typed. */
interface BuildWords {
  /** The flags before the command. */
  readonly globals: readonly string[]
  readonly rest: readonly string[]
  /** Whether tug has the command itself. */
  readonly isOwn: boolean
}

/** docker's own plugin for builders. */
const BUILDX = 'buildx'

/**
 * Builds that are not for the engine's own builder, which tug speaks to itself: those for a builder that somebody made
 * with buildx and names, and all where config.json's `aliases` says so; also what else there is of builders
 * (docker/cli cmd/docker/builder.go).
 * @returns how the plugin is called; undefined when the words are for tug
 */
export function forwardedBuild(
  { globals, rest, isOwn }: BuildWords,
  { config, env, contextName }: Pick<Cli, 'config' | 'env' | 'contextName'>,
): PluginCall | undefined {
  if (parseGoBool(env.DOCKER_BUILDKIT ?? '') === false) return undefined
  const alias = textAt(objectAt(config.data, 'aliases'), 'builder')
  const builder = namedBuilder(rest) || env.BUILDX_BUILDER || ''
  const isForOther = builder !== '' && builder !== contextName
  if (alias === '' && isOwn && !isForOther) return undefined
  const name = alias || BUILDX
  // Without a word about it, what buildx does is for the engine at hand.
  const chosen = alias === '' && builder === '' ? { BUILDX_BUILDER: contextName } : {}
  return { name, argv: [...globals, name, ...pluginWords(rest)], env: chosen }
}

/** `build`, `image build` and `builder build` are all `build` to the plugin. */
function pluginWords([first, ...words]: readonly string[]): readonly string[] {
  return first === 'build' ? ['build', ...words] : words
}

/** The builder that `--builder` names; empty for none. */
function namedBuilder(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '--builder' || word.startsWith('--builder='))
  if (at < 0) return ''
  const [, value] = words[at]?.split(/=(.*)/s) ?? []
  return value ?? words[at + 1] ?? ''
}
