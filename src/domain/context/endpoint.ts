import { messageOf } from '../errors.ts'
import { goQuote } from '../go/quote.ts'
import { escapePath, hasControlCharacter, parseGoUrl, splitHost, withoutPassword } from '../go/url.ts'
import type { ProxyServer } from './proxy.ts'

/** The daemon's address and how to connect to it, from flags, environment and docker context. */
export interface Endpoint {
  /** The address in messages: `unix:///var/run/docker.sock`, `tcp://localhost:2375`. */
  readonly host: string
  readonly address: DaemonAddress
  readonly tls?: TlsMaterial
  /** The HTTP proxy; for TCP only. */
  readonly proxy?: ProxyServer
  /** A line for the shell that starts ssh; for ssh only. */
  readonly sshCommand?: string
  /** Headers that config.json's `HttpHeaders` adds to every request. */
  readonly headers?: Readonly<Record<string, string>>
}

type DaemonAddress = SocketAddress | { readonly kind: 'ssh'; readonly destination: SshDestination }

/** The address of a socket. */
export type SocketAddress = { readonly kind: 'unix'; readonly path: string } | TcpAddress

interface TcpAddress {
  readonly kind: 'tcp'
  readonly hostname: string
  readonly port: number
  /** Host and port, for messages. */
  readonly authority: string
  /** The prefix of every request path, escaped and without a trailing slash. */
  readonly basePath: string
}

export interface SshDestination {
  readonly user: string
  readonly hostname: string
  readonly port: string
  /** The daemon's socket on the remote host; empty for the default. */
  readonly path: string
  /** The name or path of docker on the remote host; empty for `docker`. */
  readonly command: string
}

/** TLS material in PEM. Without `verify`, any certificate of the daemon is accepted (docker's `--tls` without `--tlsverify`). */
export interface TlsMaterial {
  readonly ca?: Uint8Array
  readonly cert?: Uint8Array
  readonly key?: Uint8Array
  readonly verify: boolean
}

/** The selected host cannot be used for a connection. */
export class UnusableHostError extends Error {}

export const DEFAULT_SOCKET = '/var/run/docker.sock'

const DEFAULT_PORT = '2375'

/** The size of the path in the kernel's socket address. */
const SOCKET_PATH_BYTES = 108

type Host = Pick<Endpoint, 'host' | 'address'>

/**
 * Parses the value of `-H` or DOCKER_HOST: `unix://`, `tcp://`, `ssh://`, or `host[:port]` for tcp, as docker does
 * (docker/cli opts.ParseHost). Blank text means the default: the local socket, or the local TLS port.
 * @throws Error with docker's reason
 */
export function parseDaemonHost(text: string, usesTls: boolean): Host {
  return parseHost(completeHost(text.trim(), usesTls))
}

/**
 * Returns the address of `-H` or DOCKER_HOST with scheme and port, as docker prints it.
 * @throws Error with docker's reason
 */
export function formatDaemonHost(text: string, usesTls: boolean): string {
  return completeHost(text.trim(), usesTls)
}

/**
 * Parses the host of a docker context. It must have a scheme; without a port it gets the default port of HTTP.
 * @throws UnusableHostError with docker's reason
 */
export function parseContextHost(text: string, usesTls: boolean): Host {
  const { address } = parseHost(text)
  const host = withoutPassword(text)
  if (address.kind !== 'tcp' || splitHost(address.authority).port !== '') return { host, address }
  return { host, address: { ...address, port: usesTls ? 443 : 80 } }
}

/** Adds the default scheme and port to a host. */
function completeHost(typed: string, usesTls: boolean): string {
  if (typed === '') return usesTls ? 'tcp://localhost:2376' : `unix://${DEFAULT_SOCKET}`
  const at = typed.indexOf('://')
  const scheme = at < 0 ? 'tcp' : typed.slice(0, at)
  const rest = at < 0 ? typed : typed.slice(at + 3)
  if (scheme === 'tcp') return completeTcpHost(rest)
  if (scheme === 'ssh' || scheme === 'fd') return typed
  if (scheme !== 'unix' && scheme !== 'npipe') {
    throw new Error(`invalid bind address format: ${withoutPassword(typed)}`)
  }
  if (rest.includes('://')) throw new Error(`invalid proto, expected ${scheme}: ${withoutPassword(rest)}`)
  return rest === '' && scheme === 'unix' ? `unix://${DEFAULT_SOCKET}` : typed
}

