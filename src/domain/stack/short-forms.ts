// Kinds of fields that a Compose file may write in more than one form, such as a list or a single string.
import type { Int64 } from '../go/int.ts'
import { splitShellWords } from '../shell-words.ts'
import { parseRamBytes } from '../size.ts'
import { converted, integer, type Kind, list, mapOf, optional, text } from './kind.ts'
import { goType, isSequence, printValue, type YamlMap, type YamlValue } from './value.ts'

export const texts = list(text)

/** A list of strings, or a single one. */
export const stringList = converted(texts, (value) => (typeof value === 'string' ? [value] : value))

/** A command line: a list of words, or a text that is split as a shell splits it. */
export const command = converted(
  list(text, (base, override) => (override.length > 0 ? override : base)),
  (value) => (typeof value === 'string' ? splitShellWords(value) : value),
)

export const healthTest = converted(texts, (value) => (typeof value === 'string' ? ['CMD-SHELL', value] : value))

export const numbersAsTexts = converted(texts, (value) => (isSequence(value) ? value.map(printValue) : value))

/** Converts a list of `key=value` to a map. @param absent the value of a key without one */
function toMap(value: YamlValue, absent: null | ''): YamlValue {
  if (value instanceof Map) {
    return new Map([...value].map(([key, member]) => [key, member === null ? absent : printValue(member)]))
  }
  if (!isSequence(value)) return value
  return new Map(
    value.map((item): [string, YamlValue] => {
      const entry = printValue(item)
      const at = entry.indexOf('=')
      return at < 0 ? [entry, absent] : [entry.slice(0, at), entry.slice(at + 1)]
    }),
  )
}

export const textMap = converted(mapOf(text), (value) => toMap(value, ''))

const variable = optional(text)

/** A map in which a key may have no value. */
export const variables = converted(mapOf(variable, variable.merge), (value) => toMap(value, null))

/** Lines `host:address`, which a list may also separate by `=`. A mapping is sorted, a list is not. */
export const hosts = converted(texts, (value) => {
  const lines = value instanceof Map ? hostsOfMap(value) : isSequence(value) ? hostsOfList(value) : []
  return lines.map((line) => line.replace(/^([^:]*):\[(.+)\]$/s, '$1:$2'))
})

function hostsOfMap(hosts: YamlMap): string[] {
  const addresses = [...hosts].filter(([, address]) => address !== null)
  return addresses.map(([host, address]) => `${host}:${formatText(address)}`).sort()
}

/** Formats a value as Go's verb `%s` does. */
function formatText(value: YamlValue): string {
  return typeof value === 'string' ? value : `%!s(${goType(value)}=${printValue(value)})`
}

function hostsOfList(hosts: readonly YamlValue[]): string[] {
  return hosts.flatMap((entry) => {
    const line = printValue(entry)
    const separator = line.includes('=') ? '=' : ':'
    return line.includes(separator) ? [line.replace(separator, ':')] : []
  })
}

/** A size in bytes. It is printed as a string. */
export const size: Kind<Int64> = {
  ...converted(integer('int64'), (value) => (typeof value === 'string' ? parseRamBytes(value) : value)),
  encode: (value) => String(value),
}
