/** Returns whether a name contains wildcards of Go's `filepath.Match`. */
export function hasWildcards(name: string): boolean {
  return /[*?[]/.test(name.replace(/\\./gsu, ''))
}

/** Compiles a pattern for names without `/`, like Go's `filepath.Match`. A malformed pattern matches nothing. */
export function compileGlob(pattern: string): (name: string) => boolean {
  let source = ''
  for (let rest = pattern; rest !== ''; ) {
    const token = /^(?:\*+|\?|\\.|\[\^?(?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)+\]|[^[\\])/su.exec(rest)?.[0]
    if (token === undefined) return () => false
    source += translate(token)
    rest = rest.slice(token.length)
  }
  try {
    const compiled = new RegExp(`^${source}$`, 'u')
    return (name) => compiled.test(name)
  } catch {
    return () => false
  }
}

function translate(token: string): string {
  if (token.startsWith('*')) return '[^/]*'
  if (token === '?') return '[^/]'
  if (!token.startsWith('[')) return literal(token.replace(/^\\/, ''))
  const isNegated = token.startsWith('[^')
  const inner = token.slice(isNegated ? 2 : 1, -1)
  const ranges = [...inner.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)].map(([, low = '', high]) => {
    const first = literal(low.replace(/^\\/, ''))
    return high === undefined ? first : `${first}-${literal(high.replace(/^\\/, ''))}`
  })
  return `[${isNegated ? '^' : ''}${ranges.join('')}]`
}

function literal(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}
