import { DEFAULT_SOCKET, type Endpoint } from '../../domain/context/endpoint.ts'
import { tlsFailure } from '../../domain/context/tls-error.ts'
import { ConnectionError, codeOf, messageOf, SshError, systemReason } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { splitHost } from '../../domain/go/url.ts'
import { MalformedResponseError } from './malformed-response.ts'
import type { WireRequest } from './wire.ts'

/** The error codes for a daemon that does not listen: no socket, a file that is not a socket, a closed port. */
const NOT_LISTENING_CODES = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ENOTSOCK',
  'ENOTDIR',
  'EINVAL',
  'ENAMETOOLONG',
  'FailedToOpenSocket',
])

/** The hint for plain HTTP that was probably sent to a TLS port. */
export const TLS_HINT = 'the daemon may want TLS: try --tlsverify, or set DOCKER_TLS_VERIFY=1'

/** Converts the error of a failed connection to one with docker's message and a hint. */
export function connectionError(error: unknown, endpoint: Endpoint, request: WireRequest): ConnectionError {
  const code = codeOf(error)
  if (endpoint.address.kind === 'tcp' && endpoint.address.port > 65_535) {
    // Go detects this when it dials, Node earlier.
    const { port } = splitHost(endpoint.address.authority)
    return new ConnectionError(
      `error during connect: ${requestLine(endpoint, request)}: dial tcp: address ${port}: invalid port`,
    )
  }
  if (code !== undefined && NOT_LISTENING_CODES.has(code) && endpoint.address.kind !== 'ssh') {
    return new ConnectionError(
      `Cannot connect to the Docker daemon at ${endpoint.host}. Is the docker daemon running?`,
      startHint(endpoint),
    )
  }
  if (code === 'EACCES' && endpoint.address.kind === 'unix') {
    return new ConnectionError(
      `permission denied while trying to connect to the Docker daemon socket at ${endpoint.host}: ${requestLine(endpoint, request)}: dial unix ${endpoint.address.path}: connect: permission denied`,
      'add yourself to the docker group (sudo usermod -aG docker $USER, then log in again), or use sudo',
    )
  }
  const tls = endpoint.tls && endpoint.address.kind === 'tcp' && tlsFailure(error, endpoint.address.hostname)
  if (tls)
    return new ConnectionError(`error during connect: ${requestLine(endpoint, request)}: ${tls.reason}`, tls.hint)
  if (isMalformedHttp(code)) {
    return new ConnectionError(
      `${requestLine(endpoint, request)}: net/http: HTTP/1.x transport connection broken: malformed HTTP response${firstLine(error)}.\n* Are you trying to connect to a TLS-enabled daemon without TLS?`,
      tlsHint(error, endpoint),
    )
  }
  const malformed = malformedResponse(error)
  if (malformed !== undefined) {
    return new ConnectionError(
      `error during connect: ${requestLine(endpoint, request)}: net/http: HTTP/1.x transport connection broken: ${malformed}`,
    )
  }
  return new ConnectionError(
    `error during connect: ${requestLine(endpoint, request)}: ${reason(error, endpoint)}`,
    tlsHint(error, endpoint) || addressHint(error, endpoint),
  )
}

