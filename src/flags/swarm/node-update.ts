import { ExitStatus } from '../../domain/errors.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import type { NodeSpec } from '../../domain/swarm/node.ts'
import { text, texts, type ValuesOf } from '../flag.ts'

/** Every flag of `node update`. */
export const nodeUpdateFlags = {
  availability: text({
    completes: ['active', 'pause', 'drain'],
    summary: 'Whether it takes tasks: active, pause or drain',
  }),
  'label-add': texts({ summary: 'Label it, or change a label, KEY=VALUE' }),
  'label-rm': texts({ summary: 'Take a label off' }),
  role: text({ completes: ['worker', 'manager'], summary: 'worker or manager' }),
}

/**
 * What is asked of a node, changed by the flags that were typed.
 * @throws ExitStatus in docker's words for a label that it does not have
 */
export function changedNode(
  spec: NodeSpec,
  flags: ValuesOf<typeof nodeUpdateFlags>,
  typedFlags: ReadonlySet<string>,
): NodeSpec {
  const labels = { ...spec.Labels, ...keyValueMap(flags['label-add']) }
  for (const key of flags['label-rm']) {
    if (!Object.hasOwn(labels, key)) throw new ExitStatus(1, `key ${key} doesn't exist in node's labels`)
    delete labels[key]
  }
  const { Role, Availability, ...rest } = spec
  const asked = {
    Role: typedFlags.has('role') ? flags.role : Role,
    Availability: typedFlags.has('availability') ? flags.availability : Availability,
  }
  return { ...rest, ...omitEmpty(asked), Labels: labels }
}
