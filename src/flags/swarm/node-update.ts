import { ExitStatus } from '../../domain/errors.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import type { NodeSpec } from '../../domain/swarm/node.ts'
import { type TypedFlags, text, texts, type ValuesOf } from '../flag.ts'

/** The flags of `node update`. */
export const nodeUpdateFlags = {
  availability: text({
    completes: ['active', 'pause', 'drain'],
    summary: 'Availability of the node: active, pause or drain',
  }),
  'label-add': texts({ summary: 'Add or change a label, KEY=VALUE' }),
  'label-rm': texts({ summary: 'Remove a label' }),
  role: text({ completes: ['worker', 'manager'], summary: 'Role of the node: worker or manager' }),
}

/**
 * Returns the spec of a node, changed by the flags that were typed.
 * @throws ExitStatus with docker's message if a label to remove does not exist
 */
export function changeNodeSpec(
  spec: NodeSpec,
  flags: ValuesOf<typeof nodeUpdateFlags>,
  typedFlags: TypedFlags,
): NodeSpec {
  const labels = { ...spec.Labels, ...keyValueMap(flags['label-add']) }
  for (const key of flags['label-rm']) {
    if (!Object.hasOwn(labels, key)) throw new ExitStatus(1, `key ${key} doesn't exist in node's labels`)
    delete labels[key]
  }
  const { Role, Availability, ...rest } = spec
  const changed = {
    Role: typedFlags.has('role') ? flags.role : Role,
    Availability: typedFlags.has('availability') ? flags.availability : Availability,
  }
  return { ...rest, ...omitEmpty(changed), Labels: labels }
}
