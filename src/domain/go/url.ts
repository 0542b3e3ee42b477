import { hasStrayBytes, toBytes } from './bytes.ts'
import { goQuote } from './quote.ts'

/** A URL as Go's net/url parses it. Only the scheme is normalized, and only the path and the user are unescaped. */
export interface GoUrl {
  /** In lower case; empty if there is none. */
  readonly scheme: string
  readonly user?: { readonly name: string; readonly hasPassword: boolean }
  /** Host and port as they were typed, with a zone unescaped: `[fe80::1%lo]:22`. */
  readonly host: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

/** The reason why a URL is invalid, without the URL. */
class UrlFault extends Error {}

/**
 * Parses a URL as Go's `url.Parse` does.
 * @throws Error with Go's message, without anything that may be a password
 */
export function parseGoUrl(text: string): GoUrl {
  const [url, fragment] = cut(text, '#')
  try {
    return { ...parse(url), fragment: unescaped(fragment, 'path') }
  } catch (error) {
    if (!(error instanceof UrlFault)) throw error
    const shown = text.includes('@') ? withoutPassword(text) : url
    // A password that contains `/` or `#` looks like a port, which Go prints.
    const reason = error.message.replace(/^(invalid port) "(.*)" after/s, (found, words, port) =>
      shown.includes(port) ? found : `${words} after`,
    )
    throw new Error(`parse ${goQuote(shown)}: ${reason}`)
  }
}

/** Splits a host into the hostname without brackets and the port, which may be empty (Go's `Hostname` and `Port`). */
export function splitHost(host: string): { hostname: string; port: string } {
  const match = /^(.*):(\d*)$/s.exec(host)
  const [name = host, port = ''] = match ? match.slice(1) : []
  return { hostname: /^\[.*\]$/s.test(name) ? name.slice(1, -1) : name, port }
}

/** Returns a URL for messages, with `***` instead of the password. */
export function withoutPassword(url: string): string {
  const start = url.includes('://') ? url.indexOf('://') + 3 : 0
  return url.slice(0, start) + url.slice(start).replace(/^([^:@]*):.*@/s, '$1:***@')
}

/** Escapes a path as Go does. Slashes and `$&+,:;=@` are not escaped. */
export function escapePath(path: string): string {
  if (hasStrayBytes(path)) return escapeBytes(path, /[\w\-.~$&+,/:;=@]/)
  const escaped = encodeURIComponent(path)
  return escaped.includes('%') ? escaped.replace(/%(2F|24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent) : escaped
}

/** Escapes a part of a query with bytes that are not UTF-8, as Go does. */
export function escapeStrayQuery(text: string): string {
  return escapeBytes(text, /[\w\-.~]/)
}

/** Escapes a Go string byte by byte. @param unescaped matches the ASCII characters that stay */
function escapeBytes(text: string, unescaped: RegExp): string {
  return Array.from(toBytes(text), (byte) => {
    const character = String.fromCharCode(byte)
    return byte < 0x80 && unescaped.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

function parse(url: string): Omit<GoUrl, 'fragment'> {
  if (hasControlCharacter(url)) throw new UrlFault('net/url: invalid control character in URL')
  const { scheme, rest: behindScheme } = splitScheme(url)
  const [rest, query] = cut(behindScheme, '?')
  const common = { scheme: scheme.toLowerCase(), query }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...common, host: '', path: '' }
    if (cut(rest, '/')[0].includes(':')) throw new UrlFault('first path segment in URL cannot contain colon')
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) {
    return { ...common, host: '', path: unescaped(rest, 'path') }
  }
  const slash = rest.indexOf('/', 2)
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash)
  return {
    ...common,
    ...parseAuthority(authority),
    path: slash < 0 ? '' : unescaped(rest.slice(slash), 'path'),
  }
}

function splitScheme(url: string): { scheme: string; rest: string } {
  if (url.startsWith(':')) throw new UrlFault('missing protocol scheme')
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(url)
  return match ? { scheme: match[1] ?? '', rest: match[2] ?? '' } : { scheme: '', rest: url }
}

function parseAuthority(authority: string): Pick<GoUrl, 'user' | 'host'> {
  const at = authority.lastIndexOf('@')
  const host = parseHost(authority.slice(at + 1))
  if (at < 0) return { host }
  const userinfo = authority.slice(0, at)
  if (!/^[\w\-.:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new UrlFault('net/url: invalid userinfo')
  const [name, password] = cut(userinfo, ':')
  unescaped(password, 'path')
  return { host, user: { name: unescaped(name, 'path'), hasPassword: userinfo.includes(':') } }
}

function parseHost(host: string): string {
  const close = host.startsWith('[') ? host.lastIndexOf(']') : -1
  if (host.startsWith('[') && close < 0) throw new UrlFault("missing ']' in host")
  const colon = host.lastIndexOf(':')
  const port = host.startsWith('[') ? host.slice(close + 1) : colon < 0 ? '' : host.slice(colon)
  if (!/^(:\d*)?$/.test(port)) throw new UrlFault(`invalid port ${goQuote(port)} after host`)
  const zone = host.startsWith('[') ? host.slice(0, close).indexOf('%25') : -1
  if (zone < 0) return unescaped(host, 'host')
  return (
    unescaped(host.slice(0, zone), 'host') +
    unescaped(host.slice(zone, close), 'zone') +
    unescaped(host.slice(close), 'host')
  )
}

/** The ASCII characters that a host may contain unescaped (Go's shouldEscape). */
const HOST_CHARACTER = /^[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}]$/u

function unescaped(text: string, part: 'path' | 'host' | 'zone'): string {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (character !== '%') {
      if (part !== 'path' && !HOST_CHARACTER.test(character)) {
        throw new UrlFault(`invalid character ${goQuote(character)} in host name`)
      }
      bytes.push(...encoder.encode(character))
      at += character.length
      continue
    }
    const typed = text.slice(at, at + 3)
    const byte = /^%[\da-fA-F]{2}$/.test(typed) ? Number.parseInt(typed.slice(1), 16) : -1
    if (byte < 0 || !isEscapeAllowed(byte, typed, part)) {
      throw new UrlFault(`invalid URL escape ${goQuote(typed)}`)
    }
    bytes.push(byte)
    at += 3
  }
  return new TextDecoder().decode(new Uint8Array(bytes))
}

/** Whether an escape is allowed: in a host for bytes that are not ASCII, in a zone also for those that a host must not contain. */
function isEscapeAllowed(byte: number, typed: string, part: 'path' | 'host' | 'zone'): boolean {
  if (part === 'path' || typed === '%25') return true
  if (part === 'host') return byte >= 0x80
  return byte === 0x20 || byte >= 0x80 || HOST_CHARACTER.test(String.fromCharCode(byte))
}

/** Returns whether a text contains a character that Go refuses in URLs: a control character of ASCII. */
export function hasControlCharacter(text: string): boolean {
  for (const character of text) if (character < ' ' || character === '\x7f') return true
  return false
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
