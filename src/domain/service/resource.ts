import type { GenericResource } from './service.ts'

const TOO_LARGE = 1n << 63n

/** Checks one `--generic-resource`, `NAME=NUMBER`. @throws Error with docker's reason */
export function checkGenericResource(text: string): string {
  if (!text.includes('=')) throw new Error(`invalid generic-resource format \`${text}\` expected \`name=value\``)
  return text
}

/**
 * Reads all `--generic-resource`s. A service may ask for a number of a kind only, not for one by its name.
 * @throws Error with docker's reason
 */
export function parseGenericResources(texts: readonly string[]): GenericResource[] {
  const valuesOf = new Map<string, string[]>()
  for (const text of texts) {
    const parts = text.split('=')
    const [kind = '', value = ''] = parts
    if (parts.length !== 2) throw complaint(`incorrect term ${text}, missing '=' or malformed expression`)
    valuesOf.set(kind.trim(), [...(valuesOf.get(kind.trim()) ?? []), value.trim()])
  }
  return [...valuesOf].map(([kind, values]) => resource(kind, values))
}

function resource(kind: string, values: readonly string[]): GenericResource {
  const [first = ''] = values
  const numbers = values.filter(isNumber)
  if (values.length === 1 && numbers.length === 1) {
    const count = Number(first)
    if (count < 0) throw complaint(`cannot ask for negative resource ${kind}`)
    return {
      DiscreteResourceSpec: { ...(kind === '' ? {} : { Kind: kind }), ...(count === 0 ? {} : { Value: count }) },
    }
  }
  if (numbers.length > 0) {
    throw complaint(`mixed discrete and named resources in expression '${kind}=[${values.join(' ')}]'`)
  }
  throw new Error(
    `invalid generic-resource request \`${kind}=${first}\`, Named Generic Resources is not supported for service create or update`,
  )
}

function complaint(reason: string): Error {
  return new Error(`invalid generic resource specification: could not parse GenericResource: ${reason}`)
}

function isNumber(text: string): boolean {
  if (!/^[+-]?\d+$/.test(text)) return false
  const number = BigInt(text.replace(/^\+/, ''))
  return number < TOO_LARGE && number >= -TOO_LARGE
}
