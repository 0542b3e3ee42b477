import type { Cli } from '../../cli/cli.ts'
import { settleInOrder, throwFailures } from '../../cli/each.ts'
import { EngineError } from '../../domain/errors.ts'
import type { Platform } from '../../domain/image/platform.ts'
import { OBJECT_KINDS, type ObjectKind } from '../../engine/api/objects.ts'
import type { Query } from '../../engine/connection.ts'
import { inspection } from '../../format/inspect.ts'
import type { ObjectType } from '../../format/templates/types/objects.ts'

/** An object's JSON. */
export interface Inspectable {
  readonly kind: ObjectType
  readonly json: string
  /** A line for stderr. */
  readonly warning?: string
}

/** An object of the daemon. */
interface Found extends Inspectable {
  readonly kind: ObjectKind
}

/**
 * Prints objects, and then reports those that do not exist or cannot be formatted.
 * @param find returns the object with a name
 * @param isTypedOnly whether docker shows only the fields of its own type, as in `volume inspect`
 * @throws ExitStatus 1 with the failures, one a line; FormatError for an invalid template
 */
export async function inspectAll(
  names: readonly string[],
  format: string,
  find: (name: string) => Promise<Inspectable>,
  cli: Cli,
  isTypedOnly = false,
): Promise<void> {
  const objects = await inspection(format, isTypedOnly)
  const found = new Map<string, Inspectable>()
  const failures: unknown[] = []
  // docker requests one object after the other, which takes long when the daemon is far away.
  const outcomes = settleInOrder(names, async (name) => {
    found.set(name, await find(name))
  })
  for await (const { item: name, error } of outcomes) {
    const object = found.get(name)
    try {
      if (object === undefined) throw error
      if (object.warning !== undefined) cli.err.write(`${object.warning}\n`)
      objects.add(object.json, object.kind)
    } catch (failure) {
      failures.push(failure)
    }
  }
  cli.out.write(objects.output())
  throwFailures(failures)
}

/** Options of some kinds of objects. */
interface InspectOptions {
  /** Whether a container's sizes are computed. */
  readonly size?: boolean
  /** The platform of an image. */
  readonly platform?: Platform
  /** Whether a network's services and tasks are included. */
  readonly verbose?: boolean
}

/** Returns the object of one kind with a name. @throws EngineError, ConnectionError */
export async function findObject(
  kind: ObjectKind,
  name: string,
  options: InspectOptions,
  { engine }: Cli,
): Promise<Found> {
  const query = queryFor(kind, options)
  return { kind, json: await engine.objects.inspect(kind, name, query) }
}

function queryFor(kind: ObjectKind, { size = false, platform, verbose = false }: InspectOptions): Query {
  if (kind === 'service') return { insertDefaults: true }
  if (kind === 'container') return size ? { size: 1 } : {}
  if (kind === 'network') return verbose ? { verbose: true } : {}
  return kind === 'image' ? { platform } : {}
}

/** The kinds that only swarm managers have. */
const SWARM_KINDS: ReadonlySet<ObjectKind> = new Set(['service', 'task', 'node', 'secret', 'config'])

/** Searches for a name in all kinds in turn. @throws Error with docker's message if no object has the name */
export async function findAnything(name: string, size: boolean, cli: Cli): Promise<Found> {
  let hasSwarm: boolean | undefined
  for (const kind of OBJECT_KINDS) {
    try {
      if (SWARM_KINDS.has(kind)) {
        hasSwarm ??= await cli.engine.system.isSwarmManager()
        if (!hasSwarm) continue
      }
      const found = await findObject(kind, name, { size }, cli)
      return size && kind !== 'container' ? { ...found, warning: `WARNING: --size ignored for ${kind}` } : found
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
  throw new Error(`Error: No such object: ${name}`)
}

/** Whether the object does not exist, or the daemon does not have this kind of object. */
function isNotFound(error: unknown): boolean {
  return error instanceof EngineError && (error.isNotFound || error.statusCode === 501)
}
