import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { parseGenericResources } from '../../domain/service/resource.ts'
import type { GenericResource, TaskSpec } from '../../domain/service/service.ts'
import type { TypedFlags } from './defaults.ts'
import { setList } from './edit-lists.ts'
import type { ServiceUpdateFlags } from './update-flags.ts'

/** Limits and reservations. @throws Error with docker's reason */
export function editResources(
  task: TaskSpec,
  { flags, typedFlags }: { readonly flags: ServiceUpdateFlags; readonly typedFlags: TypedFlags },
): void {
  if (['limit-cpu', 'limit-memory', 'limit-pids'].some((name) => typedFlags.has(name))) {
    task.Resources = { Reservations: {}, ...withoutNull(task.Resources) }
    task.Resources.Limits = omitEmpty({
      ...task.Resources.Limits,
      ...(typedFlags.has('limit-cpu') ? { NanoCPUs: flags['limit-cpu'] } : {}),
      ...(typedFlags.has('limit-memory') ? { MemoryBytes: flags['limit-memory'] } : {}),
      ...(typedFlags.has('limit-pids') ? { Pids: flags['limit-pids'] } : {}),
    })
  }
  if (typedFlags.has('reserve-cpu') || typedFlags.has('reserve-memory')) {
    task.Resources = { Limits: {}, ...withoutNull(task.Resources) }
    task.Resources.Reservations = omitEmpty({
      ...task.Resources.Reservations,
      ...(typedFlags.has('reserve-cpu') ? { NanoCPUs: flags['reserve-cpu'] } : {}),
      ...(typedFlags.has('reserve-memory') ? { MemoryBytes: flags['reserve-memory'] } : {}),
    })
  }
  editGenericResources(task, flags)
}

function editGenericResources(task: TaskSpec, flags: ServiceUpdateFlags): void {
  const added = parseGenericResources(flags['generic-resource-add'])
  const removed = flags['generic-resource-rm']
  if (added.length === 0 && removed.length === 0) return
  task.Resources ??= {}
  task.Resources.Reservations ??= {}
  const byKind = new Map<string, GenericResource>()
  for (const resource of task.Resources.Reservations.GenericResources ?? []) byKind.set(kindOf(resource), resource)
  for (const resource of added) byKind.set(kindOf(resource), resource)
  for (const kind of removed) {
    if (!byKind.delete(kind)) throw new Error(`could not find generic-resource \`${kind}\` to remove it`)
  }
  setList(task.Resources.Reservations, 'GenericResources', [...byKind.values()])
}

function kindOf({ DiscreteResourceSpec }: GenericResource): string {
  return DiscreteResourceSpec?.Kind ?? ''
}

function withoutNull<T extends object>(fields: T | null | undefined): Partial<T> {
  return omitEmpty(fields ?? {})
}
