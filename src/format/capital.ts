/** A text that begins with a capital, as docker shows states (formatter.PrettyPrint). */
export function capitalized(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}
