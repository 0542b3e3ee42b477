import { ipBytes } from '../network/ip.ts'
import { contains, parseCidr } from '../network/subnet.ts'

/** Who passes requests on to a server. */
export interface ProxyServer {
  readonly hostname: string
  readonly port: number
  /** Whether it is spoken to by TLS. */
  readonly usesTls: boolean
  /** Of its `Proxy-Authorization` header; empty for none. */
  readonly authorization: string
}

/** A server that is asked for. */
export interface ProxiedServer {
  readonly hostname: string
  readonly port: number
  readonly usesTls: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/**
 * The proxy that the environment names for a server, by the rules of Go's `httpproxy`: HTTP_PROXY, or HTTPS_PROXY for a
 * server with TLS, unless NO_PROXY excepts it; never for this machine. A proxy that cannot be read is none.
 * @throws Error in Go's words where a CGI script might be led astray by its caller; for a SOCKS proxy
 */
export function proxyFor(server: ProxiedServer, env: Environment): ProxyServer | undefined {
  const typed = server.usesTls ? env.HTTPS_PROXY || env.https_proxy : env.HTTP_PROXY || env.http_proxy
  const url = typed === undefined ? undefined : proxyUrl(typed)
  if (url === undefined || isExcepted(server, env.NO_PROXY || env.no_proxy || '')) return undefined
  if (!server.usesTls && env.REQUEST_METHOD) {
    throw new Error('refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy')
  }
  if (url.protocol.startsWith('socks5'))
    throw new Error(`SOCKS proxies are not supported: ${url.protocol}//${url.host}`)
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? 80) : Number(url.port),
    usesTls: url.protocol === 'https:',
    authorization: url.username === '' ? '' : `Basic ${btoa(credentials)}`,
  }
}

/** What has no scheme is taken for HTTP; a scheme that is not known, too. */
function proxyUrl(typed: string): URL | undefined {
  const url = URL.parse(typed)
  return (url !== null && url.host !== '' ? url : URL.parse(`http://${typed}`)) ?? undefined
}

function isExcepted({ hostname, port }: ProxiedServer, exceptions: string): boolean {
  const host = hostname.toLowerCase()
  const address = ipBytes(host)
  if (hostname === 'localhost' || (address && isLoopback(address))) return true
  return exceptions.split(',').some((exception) => excepts(exception.trim().toLowerCase(), host, address, port))
}

function isLoopback(address: readonly number[]): boolean {
  if (address.length === 4) return address[0] === 127
  return address.every((byte, at) => byte === (at === 15 ? 1 : 0))
}

/** Whether one of NO_PROXY's words means a host: `*`, a network, an address, a domain, each but the first two with a port. */
function excepts(exception: string, host: string, address: readonly number[] | undefined, port: number): boolean {
  if (exception === '*') return true
  if (exception === '') return false
  if (exception.includes('/')) return address !== undefined && isIn(exception, address)
  const [, name = '', onPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(exception) ?? [undefined, exception]
  if (onPort !== undefined && Number(onPort) !== port) return false
  const wanted = ipBytes(onPort === undefined ? name : name.replace(/^\[|\]$/g, ''))
  if (wanted) return address?.join() === wanted.join()
  const domain = name.replace(/^\*\./, '.')
  if (domain === '') return false
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

function isIn(network: string, address: readonly number[]): boolean {
  try {
    return contains(parseCidr(network), address)
  } catch {
    return false
  }
}
