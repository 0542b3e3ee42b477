const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** Go's `strconv.Quote`, which docker's messages and the COMMAND column use: printable Unicode stays, the rest is escaped. */
export function goQuote(text: string): string {
  let quoted = '"'
  for (const char of text) quoted += NAMED[char] ?? (isPrintable(char) ? char : escaped(char))
  return `${quoted}"`
}

/** Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. */
function isPrintable(char: string): boolean {
  return char === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char)
}

function escaped(char: string): string {
  const point = char.codePointAt(0) ?? 0
  if (point < 0x80) return `\\x${point.toString(16).padStart(2, '0')}`
  return point < 0x10000 ? `\\u${point.toString(16).padStart(4, '0')}` : `\\U${point.toString(16).padStart(8, '0')}`
}
