// The request for a container that replaces another one.
import type { OriginalRequest } from '../../../domain/container/inspected/request.ts'
import { isObject } from '../../../domain/go/fields.ts'
import { runFlags } from '../../../flags/container/create.ts'
import type { ClientEnvironment } from '../../../flags/container/environment.ts'
import type { FlagArgument } from '../../../flags/container/flag-argument.ts'
import { overrideFlags } from '../../../flags/container/override.ts'
import type { ContainerLine } from './container-line.ts'
import { translateWords, wordsOf } from './run-line.ts'

/** What a recreated container has and its predecessor has not. */
export interface Changes {
  readonly flags: readonly FlagArgument[]
  /** Empty for the same image. */
  readonly image: string
  /** The names of the flags whose values the container loses. */
  readonly reset: readonly string[]
}

/**
 * Returns the request for the new container. What the changes do not concern stays as it is, also where no flag can set it.
 * @throws Error with docker's reason for changes that it does not accept
 */
export function changedRequest(line: ContainerLine, changes: Changes, client: ClientEnvironment): OriginalRequest {
  const [ownImage = '', ...command] = line.operands
  const readFile = (path: string) =>
    path === line.profileFile ? new TextEncoder().encode(line.profile) : client.readFile(path)
  const { apiVersion, cwd } = client
  const translation = { apiVersion, cwd, readFile, consoleSize: line.body.HostConfig.ConsoleSize }
  // The file of an old --cidfile exists, so that a second container cannot be written to it.
  const flags = overrideFlags(line.flags, changes.flags, [...changes.reset, 'cidfile'], runFlags)
  const translate = (all: readonly FlagArgument[], image: string) =>
    translateWords([...all.flatMap(wordsOf), image, ...command], translation)
  const before = translate(line.flags, ownImage)
  const after = translate(flags, changes.image || ownImage)
  const isMoved = [...changes.flags.map(({ name }) => name), ...changes.reset].includes('network')
  const body = applyChange(line.body, before, after)
  // A request for one network need not have its endpoint, so the change is no measure here.
  if (isMoved) return { body: { ...body, NetworkingConfig: after.NetworkingConfig }, connections: [] }
  return { body, connections: line.connections }
}

/** Returns `original` with the difference of `before` and `after`. */
function applyChange<T extends object>(original: T, before: T, after: T): T
function applyChange(original: object, before: object, after: object): object {
  const result: Record<string, unknown> = { ...original }
  const [old, changed]: Record<string, unknown>[] = [{ ...before }, { ...after }]
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [value, from, to] = [result[name], old?.[name], changed?.[name]]
    if (jsonOf(from) === jsonOf(to)) continue
    if (isObject(value) && isObject(to)) result[name] = applyChange(value, isObject(from) ? from : {}, to)
    else if (Array.isArray(value) && Array.isArray(from) && Array.isArray(to))
      result[name] = applyToList(value, from, to)
    else if (to === undefined) delete result[name]
    else result[name] = to
  }
  return result
}

/** Items that were there before keep what no flag can set. */
function applyToList(original: readonly unknown[], before: readonly unknown[], after: readonly unknown[]): unknown[] {
  if (original.length !== before.length) return [...after]
  return after.map((item) => {
    const index = before.findIndex((other) => jsonOf(other) === jsonOf(item))
    return index < 0 ? item : original[index]
  })
}

function jsonOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
}
