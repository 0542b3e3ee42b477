/** Functions that read members of JSON values of unknown shape. A missing or mistyped member has an empty value. */

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

export function text(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found : ''
}

export function flag(value: unknown, name: string): boolean {
  return field(value, name) === true
}

export function count(value: unknown, name: string): number {
  const found = field(value, name)
  return typeof found === 'number' ? found : 0
}

export function list(value: unknown, name: string): readonly unknown[] {
  return entries(field(value, name))
}

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
