import { instantText, parseInstant, ZERO_INSTANT } from '../../domain/go/instant.ts'
import { capitalized } from '../capital.ts'

/** A time in RFC 3339 as `inspect --pretty` shows it. */
export function timeText(time = ''): string {
  return capitalized(instantText(parseInstant(time) ?? ZERO_INSTANT))
}

/** Labels under a head of their own, a line each, as `inspect --pretty` shows them; nothing where there are none. */
export function labelLines(labels: Readonly<Record<string, string>> | null | undefined, head = 'Labels:'): string[] {
  const names = Object.keys(labels ?? {}).sort()
  if (names.length === 0) return []
  const line = (name: string) => (labels?.[name] ? ` - ${name}=${labels[name]}` : ` - ${name}`)
  return [head, ...names.map(line)]
}
