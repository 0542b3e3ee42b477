// `auth` of config.json and DOCKER_AUTH_CONFIG: base64 of `username:password`.

interface Login {
  readonly username: string
  readonly password: string
}

/** Decodes `auth`, leniently. @returns undefined if it contains no user name and password */
export function decodeAuth(auth: string): Login | undefined {
  const text = Buffer.from(auth, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/^\0+|\0+$/g, '') }
}

/** Returns docker's message for an invalid `auth` (docker/cli configfile.decodeAuth); empty if it is valid or empty. */
export function findAuthError(auth: string): string {
  if (auth === '') return ''
  const at = findBase64Error(auth)
  if (at >= 0) return `illegal base64 data at input byte ${at}`
  return decodeAuth(auth)?.username ? '' : 'Invalid auth configuration file'
}

const WITHOUT_PADDING = /^[A-Za-z0-9+/]*$/
const ALPHABET = /^[A-Za-z0-9+/]$/

/**
 * Returns the position of the first byte that Go's base64.StdEncoding refuses, in bytes; -1 if there is none. Line breaks
 * are allowed anywhere.
 */
function findBase64Error(text: string): number {
  if (text.length % 4 === 0 && WITHOUT_PADDING.test(text)) return -1
  // One character per byte, so that positions are those of bytes.
  const source = Buffer.from(text).toString('latin1')
  const skipLineBreaks = (from: number) => {
    let at = from
    while (source[at] === '\n' || source[at] === '\r') at++
    return at
  }
  for (let at = 0, count = 0; ; ) {
    at = skipLineBreaks(at)
    const char = source[at]
    if (char === undefined) return count === 0 ? -1 : at - count
    if (ALPHABET.test(char)) {
      count = (count + 1) % 4
      at++
    } else {
      return char === '=' ? findPaddingError(source, at, count, skipLineBreaks) : at
    }
  }
}

/** @param at the position of the first `=`. @param count the number of characters of the last four that precede it */
function findPaddingError(source: string, at: number, count: number, skipLineBreaks: (from: number) => number): number {
  if (count < 2) return at
  let next = skipLineBreaks(at + 1)
  if (count === 2) {
    if (next === source.length) return source.length
    if (source[next] !== '=') return next - 1
    next = skipLineBreaks(next + 1)
  }
  return next < source.length ? next : -1
}
