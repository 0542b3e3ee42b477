// JSON as Go's encoding/json writes it.

const HTML = /[<>&]/g
/** Matches text that needs no escapes, which is most text. */
const SIMPLE = /^[ !#-%'-;=?-[\]-~]*$/
const LONE_SURROGATE = /[\ud800-\udfff]/u
const LINE_SEPARATORS = /[\u2028\u2029]/g

/**
 * Returns a string as a JSON literal.
 * @param escapesHtml whether `<`, `>` and `&` become `\u003c` and so on, as is json.Marshal's default
 */
export function jsonString(text: string, escapesHtml: boolean): string {
  if (SIMPLE.test(text)) return `"${text}"`
  const plain = (text.isWellFormed() ? JSON.stringify(text) : replaceLoneSurrogates(text)).replace(
    LINE_SEPARATORS,
    unicodeEscape,
  )
  return escapesHtml ? plain.replace(HTML, unicodeEscape) : plain
}

/** Replaces lone surrogates by the escape of U+FFFD. */
function replaceLoneSurrogates(text: string): string {
  const pieces = text.split(LONE_SURROGATE).map((piece) => JSON.stringify(piece).slice(1, -1))
  return `"${pieces.join('\\ufffd')}"`
}

/**
 * Escapes `<`, `>` and `&` in JSON as json.Marshal does. Outside strings JSON does not contain these characters.
 */
export function escapeJsonHtml(json: string): string {
  return json.replace(HTML, unicodeEscape).replace(LINE_SEPARATORS, unicodeEscape)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Yields the tokens of JSON: strings with their quotes, numbers, words and single punctuation characters. It is no
 * regular expression, because those fail at strings of some megabytes.
 */
function* jsonTokens(json: string): Generator<string> {
  for (let at = skipJsonSpace(json, 0); at < json.length; ) {
    const end = endOfJsonToken(json, at)
    yield json.slice(at, end)
    at = skipJsonSpace(json, end)
  }
}

/** Returns the index of the first character at or after `start` that is not white space. */
export function skipJsonSpace(json: string, start: number): number {
  let at = start
  while (at < json.length && json.charCodeAt(at) <= 0x20) at++
  return at
}

/** Returns the index after the token of JSON that begins at `start`. */
export function endOfJsonToken(json: string, start: number): number {
  if (json[start] === '"') {
    let end = json.indexOf('"', start + 1)
    while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
    return end < 0 ? json.length : end + 1
  }
  let at = start
  while (at < json.length && !ENDS_TOKEN.includes(json[at] ?? '')) at++
  return at === start ? start + 1 : at
}

/** Returns whether an odd number of backslashes stands before a character. */
function isEscaped(json: string, position: number): boolean {
  let start = position
  while (json[start - 1] === '\\') start--
  return (position - start) % 2 === 1
}

/** The characters that end a number or word: white space, quotes and punctuation. */
const ENDS_TOKEN = ' \t\r\n"{}[],:'

/**
 * Returns the members of a JSON object with the text of each value, which is not changed. Of several members with one name
 * the last counts.
 */
export function jsonMembers(json: string): Map<string, string> {
  const members = new Map<string, string>()
  let at = skipJsonSpace(json, skipJsonSpace(json, 0) + 1)
  while (at < json.length && json[at] !== '}') {
    const nameEnd = endOfJsonToken(json, at)
    const name: unknown = JSON.parse(json.slice(at, nameEnd))
    const start = skipJsonSpace(json, skipJsonSpace(json, nameEnd) + 1)
    const end = endOfJsonValue(json, start)
    members.set(String(name), json.slice(start, end))
    at = skipJsonSpace(json, end)
    if (json[at] === ',') at = skipJsonSpace(json, at + 1)
  }
  return members
}

/** Returns the JSON object with these members, whose values are JSON. */
export function jsonObject(members: Iterable<readonly [string, string]>): string {
  return `{${Array.from(members, ([name, value]) => `${jsonString(name, false)}:${value}`).join(',')}}`
}

/** Returns the index after the JSON value that begins at `start`. */
function endOfJsonValue(json: string, start: number): number {
  let depth = 0
  let at = start
  do {
    const first = json[at]
    at = endOfJsonToken(json, at)
    if (first === '{' || first === '[') depth++
    else if (first === '}' || first === ']') depth--
    if (depth > 0) at = skipJsonSpace(json, at)
  } while (depth > 0 && at < json.length)
  return at
}

/** Removes the white space between the tokens of JSON. Strings and numbers do not change (Go's json.Compact). */
export function compactJson(json: string): string {
  return [...jsonTokens(json)].join('')
}

/**
 * Puts each member of JSON on a line of its own. Keys keep their order; strings and numbers do not change (Go's
 * json.Indent).
 * @param indent the indentation of each level
 */
export function indentJson(json: string, indent = '    '): string {
  let text = ''
  let line = '\n'
  let isEmpty = false
  for (const token of jsonTokens(json)) {
    const closes = token === '}' || token === ']'
    if (isEmpty && !closes) text += line
    switch (token) {
      case '{':
      case '[':
        line += indent
        text += token
        isEmpty = true
        continue
      case '}':
      case ']':
        line = line.slice(0, -indent.length)
        text += isEmpty ? token : line + token
        break
      case ',':
        text += token + line
        break
      case ':':
        text += ': '
        break
      default:
        text += token
    }
    isEmpty = false
  }
  return text
}
