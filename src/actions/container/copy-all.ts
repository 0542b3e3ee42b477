/** Copies several files with one command line, among them those that match a pattern in a container. */
import { splitPath } from '../../archive/copy-path.ts'
import { inspectLocalDestination } from '../../archive/local-copy-end.ts'
import { throwFailures } from '../../cli/each.ts'
import type { CopyArgument } from '../../domain/container/copy-argument.ts'
import { ConnectionError, EngineError } from '../../domain/errors.ts'
import { ContainerStreamApi } from '../../engine/api/container-streams.ts'
import {
  absolutePath,
  type CopyEnvironment,
  containerDestination,
  noContainerError,
  requireDirectory,
  STREAM,
} from './copy-ends.ts'
import { expandPattern } from './expand-pattern.ts'

export interface CopyAll {
  readonly sources: readonly CopyArgument[]
  readonly destination: CopyArgument
  /** Copies one source, whose path has no wildcards. */
  readonly copyOne: (source: CopyArgument) => Promise<void>
}

/** The last components of paths that stand for a directory's contents, or for a directory whose name is not known. */
const UNNAMED: readonly string[] = ['.', '..', '/']

type Environment = Omit<CopyEnvironment, 'display'>

/**
 * Copies each source. One that fails does not keep the others from being copied. A path in a container that does not exist is
 * taken as a pattern.
 * @throws ExitStatus 1 with the message of each failure, one a line; Error, before anything is copied, if the destination of
 *   several sources is not a directory
 */
export async function copyAll({ sources, destination, copyOne }: CopyAll, environment: Environment): Promise<void> {
  if (sources.length > 1) await checkSeveral(sources, destination, environment)
  const copied = new Map<string, string>()
  const copyOnce = async (source: CopyArgument) => {
    const { name } = splitPath(source.path)
    const text = argumentText(source)
    const earlier = copied.get(name)
    if (earlier !== undefined && earlier !== text)
      throw new Error(`will not overwrite the copy of ${earlier} with ${text}`)
    await copyOne(source)
    if (!UNNAMED.includes(name)) copied.set(name, text)
  }
  const failures: unknown[] = []
  const attempt = async (copy: () => Promise<void>) => {
    // Without a daemon, each of the others would fail with the same message.
    if (failures.some((error) => error instanceof ConnectionError)) return
    try {
      await copy()
    } catch (error) {
      if (environment.signal.aborted) throw error
      failures.push(error)
    }
  }
  for (const source of sources) {
    await attempt(async () => {
      const matches = await copyOrExpand(source, copyOnce, environment)
      if (sources.length === 1 && matches.length > 1) await checkSeveral(matches, destination, environment)
      for (const match of matches) await attempt(() => copyOnce(match))
    })
  }
  throwFailures(failures)
}

/**
 * Copies a source, or if it does not exist, returns what matches it as a pattern.
 * @throws the error of the copy if nothing matches
 */
async function copyOrExpand(
  source: CopyArgument,
  copy: (source: CopyArgument) => Promise<void>,
  environment: Environment,
): Promise<CopyArgument[]> {
  try {
    await copy(source)
    return []
  } catch (error) {
    if (source.container === '' || !isNotFound(error)) throw error
    const paths = await expandPattern(source, environment).catch((reason: unknown) => {
      if (isNotFound(reason)) return []
      throw reason
    })
    if (paths.length === 0) throw error
    return paths.map((path) => ({ container: source.container, path }))
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof EngineError && error.isNotFound
}

/** Checks that several sources can be copied to a destination. @throws EngineError, ConnectionError, Error */
async function checkSeveral(
  sources: readonly CopyArgument[],
  destination: CopyArgument,
  environment: Environment,
): Promise<void> {
  if (isStream(destination)) throw new Error(`an archive on stdout can hold one source, not ${sources.length}`)
  if (sources.some(isStream)) throw new Error('an archive on stdin cannot be one of several sources')
  if (destination.container === '') {
    if (sources.some(({ container }) => container === '')) throw noContainerError()
    requireDirectory(destination, inspectLocalDestination(absolutePath(destination.path, environment.directory)))
    return
  }
  const end = await containerDestination(destination, environment)
  // If nothing is known about the destination, there may be no such container.
  if (!end.exists) {
    await new ContainerStreamApi(environment.connection).inspect(destination.container, environment.signal)
  }
  requireDirectory(destination, end)
}

function isStream({ container, path }: CopyArgument): boolean {
  return container === '' && path === STREAM
}

function argumentText(argument: CopyArgument): string {
  return JSON.stringify(`${argument.container === '' ? '' : `${argument.container}:`}${argument.path}`)
}
