import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import tar from 'tar-stream'

/** A request without what does not matter to a daemon. */
export interface WireRequest {
  readonly method: string
  /** Percent-decoded, without the version prefix. */
  readonly path: string
  /** The API version in the path, `1.50`; absent from an unversioned request. */
  readonly version?: string
  /** The server in the request line, when the daemon acts as a proxy: `http://daemon.test:2375`. */
  readonly proxied?: string
  /** Sorted by name; a repeated name has a list of values; JSON values (filters, buildargs) are parsed. */
  readonly query?: Readonly<Record<string, unknown>>
  /** Content-Type of a body, Upgrade, and every `X-…` header; registry credentials decoded. */
  readonly headers?: Readonly<Record<string, unknown>>
  /** Parsed JSON, a sorted listing of a tar archive, or the length and digest of other bytes. */
  readonly body?: unknown
  /** What the client sent on a hijacked connection until its half-close, when the reply reads it. */
  stdin?: string
}

export async function recordRequest(request: IncomingMessage, bytes: Buffer): Promise<WireRequest> {
  const [, proxied, url = ''] = /^(http:\/\/[^/]*)?(.*)$/.exec(request.url ?? '') ?? []
  const [target = '', search = ''] = splitOnce(url, '?')
  const versioned = /^\/v(\d+\.\d+)(\/.*)$/.exec(target)
  const query = recordQuery(search)
  const headers = recordHeaders(request, bytes.length > 0)
  return {
    method: request.method ?? '',
    ...(proxied ? { proxied } : {}),
    path: percentDecoded(versioned?.[2] ?? target),
    ...(versioned?.[1] ? { version: versioned[1] } : {}),
    ...(query ? { query } : {}),
    ...(headers ? { headers } : {}),
    ...(bytes.length > 0 ? { body: await recordBody(request, bytes) } : {}),
  }
}

function recordQuery(search: string): Record<string, unknown> | undefined {
  const parameters = new URLSearchParams(search)
  const names = [...new Set(parameters.keys())].sort()
  if (names.length === 0) return undefined
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name).map((text) => (/^[[{]/.test(text) ? parsedOr(text, text) : text))
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
}

function recordHeaders(request: IncomingMessage, hasBody: boolean): Record<string, unknown> | undefined {
  const entries: [string, unknown][] = []
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'content-type' && (hasBody || request.headers.upgrade)) entries.push([name, value])
    else if (name === 'upgrade') entries.push([name, value], ['connection', request.headers.connection])
    else if (name === 'x-registry-auth' || name === 'x-registry-config')
      entries.push([name, decodeCredentials(String(value))])
    else if (name.startsWith('x-') || name === 'proxy-authorization') entries.push([name, value])
  }
  return entries.length > 0 ? Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined
}

/** Decodes registry credentials from base64url of JSON; other values stay unchanged. */
function decodeCredentials(value: string): unknown {
  return parsedOr(Buffer.from(value, 'base64url').toString(), value)
}

async function recordBody(request: IncomingMessage, bytes: Buffer): Promise<unknown> {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return parsedOr(bytes.toString(), bytes.toString())
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const plain = compressed ? gunzipSync(bytes) : bytes
  const isTar = plain.length >= 512 && (plain.subarray(257, 262).toString() === 'ustar' || plain.every((b) => b === 0))
  if (isTar) return { tar: await tarListing(plain), ...(compressed ? { gzip: true } : {}) }
  return { bytes: bytes.length, sha256: sha256(bytes) }
}

/** Returns `type mode uid:gid size digest name -> link` of every entry, sorted by name. */
async function tarListing(bytes: Buffer): Promise<string[]> {
  const entries: [string, string][] = []
  const extract = tar.extract()
  const done = Readable.from([padded(bytes)]).pipe(extract)
  for await (const entry of done) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk)
    const { name, type, mode, uid, gid, size, linkname } = entry.header
    const content = type === 'file' ? sha256(withoutRandomNamesIn(Buffer.concat(chunks))).slice(0, 12) : '-'
    const link = linkname ? ` -> ${linkname}` : ''
    const owner = isOwn(uid, gid) ? '0:0' : `${uid}:${gid}`
    entries.push([name, `${type} ${(mode ?? 0).toString(8)} ${owner} ${size} ${content} ${name}${link}`])
  }
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}

/** Whether a file belongs to the user who runs the tests. Such files are listed as root's, as in the goldens. */
function isOwn(uid: number | undefined, gid: number | undefined): boolean {
  return uid === process.getuid?.() && gid === process.getgid?.()
}

/** Adds the end of the archive, which docker omits after adding a Dockerfile and daemons do not need. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(512 - (bytes.length % 512) + 1024)])
}

function withoutRandomNamesIn(content: Buffer): Buffer {
  return content.includes('.dockerfile.') ? Buffer.from(withoutRandomNames(content.toString())) : content
}

/** Replaces the random name that docker gives to a Dockerfile from outside the build context. */
export function withoutRandomNames(text: string): string {
  return text.replaceAll(/\.dockerfile\.[0-9a-f]{20}/g, '.dockerfile.<random>')
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function parsedOr<T>(text: string, otherwise: T): unknown {
  try {
    return parseRecorded(text)
  } catch {
    return otherwise
  }
}

/** Parses JSON for a golden. @throws SyntaxError */
export function parseRecorded(text: string): unknown {
  return JSON.parse(text, exactInteger)
}

/** Keeps an integer that JavaScript's numbers do not have, as its digits. */
function exactInteger(_key: string, value: unknown, { source }: { source?: string } = {}): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/.test(source ?? '')) return value
  return `<integer ${source}>`
}

function percentDecoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
