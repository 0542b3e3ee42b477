/** Splits `key=value` at the first `=`. Without `=` the value is undefined. */
export function splitKeyValue(text: string): { key: string; value: string | undefined } {
  const equals = text.indexOf('=')
  return equals < 0 ? { key: text, value: undefined } : { key: text.slice(0, equals), value: text.slice(equals + 1) }
}

/** Converts `key=value` texts to a map. A missing value is empty; the last of a repeated key wins. */
export function keyValueMap(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const { key, value } = splitKeyValue(text)
    return [key, value ?? '']
  })
  return Object.fromEntries(pairs)
}
