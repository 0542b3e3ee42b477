/**
 * One line of .dockerignore as moby's patternmatcher reads it: a shell pattern that is translated into a Go regular
 * expression, with the side effects of that translation (`[*]` does not match a star). Patterns without wildcards are
 * compared as strings.
 */
export interface IgnorePattern {
  /** The pattern without its `!`. */
  readonly text: string
  /** Whether the line began with `!`, so that the paths it matches are sent after all. */
  readonly isException: boolean
  /** @throws Error `syntax error in pattern` when Go's regexp would refuse the pattern */
  matches(path: string): boolean
}

const SYNTAX_ERROR = 'syntax error in pattern'

/**
 * Compiles a pattern when it is first used.
 * @param line a pattern that has been trimmed and cleaned
 * @throws Error with Go's text for a malformed pattern
 */
export function compilePattern(line: string): IgnorePattern {
  const isException = line.startsWith('!')
  const text = isException ? line.slice(1) : line
  if (text === '') throw new Error('illegal exclusion pattern: "!"')
  if (!isWellFormed(text)) throw new Error(SYNTAX_ERROR)
  let matches: ((path: string) => boolean) | undefined
  return {
    text,
    isException,
    matches(path) {
      matches ??= compileMatcher(text)
      return matches(path)
    },
  }
}

/**
 * Checks the syntax like Go's `filepath.Match`: brackets are closed and not empty, and a character follows a backslash.
 */
function isWellFormed(pattern: string): boolean {
  const chars = [...pattern]
  let at = 0
  const takeBracketChar = () => {
    if (chars[at] === undefined || chars[at] === '-' || chars[at] === ']') return false
    if (chars[at] === '\\') at++
    return chars[at++] !== undefined && chars[at] !== undefined
  }
  while (at < chars.length) {
    const char = chars[at++]
    if (char === '\\' && chars[at++] === undefined) return false
    if (char !== '[') continue
    if (chars[at] === '^') at++
    for (let ranges = 0; ranges === 0 || chars[at] !== ']'; ranges++) {
      if (!takeBracketChar()) return false
      if (chars[at] !== '-') continue
      at++
      if (!takeBracketChar()) return false
    }
    at++
  }
  return true
}

function compileMatcher(pattern: string): (path: string) => boolean {
  const { kind, regexp } = translate(pattern)
  const withoutStars = kind === 'suffix' ? pattern.slice(2) : pattern.slice(0, -2)
  switch (kind) {
    case 'exact':
      return (path) => path === pattern
    case 'prefix':
      return (path) => path.startsWith(withoutStars)
    case 'suffix':
      return (path) => path.endsWith(withoutStars) || withoutStars === `/${path}`
    case 'regexp': {
      const compiled = compileGoRegExp(`^${regexp}$`)
      return (path) => compiled.test(path)
    }
  }
}

/** Translates a pattern like moby, character by character, without regard to brackets. */
function translate(pattern: string): { kind: 'exact' | 'prefix' | 'suffix' | 'regexp'; regexp: string } {
  const chars = [...pattern]
  let kind: 'exact' | 'prefix' | 'suffix' | 'regexp' = 'exact'
  let regexp = ''
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? ''
    const isFirst = at === 0
    if (char === '*' && chars[at + 1] === '*') {
      at += chars[at + 2] === '/' ? 2 : 1
      const isLast = at === chars.length - 1
      regexp += isLast ? '.*' : '(.*/)?'
      kind = isFirst ? 'suffix' : isLast && kind === 'exact' ? 'prefix' : 'regexp'
    } else if (char === '*' || char === '?') {
      regexp += char === '*' ? '[^/]*' : '[^/]'
      kind = 'regexp'
    } else if (char === '\\') {
      at++
      regexp += `\\${chars[at] ?? ''}`
      kind = 'regexp'
    } else {
      regexp += '.+()|{}$'.includes(char) ? `\\${char}` : char
      if (char === '[' || char === ']') kind = 'regexp'
    }
  }
  return { kind, regexp }
}

