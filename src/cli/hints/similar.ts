/**
 * Returns the known name that is most similar to a mistyped one; undefined if none is similar enough. Two swapped
 * letters count as one mistake.
 */
export async function similarTo(typed: string, known: readonly string[]): Promise<string | undefined> {
  const { distance } = await import('fastest-levenshtein')
  const mistakes = (name: string) => distance(typed, name) - (isTransposed(typed, name) ? 1 : 0)
  const [nearest] = known
    .map((name) => ({ name, count: mistakes(name) }))
    .filter(({ count }) => count <= Math.max(1, Math.floor(typed.length / 3)))
    .sort((a, b) => a.count - b.count)
  return nearest?.name
}

/** Whether the only difference is that two adjacent letters are swapped. */
function isTransposed(typed: string, name: string): boolean {
  const at = [...typed].findIndex((letter, index) => letter !== name[index])
  const swapped = typed.slice(0, at) + (typed[at + 1] ?? '') + (typed[at] ?? '') + typed.slice(at + 2)
  return at >= 0 && swapped === name
}
