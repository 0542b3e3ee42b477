import { EngineError, ExitStatus } from '../domain/errors.ts'
import { OBJECT_KINDS, type ObjectKind } from '../engine/objects.ts'
import { inspection } from '../format/inspect.ts'
import type { Cli } from './cli.ts'
import { describeError } from './report-error.ts'

/** One object that was found. */
interface Found {
  readonly kind: ObjectKind
  readonly json: string
}

/**
 * Prints objects, and then says which could not be found or shown.
 * @param find how a name is looked up
 * @throws ExitStatus 1 with the failures, one a line; FormatError for a template that cannot be read
 */
export async function inspectAll(
  names: readonly string[],
  format: string,
  find: (name: string) => Promise<Found>,
  cli: Cli,
): Promise<void> {
  const objects = await inspection(format)
  const failures: string[] = []
  for (const name of names) {
    try {
      const { kind, json } = await find(name)
      if (kind === 'container' || kind === 'image') objects.add(json, kind)
      else objects.add(json)
    } catch (error) {
      failures.push(describeError(error))
    }
  }
  cli.out.write(objects.output())
  if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
}

/** Looks a name up as one kind of object. @param size whether a container's sizes are wanted */
export async function findObject(kind: ObjectKind, name: string, size: boolean, { engine }: Cli): Promise<Found> {
  const json = await engine.objects.inspect(kind, name, kind === 'container' && size ? { size: 1 } : {})
  return { kind, json }
}

/** Looks a name up as every kind in turn. @throws Error in docker's words when nothing has it */
export async function findAnything(name: string, size: boolean, cli: Cli): Promise<Found> {
  for (const kind of OBJECT_KINDS) {
    try {
      return await findObject(kind, name, size, cli)
    } catch (error) {
      if (!isAbsence(error)) throw error
    }
  }
  throw new Error(`Error: No such object: ${name}`)
}

/** Not found, or a kind that this daemon has none of: no swarm, or no plugins. */
function isAbsence(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false
  return error.isNotFound || error.message.includes('This node is not a swarm manager') || error.statusCode === 501
}
