/** Sets a field, or takes it away where Go would leave out what is empty. */
export function setList<K extends string, T>(
  target: { [P in K]?: NoInfer<T>[] | null },
  key: K,
  values: readonly T[],
): void {
  if (values.length > 0) target[key] = [...values]
  else delete target[key]
}

type TextMap = Record<string, string>

/** Takes keys away and sets others. Without a map nothing is taken, and one is made only for what is set. */
export function editedMap(
  map: TextMap | null | undefined,
  removed: readonly string[],
  added: TextMap,
): TextMap | null | undefined {
  if (!map && Object.keys(added).length === 0) return map
  const kept = Object.entries(map ?? {}).filter(([key]) => !removed.includes(key))
  return { ...Object.fromEntries(kept), ...added }
}

/** The list with what is added and without what is removed, each once or as often as typed, sorted. */
export function editedSet(
  current: readonly string[] | null | undefined,
  { added, removed, isUnique }: { added: readonly string[]; removed: readonly string[]; isUnique: boolean },
): string[] {
  const all = [...(current ?? []), ...added]
  return (isUnique ? [...new Set(all)] : all).filter((text) => !removed.includes(text)).sort()
}
