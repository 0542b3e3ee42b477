/** Stands for every capability. */
const ALL = 'ALL'
/** Makes an update discard the current capabilities. */
const RESET = 'RESET'

/** The capabilities to add to a container's default set, and to drop from it. */
export interface Capabilities {
  readonly add: string[]
  readonly drop: string[]
}

/** Returns the normalized capabilities. One that is both added and dropped is added (docker/cli opts.EffectiveCapAddCapDrop). */
export function effectiveCapabilities(add: readonly string[], drop: readonly string[]): Capabilities {
  const added = collapsed(normalized(add))
  const dropped = collapsed(normalized(drop))
  return { add: sorted(added), drop: sorted(dropped).filter((name) => !added.has(name)) }
}

/**
 * Returns the capabilities after an update. Adding a capability first cancels that it was dropped, and the other way round;
 * only if there is nothing to cancel, it goes into the list (docker/cli service.updateCapabilities).
 */
export function updateCapabilities(
  current: Capabilities,
  add: readonly string[],
  drop: readonly string[],
): Capabilities {
  const toAdd = normalized(add)
  const toDrop = normalized(drop)
  const added = toAdd.delete(RESET) ? new Set<string>() : normalized(current.add)
  const dropped = toDrop.delete(RESET) ? new Set<string>() : normalized(current.drop)
  for (const name of toDrop) if (!toAdd.has(name) && !added.delete(name)) dropped.add(name)
  for (const name of toAdd) if (!dropped.delete(name)) added.add(name)
  return { add: sorted(collapsed(added)), drop: sorted(collapsed(dropped)) }
}

function normalized(names: readonly string[]): Set<string> {
  const capitals = names.map((name) => name.trim().toUpperCase())
  return new Set(
    capitals.map((name) => (name === ALL || name === RESET || name.startsWith('CAP_') ? name : `CAP_${name}`)),
  )
}

/** ALL makes the other names redundant. */
function collapsed(names: Set<string>): Set<string> {
  return names.has(ALL) ? new Set([ALL]) : names
}

function sorted(names: ReadonlySet<string>): string[] {
  return [...names].filter((name) => name !== RESET).sort()
}
