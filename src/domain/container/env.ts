import { splitKeyValue } from '../key-value.ts'

/** The environment of this process. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Checks one `-e`, `KEY=VALUE` or `KEY`.
 * @throws Error with docker's reason
 */
export function checkVariable(text: string): string {
  if (splitKeyValue(text).key === '') throw new Error(`invalid environment variable: ${text}`)
  return text
}

/**
 * Adds the value of the client's environment to a `KEY` of `-e`. A key that is not set there stays as it is, and the daemon
 * then removes the variable of the image.
 */
export function resolveVariable(text: string, environment: Environment): string {
  const { key, value } = splitKeyValue(text)
  const local = environment[key]
  return value !== undefined || local === undefined ? text : `${key}=${local}`
}

/**
 * Parses an env file. Lines are literal: there are no quotes and no expansion, and `#` begins a comment only at the start of a
 * line. A key without `=` takes its value from `environment`; it is dropped if that has none.
 * @param path as typed, for messages
 * @throws Error with docker's reason
 */
export function parseEnvFile(bytes: Uint8Array, path: string, environment: Environment): string[] {
  const lines = splitLines(skipByteOrderMark(bytes))
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

/**
 * Parses a label file. It has the syntax of an env file, but a key without `=` is dropped.
 * @throws Error with docker's reason
 */
export function parseLabelFile(bytes: Uint8Array, path: string): string[] {
  return parseEnvFile(bytes, path, {})
}

/** The characters of Go's `unicode.IsSpace`, which does not include the byte order mark. */
const LEADING_SPACE = /^[\t\n\v\f\r \u0085\p{Z}]+/u

function skipByteOrderMark(bytes: Uint8Array): Uint8Array {
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

/** Removes duplicates: of a repeated variable the last value remains, at the position of the first. */
export function lastOfEach(variables: readonly string[]): string[] {
  return [...new Map(variables.map((variable) => [splitKeyValue(variable).key, variable])).values()]
}

/**
 * Adds the proxies that config.json sets for containers, each in upper and in lower case, unless `-e` sets the variable.
 * @param proxies by name in upper case, such as `HTTP_PROXY`
 */
export function withProxies(variables: readonly string[], proxies: Readonly<Record<string, string>>): string[] {
  const typedNames = new Set(variables.map((variable) => splitKeyValue(variable).key))
  const added = Object.entries(proxies)
    .flatMap(([name, proxy]): [string, string][] => [
      [name, proxy],
      [name.toLowerCase(), proxy],
    ])
    .filter(([name, proxy]) => proxy !== '' && !typedNames.has(name))
  return [...variables, ...added.map(([name, proxy]) => `${name}=${proxy}`)]
}
