/** Hints for names that do not exist: the name that was probably meant. */
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { familiarString, type ImageReference } from '../../domain/image/reference.ts'
import type { Cli } from '../cli.ts'
import { containerName, HINT_TIMEOUT_MS, type HintContext, listContainers, type Rule } from './rule.ts'
import { similarTo } from './similar.ts'

export const notFound: readonly Rule[] = [
  rule(/No such container: (\S+)|no container with name or ID "([^"]+)" found/, containerNames),
  rule(/No such image: (\S+)|with the tag: (\S+)/, imageNames),
  rule(/network (\S+) not found/, networkNames),
  rule(/get (\S+): no such volume/, volumeNames),
  rule(/No such object: (\S+)/, async (context) => {
    const lists = [containerNames, imageNames, networkNames, volumeNames].map((list) => list(context))
    return (await Promise.all(lists)).flat()
  }),
]

function rule(pattern: RegExp, list: (context: HintContext) => Promise<readonly string[]>): Rule {
  return {
    pattern,
    async advise(groups, context) {
      const typed = withoutLatest(groups.find((name) => name !== '') ?? '')
      const similar = await similarTo(typed, await list(context))
      return similar === undefined ? '' : `did you mean "${similar}"?`
    },
  }
}

/**
 * Adds a hint to the error of a failed pull if the engine has an image of a similar name. `run` and `create` use it on
 * terminals.
 */
export async function withSimilarImage(error: unknown, reference: ImageReference, cli: Cli): Promise<unknown> {
  if (!cli.err.isTerminal) return error
  const images = imageNames({ engine: cli.engine, signal: AbortSignal.timeout(HINT_TIMEOUT_MS) })
  const known = await images.catch(() => [])
  const similar = await similarTo(withoutLatest(familiarString(reference)), known)
  if (similar === undefined) return error
  const hint = `did you mean the local image "${similar}"?`
  if (error instanceof EngineError) return new EngineError(error.message, error.statusCode, hint)
  return error instanceof ExitStatus ? new ExitStatus(error.exitCode, error.message, hint) : error
}

async function containerNames(context: HintContext): Promise<string[]> {
  return (await listContainers({}, context)).map(containerName)
}

/** Lists the engine's images as they are typed, with and without the default tag. */
async function imageNames({ engine, signal }: Pick<HintContext, 'engine' | 'signal'>): Promise<string[]> {
  const images = await engine.images.list({ all: false, manifests: false, filters: {}, signal })
  return images.flatMap(({ RepoTags }) => RepoTags ?? []).flatMap((name) => [...new Set([withoutLatest(name), name])])
}

async function networkNames({ engine, signal }: HintContext): Promise<string[]> {
  return (await engine.networks.list({}, signal)).map(({ Name = '' }) => Name)
}

async function volumeNames({ engine, signal }: HintContext): Promise<string[]> {
  return (await engine.volumes.list({}, signal)).map(({ Name = '' }) => Name)
}

/** Removes the default tag, which is rarely typed. */
function withoutLatest(name: string): string {
  return name.replace(/:latest$/, '')
}