/** Returns why a connection failed, as Go's dialer words it: `dial unix /run/d.sock: connect: permission denied`. */
export function dialReason(error: unknown, { address, tls }: Endpoint): string {
  if (address.kind === 'unix') return `dial unix ${address.path}: connect: ${dialFailure(error)}`
  if (address.kind === 'ssh') return messageOf(error)
  const code = codeOf(error)
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${address.hostname}: no such host`
  if (code === 'EAI_AGAIN') return `dial tcp: lookup ${address.hostname}: Temporary failure in name resolution`
  const failure = tls && tlsFailure(error, address.hostname)
  return failure ? failure.reason : `dial tcp ${address.authority}: connect: ${dialFailure(error)}`
}

function dialFailure(error: unknown): string {
  const code = codeOf(error)
  return code === 'ECONNREFUSED' || code === 'ENOTSOCK' ? 'connection refused' : systemReason(error)
}

/** Whether the response was not HTTP, according to the codes of Node's parser and of Bun's. */
function isMalformedHttp(code: string | undefined): boolean {
  return code === 'HPE_INVALID_CONSTANT' || code === 'Malformed_HTTP_Response'
}

/** Go's messages for the errors in heads that Node's parser detects. The parser does not provide the details. */
const HEAD_ERRORS: ReadonlyMap<string, string> = new Map([
  ['HPE_INVALID_CONTENT_LENGTH', 'bad Content-Length'],
  ['HPE_UNEXPECTED_CONTENT_LENGTH', 'http: message cannot contain multiple Content-Length headers'],
  ['HPE_INVALID_TRANSFER_ENCODING', 'unsupported transfer encoding'],
  ['HPE_INVALID_STATUS', 'malformed HTTP status code'],
  ['HPE_INVALID_VERSION', 'malformed HTTP version'],
  ['HPE_HEADER_OVERFLOW', 'server response headers exceeded the limit; aborted'],
])

/** Returns the reason why a response violates HTTP; undefined for another error. */
function malformedResponse(error: unknown): string | undefined {
  if (error instanceof MalformedResponseError) return error.message
  const code = codeOf(error)
  if (!code?.startsWith('HPE_')) return undefined
  return HEAD_ERRORS.get(code) ?? 'malformed MIME header'
}

/** Returns the first line of the malformed response, as in ` "SSH-2.0-…"`. Only Node's parser keeps it. */
function firstLine(error: unknown): string {
  if (!(error instanceof Error) || !('rawPacket' in error) || !(error.rawPacket instanceof Uint8Array)) return ''
  return ` ${goQuote(Buffer.from(error.rawPacket).toString('latin1').split(/\r?\n/, 1)[0] ?? '')}`
}

/** Returns the beginning of the errors of Go's client: `Get "http://…"`. */
function requestLine(endpoint: Endpoint, { method, path }: WireRequest): string {
  return `${errorVerb(method)} ${goQuote(requestUrl(endpoint, path))}`
}

/** Returns an HTTP method as Go's client spells it in errors: `Get`, `Post`. */
export function errorVerb(method: string): string {
  return method.slice(0, 1) + method.slice(1).toLowerCase()
}

/** Returns the URL of a request as Go's client composes it, for messages. */
export function requestUrl(endpoint: Endpoint, path: string): string {
  const { address } = endpoint
  if (address.kind === 'unix') return `http://${encodeURIComponent(address.path)}${path}`
  if (address.kind === 'ssh') return `http://docker.example.com${path}`
  return `${endpoint.tls ? 'https' : 'http'}://${address.authority}${path}`
}

function reason(error: unknown, endpoint: Endpoint): string {
  if (error instanceof SshError) return error.message
  const code = codeOf(error)
  const { address } = endpoint
  if (address.kind === 'tcp') {
    if (code === 'ENOTFOUND') return `dial tcp: lookup ${address.hostname}: no such host`
    if (code === 'EAI_AGAIN') return `dial tcp: lookup ${address.hostname}: Temporary failure in name resolution`
    if (code === 'ETIMEDOUT') return `dial tcp ${address.hostname}:${address.port}: connect: connection timed out`
    if (code === 'EHOSTUNREACH') return `dial tcp ${address.hostname}:${address.port}: connect: no route to host`
    if (code === 'ENETUNREACH') return `dial tcp ${address.hostname}:${address.port}: connect: network is unreachable`
  }
  if (code === 'ECONNRESET') return 'EOF'
  return messageOf(error)
}

function startHint(endpoint: Endpoint): string {
  if (endpoint.address.kind === 'tcp')
    return 'check the address in DOCKER_HOST or -H, and that the daemon listens there'
  if (endpoint.host !== `unix://${DEFAULT_SOCKET}`)
    return 'check the path in DOCKER_HOST, -H or the context, and that the daemon runs'
  return 'start the daemon (sudo systemctl start docker), or name another with DOCKER_HOST or -H'
}

/** Returns the hint for a host that cannot be found, or that ssh does not reach; empty for another error. */
function addressHint(error: unknown, { address }: Endpoint): string {
  if (error instanceof SshError) return 'check that this works without a password: ssh HOST docker version'
  if (address.kind !== 'tcp' || codeOf(error) !== 'ENOTFOUND') return ''
  return address.hostname === 'unix'
    ? 'write the path of a socket after three slashes: unix:///PATH'
    : 'check the host in DOCKER_HOST, -H or the context'
}

function tlsHint(error: unknown, endpoint: Endpoint): string {
  if (endpoint.address.kind !== 'tcp' || endpoint.tls) return ''
  return isMalformedHttp(codeOf(error)) || codeOf(error) === 'ECONNRESET' ? TLS_HINT : ''
}
