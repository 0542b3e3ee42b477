import { splitKeyValue } from '../key-value.ts'

/** The environment of this process, to look values up in. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Checks one `-e`, `KEY=value` or `KEY`. @throws Error with docker's reason */
export function checkVariable(text: string): string {
  if (splitKeyValue(text).key === '') throw new Error(`invalid environment variable: ${text}`)
  return text
}

/**
 * Gives a bare `KEY` of `-e` its value here; a key that is not set here stays bare, and the daemon then removes it from
 * what the image sets.
 */
export function resolveVariable(text: string, environment: Environment): string {
  const { key, value } = splitKeyValue(text)
  const local = environment[key]
  return value !== undefined || local === undefined ? text : `${key}=${local}`
}

/**
 * Reads an env file. Lines are literal: no quotes, no expansion; `#` begins a comment at the line's start only; a bare
 * key takes its value from `environment` and is dropped where that has none.
 * @param path as typed, for messages
 * @throws Error with docker's reason
 */
export function parseEnvFile(bytes: Uint8Array, path: string, environment: Environment): string[] {
  const lines = splitLines(withoutByteOrderMark(bytes))
  return lines.flatMap((lineBytes, index) => {
    const line = decodeLine(lineBytes, index + 1, path).replace(LEADING_SPACE, '')
    if (line === '' || line.startsWith('#')) return []
    const { key, value } = splitKeyValue(line)
    if (key === '') throw new Error(`invalid env file (${path}): no variable name on line '${line}'`)
    if (/[ \t]/.test(key)) throw new Error(`invalid env file (${path}): variable '${key}' contains whitespaces`)
    if (value !== undefined) return [line]
    const local = environment[key]
    return local === undefined ? [] : [`${key}=${local}`]
  })
}

/** Reads a label file: as an env file, but a bare key is dropped. @throws Error with docker's reason */
export function parseLabelFile(bytes: Uint8Array, path: string): string[] {
  return parseEnvFile(bytes, path, {})
}

/** What Go's `unicode.IsSpace` takes for space; the byte order mark is not. */
const LEADING_SPACE = /^[\t\n\v\f\r \u0085\p{Z}]+/u

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start)
    const end = found < 0 ? bytes.length : found
    lines.push(bytes.subarray(start, bytes[end - 1] === 0x0d && end > start ? end - 1 : end))
    start = end + 1
  }
  return lines
}

function decodeLine(bytes: Uint8Array, number: number, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error(`invalid env file (${path}): invalid utf8 bytes at line ${number}: [${bytes.join(' ')}]`)
  }
}

/** The last value of a repeated variable counts, at the place of the first. */
export function lastOfEach(variables: readonly string[]): string[] {
  return [...new Map(variables.map((variable) => [splitKeyValue(variable).key, variable])).values()]
}

/**
 * Adds the proxies that config.json sets for containers, each in capitals and in small letters, where `-e` does not
 * say otherwise.
 * @param proxies by name in capitals, such as `HTTP_PROXY`
 */
export function withProxies(variables: readonly string[], proxies: Readonly<Record<string, string>>): string[] {
  const named = new Set(variables.map((variable) => splitKeyValue(variable).key))
  const added = Object.entries(proxies)
    .flatMap(([name, proxy]): [string, string][] => [
      [name, proxy],
      [name.toLowerCase(), proxy],
    ])
    .filter(([name, proxy]) => proxy !== '' && !named.has(name))
  return [...variables, ...added.map(([name, proxy]) => `${name}=${proxy}`)]
}
