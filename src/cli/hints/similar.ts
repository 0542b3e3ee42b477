/**
 * What was probably meant by a word that was mistyped; undefined when nothing is near enough. Two letters that changed
 * places count as one mistake.
 */
export async function similarTo(typed: string, known: readonly string[]): Promise<string | undefined> {
  const { distance } = await import('fastest-levenshtein')
  const mistakes = (name: string) => distance(typed, name) - (isSwapped(typed, name) ? 1 : 0)
  const [nearest] = known
    .map((name) => ({ name, far: mistakes(name) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(typed.length / 3)))
    .sort((a, b) => a.far - b.far)
  return nearest?.name
}

/** Whether two letters beside each other have changed places, and nothing else is different. */
function isSwapped(typed: string, name: string): boolean {
  const at = [...typed].findIndex((letter, index) => letter !== name[index])
  const swapped = typed.slice(0, at) + (typed[at + 1] ?? '') + (typed[at] ?? '') + typed.slice(at + 2)
  return at >= 0 && swapped === name
}
