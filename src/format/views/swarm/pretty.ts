import { instantText, parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'

/** Formats an RFC 3339 time as `inspect --pretty` does. */
export function formatTime(time = ''): string {
  return capitalize(instantText(parseInstant(time) ?? ZERO_INSTANT))
}

/** Formats a header and a line for each label, as `inspect --pretty` does; nothing without labels. */
export function formatLabelLines(
  labels: Readonly<Record<string, string>> | null | undefined,
  header = 'Labels:',
): string[] {
  const names = Object.keys(labels ?? {}).sort()
  if (names.length === 0) return []
  const line = (name: string) => (labels?.[name] ? ` - ${name}=${labels[name]}` : ` - ${name}`)
  return [header, ...names.map(line)]
}

/** Changes the first letter to upper case and the others to lower case (docker/cli formatter.PrettyPrint). */
export function capitalize(text: string): string {
  if (text.length <= 1) return text.toLowerCase()
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length).toLowerCase()
}
