import type { ProxyServer } from './proxy.ts'

/** The daemon's address and how to connect to it, from flags, environment and docker context. */
export interface Endpoint {
  /** The address in messages: `unix:///var/run/docker.sock`, `tcp://localhost:2375`. */
  readonly host: string
  readonly address: DaemonAddress
  readonly tls?: TlsMaterial
  /** The HTTP proxy; for TCP only. */
  readonly proxy?: ProxyServer
  /** Headers that config.json's `HttpHeaders` adds to every request. */
  readonly headers?: Readonly<Record<string, string>>
}

type DaemonAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly hostname: string; readonly port: number; readonly basePath: string }
  | { readonly kind: 'ssh'; readonly destination: SshDestination }

export interface SshDestination {
  readonly user: string
  readonly hostname: string
  readonly port: string
  /** The daemon's socket on the remote host; empty for the default. */
  readonly path: string
}

/** TLS material in PEM. Without `verify`, any certificate of the daemon is accepted (docker's `--tls` without `--tlsverify`). */
export interface TlsMaterial {
  readonly ca?: Uint8Array
  readonly cert?: Uint8Array
  readonly key?: Uint8Array
  readonly verify: boolean
}

/** The scheme of the address is not supported on this platform. */
export class UnsupportedSchemeError extends Error {}

export const DEFAULT_SOCKET = '/var/run/docker.sock'

/**
 * Parses the value of `-H` or DOCKER_HOST: `unix://`, `tcp://`, `ssh://`, or `host[:port]` for tcp, as docker does.
 * @param usesTls whether the default port of tcp is 2376 instead of 2375
 * @throws Error with docker's reason
 */
export function parseDaemonHost(text: string, usesTls: boolean): Pick<Endpoint, 'host' | 'address'> {
  const typed = text.trim()
  if (typed === '') return unixEndpoint(DEFAULT_SOCKET)
  const at = typed.indexOf('://')
  const scheme = at < 0 ? 'tcp' : typed.slice(0, at)
  const rest = at < 0 ? typed : typed.slice(at + 3)
  if (scheme === 'unix') {
    if (rest.includes('://')) throw new Error(`invalid proto, expected unix: ${rest}`)
    return unixEndpoint(rest === '' ? DEFAULT_SOCKET : rest)
  }
  if (scheme === 'tcp') return tcpEndpoint(rest, usesTls)
  if (scheme === 'ssh') return sshEndpoint(typed)
  if (scheme === 'fd') throw new UnsupportedSchemeError(`unable to parse docker host \`${typed}\``)
  if (scheme === 'npipe') throw new UnsupportedSchemeError('protocol not available')
  throw new Error(`invalid bind address format: ${typed}`)
}

function unixEndpoint(path: string): Pick<Endpoint, 'host' | 'address'> {
  return { host: `unix://${path}`, address: { kind: 'unix', path } }
}

function tcpEndpoint(rest: string, usesTls: boolean): Pick<Endpoint, 'host' | 'address'> {
  if (rest.includes('://')) throw new Error(`invalid proto, expected tcp: tcp://${rest}`)
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const basePath = slash < 0 ? '' : rest.slice(slash).replace(/[?#].*$/, '')
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority)
  if (!match) throw new Error(`invalid bind address format: tcp://${rest}`)
  const port = match[2] || (usesTls ? '2376' : '2375')
  if (!/^\d+$/.test(port)) throw new Error(`parse "tcp://${rest}": invalid port ":${port}" after host`)
  const hostname = (match[1] || 'localhost').replace(/^\[|\]$/g, '')
  const bracketed = hostname.includes(':') ? `[${hostname}]` : hostname
  return {
    host: `tcp://${bracketed}:${port}${basePath}`,
    address: { kind: 'tcp', hostname, port: Number(port), basePath: basePath.replace(/\/$/, '') },
  }
}

function sshEndpoint(typed: string): Pick<Endpoint, 'host' | 'address'> {
  const url = URL.parse(typed)
  if (!url || url.hostname === '') throw new Error(`unable to parse docker host: no host specified`)
  if (url.password !== '') throw new Error('ssh host connection is not valid: plain-text password is not supported')
  if (url.search !== '' || url.hash !== '') {
    throw new Error(`ssh host connection is not valid: query and fragment are not allowed in ${typed}`)
  }
  return {
    host: 'http://docker.example.com',
    address: {
      kind: 'ssh',
      destination: {
        user: decodeURIComponent(url.username),
        hostname: url.hostname,
        port: url.port,
        path: url.pathname === '/' ? '' : url.pathname,
      },
    },
  }
}
