import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { familiarString, parseReference } from '../../../domain/image/reference.ts'

/**
 * `NAME=value` texts as a map; the last of a name counts.
 * @param env where a name alone takes its value from; one that is not set there is left out. Undefined: it is empty.
 * @throws Error in buildx's words
 */
export function readMap(
  texts: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const map = new Map<string, string>()
  for (const text of texts) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    if (name === '') throw new Error(`invalid key-value pair ${goQuote(text)}: empty key`)
    const value = equals >= 0 ? text.slice(equals + 1) : env ? variable(env, name) : ''
    if (value !== undefined) map.set(name, value)
  }
  // An own member each, whatever the name.
  return Object.fromEntries(map)
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined
}

/**
 * Reads `--build-context NAME=place`. Names are those of images, without `:latest`.
 * @throws Error in buildx's words
 */
export function readNamedContexts(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(texts.map(readNamedContext))
}

function readNamedContext(text: string): [name: string, place: string] {
  const equals = text.indexOf('=')
  if (equals < 0) throw new Error(`invalid context value: ${text}, expected key=value`)
  const typed = text.slice(0, equals)
  try {
    return [familiarString(parseReference(typed)).replace(/:latest$/, ''), text.slice(equals + 1)]
  } catch (error) {
    throw new Error(`invalid context name ${typed}: ${messageOf(error)}`)
  }
}