const CLASS_ESCAPES: Readonly<Record<string, string>> = {
  d: '0-9',
  s: '\\t\\n\\f\\r\\x20',
  w: '0-9A-Za-z_',
}
const CHAR_ESCAPES: Readonly<Record<string, string>> = {
  a: '\\x07',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  t: '\\t',
  v: '\\v',
}
const ANCHOR_ESCAPES: Readonly<Record<string, string>> = { A: '^', z: '$', b: '\\b', B: '\\B' }
const POSIX_CLASSES: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'],
  ['alpha', 'A-Za-z'],
  ['ascii', '\\x00-\\x7f'],
  ['blank', '\\t\\x20'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['digit', '0-9'],
  ['graph', '\\x21-\\x7e'],
  ['lower', 'a-z'],
  ['print', '\\x20-\\x7e'],
  ['punct', '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e'],
  ['space', '\\t\\n\\v\\f\\r\\x20'],
  ['upper', 'A-Z'],
  ['word', '0-9A-Za-z_'],
  ['xdigit', '0-9A-Fa-f'],
])

/** Compiles the subset of Go's regular expressions that `translate` produces. */
function compileGoRegExp(source: string): RegExp {
  let js = ''
  for (let rest = source; rest !== ''; ) {
    const property = /^\\([pP])([CLMNPSZ])/.exec(rest)
    const escaping = /^\\(.?)/su.exec(rest)
    const brackets = /^\[\^?/.exec(rest)
    if (property) {
      js += `\\${property[1]}{${property[2]}}`
      rest = rest.slice(property[0].length)
    } else if (escaping) {
      js +=
        ANCHOR_ESCAPES[escaping[1] ?? ''] ??
        translateEscape(escaping[1] ?? '', (set, isNegated) => `[${isNegated ? '^' : ''}${set}]`)
      rest = rest.slice(escaping[0].length)
    } else if (brackets) {
      const { set, length } = readBrackets(rest.slice(brackets[0].length))
      js += `${brackets[0]}${set}]`
      rest = rest.slice(brackets[0].length + length)
    } else {
      const char = /^./su.exec(rest)?.[0] ?? ''
      js += char === '.' ? '[^\\n]' : char === ']' ? '\\]' : char
      rest = rest.slice(char.length)
    }
  }
  try {
    return new RegExp(js, 'v')
  } catch {
    throw new Error(SYNTAX_ERROR)
  }
}

/** Translates a bracket expression up to its `]` for JavaScript, and returns how many characters of `text` it has. */
function readBrackets(text: string): { set: string; length: number } {
  let set = ''
  let rest = text
  while (set === '' || !rest.startsWith(']')) {
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(rest)
    const item = posix ?? /^(?:\\(.)|(.))/su.exec(rest)
    if (!item) throw new Error(SYNTAX_ERROR)
    if (posix) set += translateClass(POSIX_CLASSES.get(posix[2] ?? ''), posix[1] !== '')
    else if (item[2] === '-') set += rest.startsWith('-]') || set === '' ? '\\-' : '-'
    else set += item[2] === undefined ? translateEscape(item[1] ?? '', translateClass) : escapeLiteral(item[2])
    rest = rest.slice(item[0].length)
  }
  return { set, length: text.length - rest.length + 1 }
}

function translateClass(set: string | undefined, isNegated: boolean): string {
  if (set === undefined) throw new Error(SYNTAX_ERROR)
  return isNegated ? `[^${set}]` : set
}

/** Translates an escape of Go: a class, a control character, or a punctuation mark. Other letters are errors. */
function translateEscape(char: string, group: (set: string, isNegated: boolean) => string): string {
  const set = CLASS_ESCAPES[char.toLowerCase()]
  if (set !== undefined) return group(set, char !== char.toLowerCase())
  const control = CHAR_ESCAPES[char]
  if (control !== undefined) return control
  if (char === '' || char > '\x7f' || /^[0-9A-Za-z]$/.test(char)) throw new Error(SYNTAX_ERROR)
  return escapeLiteral(char)
}

/** Escapes a character so that it matches itself inside and outside of brackets. */
function escapeLiteral(char: string): string {
  return /^[!-/:-@[-`{-~]$/.test(char) ? `\\x${char.charCodeAt(0).toString(16)}` : char
}
