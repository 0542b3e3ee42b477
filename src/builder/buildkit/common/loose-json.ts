/** Functions that read members of JSON values of unknown shape. A missing or mistyped member has an empty value. */

/** Returns a member of an object; undefined when the value is not an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Returns a string member, or `''`. */
export function text(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found : ''
}

/** Returns whether a member is `true`. */
export function flag(value: unknown, name: string): boolean {
  return field(value, name) === true
}

/** Returns a number member, or 0. */
export function count(value: unknown, name: string): number {
  const found = field(value, name)
  return typeof found === 'number' ? found : 0
}

/** Returns an array member, or an empty array. */
export function list(value: unknown, name: string): readonly unknown[] {
  return entries(field(value, name))
}

/** Returns an array, or an empty one for any other value. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Parses JSON; undefined when the text is not valid. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