function completeTcpHost(rest: string): string {
  if (rest === '') return `tcp://localhost:${DEFAULT_PORT}`
  const typed = rest.startsWith('tcp://') ? rest.slice('tcp://'.length) : rest
  if (typed === '' || typed.includes('://')) throw new Error(`invalid proto, expected tcp: ${withoutPassword(rest)}`)
  const { host, path } = parseGoUrl(`tcp://${typed}`)
  const { hostname, port } = isBareAddress(host) ? { hostname: host, port: '' } : splitHost(host)
  return `tcp://${joinHostPort(hostname || 'localhost', port || DEFAULT_PORT)}${path}`
}

/** Whether a host is an IPv6 address without brackets, whose last colon does not begin a port. */
function isBareAddress(host: string): boolean {
  return !host.startsWith('[') && host.split(':').length > 2
}

/** Joins host and port; an IPv6 address gets brackets. */
export function joinHostPort(hostname: string, port: string): string {
  return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}

/** Parses a host with a scheme (moby's client.ParseHostURL, and docker/cli's connection helpers). */
function parseHost(host: string): Host {
  try {
    const at = host.indexOf(':')
    const scheme = host.startsWith('://', at) && host.length > at + 3 ? host.slice(0, at) : undefined
    // A socket path is not a URL, so it may contain spaces and percent signs, which docker refuses.
    if (scheme === 'unix' && !hasControlCharacter(host))
      return { host, address: unixAddress(host.slice('unix://'.length)) }
    if (parseGoUrl(host).scheme === 'ssh') return { host: 'http://docker.example.com', address: sshAddress(host) }
    if (scheme === 'npipe') throw new Error('protocol not available')
    // docker connects to hosts with an unknown scheme over TCP without TLS.
    if (scheme === 'tcp' || scheme === 'http') return { host: withoutPassword(host), address: tcpAddress(host) }
    throw new Error(`unable to parse docker host \`${withoutPassword(host)}\``)
  } catch (error) {
    throw new UnusableHostError(messageOf(error), { cause: error })
  }
}

function unixAddress(path: string): Endpoint['address'] {
  if (new TextEncoder().encode(path).length > SOCKET_PATH_BYTES) {
    throw new Error(`unix socket path ${goQuote(path)} is too long`)
  }
  return { kind: 'unix', path }
}

function tcpAddress(typed: string): TcpAddress {
  const { host, path } = parseGoUrl(typed)
  const { hostname, port } = splitHost(host)
  return {
    kind: 'tcp',
    hostname,
    port: Number(port),
    authority: host,
    basePath: escapePath(path).replace(/\/+$/, ''),
  }
}

function sshAddress(typed: string): Endpoint['address'] {
  const { user, host, path, query, fragment } = parseGoUrl(typed)
  const invalid = (reason: string) => new Error(`ssh host connection is not valid: invalid SSH URL: ${reason}`)
  if (user?.hasPassword) throw invalid('plain-text password is not supported')
  const { hostname, port } = splitHost(host)
  if (hostname === '') throw invalid('hostname is empty')
  const command = commandIn(query)
  if (command === undefined) throw invalid(`query parameters are not allowed: ${goQuote(query)}`)
  if (fragment !== '') throw invalid(`fragments are not allowed: ${goQuote(fragment)}`)
  // A path of slashes only means the default socket (docker 28.3.2).
  const socket = /^\/*$/.test(path) ? '' : path
  checkQuotable(`--host=unix://${socket}`)
  checkQuotable(command)
  return { kind: 'ssh', destination: { user: user?.name ?? '', hostname, port, path: socket, command } }
}

/**
 * Returns the value of `?command=`, which docker does not have; empty if there is no query. Undefined for any other query,
 * and for a value that the remote shell would take as an option.
 */
function commandIn(query: string): string | undefined {
  if (query === '') return ''
  const parameters = [...new URLSearchParams(query)]
  const [name, value = ''] = parameters[0] ?? []
  return parameters.length === 1 && name === 'command' && /^[^-]/.test(value) ? value : undefined
}

/**
 * Checks that a text can be quoted for the shell of the remote host.
 * @throws Error with the message of docker 28.3.2
 */
function checkQuotable(word: string): void {
  let bytes = 0
  for (const character of word) {
    if (character === '\0') throw unquotable(bytes, 'shell strings cannot contain null bytes')
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) || character === '\ufffd') {
      throw unquotable(bytes, 'POSIX shell lacks escape sequences')
    }
    bytes += new TextEncoder().encode(character).length
  }
}

function unquotable(at: number, reason: string): Error {
  return new Error(`invalid argument: cannot quote character at byte ${at}: ${reason}`)
}
