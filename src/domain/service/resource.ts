import { parseDecimalInt } from '../go/int.ts'
import { trimSpace } from '../go/space.ts'
import type { GenericResource } from './service.ts'

/**
 * Checks one `--generic-resource`, `NAME=NUMBER`.
 * @throws Error with docker's reason
 */
export function checkGenericResource(text: string): string {
  if (!text.includes('=')) throw new Error(`invalid generic-resource format \`${text}\` expected \`name=value\``)
  return text
}

/**
 * Parses the `--generic-resource` flags. A service can reserve a number of a kind, but not a named resource.
 * @throws Error with docker's reason
 */
export function parseGenericResources(texts: readonly string[]): GenericResource[] {
  const valuesByKind = new Map<string, string[]>()
  for (const text of texts) {
    const parts = text.split('=')
    const [kind = '', value = ''] = parts
    if (parts.length !== 2) throw invalidResource(`incorrect term ${text}, missing '=' or malformed expression`)
    const name = trimSpace(kind)
    valuesByKind.set(name, [...(valuesByKind.get(name) ?? []), trimSpace(value)])
  }
  return [...valuesByKind].map(([kind, values]) => parseResource(kind, values))
}

function parseResource(kind: string, values: readonly string[]): GenericResource {
  const [first = ''] = values
  const counts = values.map((value) => parseDecimalInt(value, 'int64')).filter((count) => typeof count !== 'string')
  const [count] = counts
  if (values.length === 1 && count !== undefined) {
    if (count < 0) throw invalidResource(`cannot ask for negative resource ${kind}`)
    return {
      DiscreteResourceSpec: { ...(kind === '' ? {} : { Kind: kind }), ...(count === 0 ? {} : { Value: count }) },
    }
  }
  if (counts.length > 0) {
    throw invalidResource(`mixed discrete and named resources in expression '${kind}=[${values.join(' ')}]'`)
  }
  throw new Error(
    `invalid generic-resource request \`${kind}=${first}\`, Named Generic Resources is not supported for service create or update`,
  )
}

function invalidResource(reason: string): Error {
  return new Error(`invalid generic resource specification: could not parse GenericResource: ${reason}`)
}
