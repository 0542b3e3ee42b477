import { DEFAULT_SOCKET, type Endpoint } from '../../domain/context/endpoint.ts'
import { tlsFailure } from '../../domain/context/tls-error.ts'
import { ConnectionError, codeOf, messageOf, SshError, TruncatedResponseError } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { splitHost } from '../../domain/go/url.ts'
import type { WireRequest } from './wire.ts'

/** What Node says when nothing listens: no socket, a file that is none, a closed port. */
const NOBODY_LISTENS = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ENOTSOCK',
  'ENOTDIR',
  'EINVAL',
  'ENAMETOOLONG',
  'FailedToOpenSocket',
])

/** Said to somebody who seems to speak to a TLS port in plain. */
export const WANTS_TLS = 'the daemon may want TLS: try --tlsverify, or set DOCKER_TLS_VERIFY=1'

/** Turns a failed connection into docker's sentence, and a hint about what to try. */
export function connectionError(error: unknown, endpoint: Endpoint, request: WireRequest): ConnectionError {
  if (error instanceof TruncatedResponseError) return new ConnectionError('unexpected EOF')
  const code = codeOf(error)
  if (endpoint.address.kind === 'tcp' && endpoint.address.port > 65_535) {
    // Go finds this out when it dials, Node before; both name the port.
    const { port } = splitHost(endpoint.address.authority)
    return new ConnectionError(
      `error during connect: ${asked(endpoint, request)}: dial tcp: address ${port}: invalid port`,
    )
  }
  if (code !== undefined && NOBODY_LISTENS.has(code) && endpoint.address.kind !== 'ssh') {
    return new ConnectionError(
      `Cannot connect to the Docker daemon at ${endpoint.host}. Is the docker daemon running?`,
      startHint(endpoint),
    )
  }
  if (code === 'EACCES' && endpoint.address.kind === 'unix') {
    return new ConnectionError(
      `permission denied while trying to connect to the Docker daemon socket at ${endpoint.host}: ${asked(endpoint, request)}: dial unix ${endpoint.address.path}: connect: permission denied`,
      'add yourself to the docker group (sudo usermod -aG docker $USER, then log in again), or use sudo',
    )
  }
  const tls = endpoint.tls && endpoint.address.kind === 'tcp' && tlsFailure(error, endpoint.address.hostname)
  if (tls) return new ConnectionError(`error during connect: ${asked(endpoint, request)}: ${tls.reason}`, tls.hint)
  if (isNoHttp(code)) {
    return new ConnectionError(
      `${asked(endpoint, request)}: net/http: HTTP/1.x transport connection broken: malformed HTTP response${firstLine(error)}.\n* Are you trying to connect to a TLS-enabled daemon without TLS?`,
      tlsHint(error, endpoint),
    )
  }
  return new ConnectionError(
    `error during connect: ${asked(endpoint, request)}: ${reason(error, endpoint)}`,
    tlsHint(error, endpoint),
  )
}

/** Whether what responses does not speak HTTP, by the codes of Node's parser and of Bun's. */
function isNoHttp(code: string | undefined): boolean {
  return code?.startsWith('HPE_') === true || code === 'Malformed_HTTP_Response'
}

/** ` "SSH-2.0-…"`: what came in HTTP's place, which only Node's parser keeps. */
function firstLine(error: unknown): string {
  if (!(error instanceof Error) || !('rawPacket' in error) || !(error.rawPacket instanceof Uint8Array)) return ''
  return ` ${goQuote(Buffer.from(error.rawPacket).toString('latin1').split(/\r?\n/, 1)[0] ?? '')}`
}

/** `Get "http://…"`, as Go's client begins its errors. */
function asked(endpoint: Endpoint, { method, path }: WireRequest): string {
  return `${verb(method)} ${goQuote(requestUrl(endpoint, path))}`
}

/** Go's names for methods in errors: `Get`, `Post`. */
export function verb(method: string): string {
  return method.slice(0, 1) + method.slice(1).toLowerCase()
}

/** The URL as Go's client composes it, for messages. */
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

function tlsHint(error: unknown, endpoint: Endpoint): string {
  if (endpoint.address.kind !== 'tcp' || endpoint.tls) return ''
  return isNoHttp(codeOf(error)) || codeOf(error) === 'ECONNRESET' ? WANTS_TLS : ''
}
