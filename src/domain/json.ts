// Access to values of JSON whose shape is not known.

/** Returns a member of a JSON object; undefined if the value is not an object or does not have it. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** Returns a string member of a JSON object; empty if there is none. */
export function textIn(value: unknown, name: string): string {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : ''
}
