import type { Cli } from '../../cli/cli.ts'
import { failuresInTurn, throwFailures } from '../../cli/each.ts'
import { EngineError } from '../../domain/errors.ts'
import type { Platform } from '../../domain/image/platform.ts'
import { OBJECT_KINDS, type ObjectKind } from '../../engine/api/objects.ts'
import type { Query } from '../../engine/connection.ts'
import { inspection } from '../../format/inspect.ts'
import type { ObjectType } from '../../format/templates/types/objects.ts'

/** One object, as JSON. */
export interface Inspectable {
  readonly kind: ObjectType
  readonly json: string
}

/** One object that the daemon has. */
interface Found extends Inspectable {
  readonly kind: ObjectKind
}

/**
 * Prints objects, and then says which could not be found or shown.
 * @param find how a name is looked up
 * @param isTypedOnly whether docker shows no more than its own type of the object has, as in `volume inspect`
 * @throws ExitStatus 1 with the failures, one a line; FormatError for a template that cannot be read
 */
export async function inspectAll(
  names: readonly string[],
  format: string,
  find: (name: string) => Promise<Inspectable>,
  cli: Cli,
  isTypedOnly = false,
): Promise<void> {
  const objects = await inspection(format, isTypedOnly)
  const failures = await failuresInTurn(names, async (name) => {
    const { kind, json } = await find(name)
    objects.add(json, kind)
  })
  cli.out.write(objects.output())
  throwFailures(failures)
}

/** What may be asked for beside the name. */
interface Wanted {
  /** A container's sizes. */
  readonly size?: boolean
  /** Which of an image's variants. */
  readonly platform?: Platform
  /** What a swarm runs on a network. */
  readonly verbose?: boolean
}

/** Looks a name up as one kind of object. */
export async function findObject(kind: ObjectKind, name: string, wanted: Wanted, { engine }: Cli): Promise<Found> {
  const query = queryFor(kind, wanted)
  return { kind, json: await engine.objects.inspect(kind, name, query) }
}

function queryFor(kind: ObjectKind, { size = false, platform, verbose = false }: Wanted): Query {
  if (kind === 'service') return { insertDefaults: true }
  if (kind === 'container') return size ? { size: 1 } : {}
  if (kind === 'network') return verbose ? { verbose: true } : {}
  return kind === 'image' ? { platform } : {}
}

/** Only a swarm's manager knows them. */
const SWARM_KINDS: ReadonlySet<ObjectKind> = new Set(['service', 'task', 'node', 'secret', 'config'])

/** Looks a name up as every kind in turn. @throws Error in docker's words when nothing has it */
export async function findAnything(name: string, size: boolean, cli: Cli): Promise<Found> {
  let hasSwarm: boolean | undefined
  for (const kind of OBJECT_KINDS) {
    try {
      if (SWARM_KINDS.has(kind)) {
        hasSwarm ??= await cli.engine.system.managesSwarm()
        if (!hasSwarm) continue
      }
      const found = await findObject(kind, name, { size }, cli)
      if (size && kind !== 'container') cli.err.write(`WARNING: --size ignored for ${kind}\n`)
      return found
    } catch (error) {
      if (!isAbsence(error)) throw error
    }
  }
  throw new Error(`Error: No such object: ${name}`)
}

/** Not found, or a kind that this daemon has none of. */
function isAbsence(error: unknown): boolean {
  return error instanceof EngineError && (error.isNotFound || error.statusCode === 501)
}
