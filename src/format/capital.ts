/** A text as docker shows states: the first letter a capital, the others not (docker/cli formatter.PrettyPrint). */
export function capitalized(text: string): string {
  if (text.length <= 1) return text.toLowerCase()
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length).toLowerCase()
}
