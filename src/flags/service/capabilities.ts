/** What stands for every capability. */
const ALL = 'ALL'
/** What makes an update forget the capabilities that there were. */
const RESET = 'RESET'

/** Capabilities to add to what containers usually have, and to take away. */
export interface Capabilities {
  readonly add: string[]
  readonly drop: string[]
}

/** Of a capability that is both added and dropped, adding counts (docker/cli opts.EffectiveCapAddCapDrop). */
export function effectiveCapabilities(add: readonly string[], drop: readonly string[]): Capabilities {
  const added = trumped(normalized(add))
  const dropped = trumped(normalized(drop))
  return { add: sorted(added), drop: sorted(dropped).filter((name) => !added.has(name)) }
}

/**
 * Capabilities after an update. What is added takes back what was dropped before, and the other way round; only what
 * was not there the other way goes into the list (docker/cli service.updateCapabilities).
 */
export function updatedCapabilities(
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
  return { add: sorted(trumped(added)), drop: sorted(trumped(dropped)) }
}

function normalized(names: readonly string[]): Set<string> {
  const capitals = names.map((name) => name.trim().toUpperCase())
  return new Set(
    capitals.map((name) => (name === ALL || name === RESET || name.startsWith('CAP_') ? name : `CAP_${name}`)),
  )
}

/** Beside all, nothing else counts. */
function trumped(names: Set<string>): Set<string> {
  return names.has(ALL) ? new Set([ALL]) : names
}

function sorted(names: ReadonlySet<string>): string[] {
  return [...names].filter((name) => name !== RESET).sort()
}
