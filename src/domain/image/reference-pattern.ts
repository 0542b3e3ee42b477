/**
 * Patterns of image names, as the filter `reference` takes them. They are those of Go's `path.Match`, in which `*` ends at
 * a slash, with `**` in addition, which does not.
 */

/** One part of a pattern: returns where in the text a match that begins at `start` may end. */
type Token = (text: string, start: number) => Iterable<number>

/**
 * Parses a pattern, and returns whether a name matches it: with its tag or digest, or without them (distribution
 * reference.FamiliarMatch). In front of a slash, `**` stands for any number of directories, none included.
 * @throws Error if the pattern is malformed, with the words of Go's `path.Match`
 */
export function parseReferencePattern(pattern: string): (name: string) => boolean {
  const tokens = [...readTokens(pattern)]
  return (name) => matches(tokens, name) || matches(tokens, repositoryOf(name))
}

/** Returns the repository of `repository:tag` or `repository@digest`. */
export function repositoryOf(name: string): string {
  return name.replace(/(@[^/]*|:[^/:]*)$/, '')
}

/** Follows all ways to match at the same time, so that the time is bounded however many stars there are. */
function matches(tokens: readonly Token[], text: string): boolean {
  let positions = new Set([0])
  for (const token of tokens) {
    const next = new Set<number>()
    for (const position of positions) for (const end of token(text, position)) next.add(end)
    positions = next
  }
  return positions.has(text.length)
}

function* readTokens(pattern: string): Generator<Token> {
  for (let at = 0; at < pattern.length; ) {
    const isAtName = at === 0 || pattern[at - 1] === '/'
    const char = pattern[at] ?? ''
    if (isAtName && pattern.startsWith('**/', at)) {
      yield directories
      at += 3
    } else if (pattern.startsWith('**', at)) {
      yield anything
      at += 2
    } else if (char === '*') {
      yield withinName
      at++
    } else if (char === '?') {
      yield oneOf((typed) => typed !== '/')
      at++
    } else if (char === '[') {
      const end = classEnd(pattern, at)
      yield oneOf(readClass(pattern.slice(at + 1, end), pattern))
      at = end + 1
    } else {
      const literal = char === '\\' ? pattern[++at] : char
      if (literal === undefined) throw malformed(pattern)
      yield oneOf((typed) => typed === literal)
      at++
    }
  }
}

function* directories(text: string, start: number): Generator<number> {
  yield start
  for (let slash = text.indexOf('/', start); slash >= 0; slash = text.indexOf('/', slash + 1)) yield slash + 1
}

function* anything(text: string, start: number): Generator<number> {
  for (let end = start; end <= text.length; end++) yield end
}

function* withinName(text: string, start: number): Generator<number> {
  yield start
  for (let end = start; end < text.length && text[end] !== '/'; end++) yield end + 1
}

function oneOf(isMatch: (char: string) => boolean): Token {
  return (text, start) => {
    const char = text[start]
    return char !== undefined && isMatch(char) ? [start + 1] : []
  }
}

/** Returns the position of the bracket that closes a class. One that is escaped does not. */
function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at
  }
  throw malformed(pattern)
}

/** Reads the ranges of a class, such as `a-z_`; after `^` it matches all other characters. */
function readClass(text: string, pattern: string): (char: string) => boolean {
  const isNegated = text.startsWith('^')
  const ranges = [...text.slice(isNegated ? 1 : 0).matchAll(/(\\.|[^\\-])(?:-(\\.|[^\\-]))?/gsy)]
  const length = ranges.reduce((sum, [whole]) => sum + whole.length, isNegated ? 1 : 0)
  if (ranges.length === 0 || length !== text.length) throw malformed(pattern)
  const bounds = ranges.map(([, first = '', last = first]) => [first.slice(-1), last.slice(-1)] as const)
  return (char) => bounds.some(([first, last]) => first <= char && char <= last) !== isNegated
}

function malformed(pattern: string): Error {
  return new Error(`invalid filter 'reference=${pattern}': syntax error in pattern`)
}
