import { contains, ipBytes, parseCidr } from '../network/address.ts'

/** An HTTP proxy. */
export interface ProxyServer {
  readonly hostname: string
  readonly port: number
  /** Whether the connection to the proxy uses TLS. */
  readonly usesTls: boolean
  /** The value of the `Proxy-Authorization` header; empty for none. */
  readonly authorization: string
}

/** The server that a request is for. */
export interface ProxiedServer {
  readonly hostname: string
  readonly port: number
  readonly usesTls: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/**
 * Returns the proxy for a server, by the rules of Go's `httpproxy`: HTTP_PROXY, or HTTPS_PROXY for a server with TLS, unless
 * NO_PROXY matches the server. The local machine has no proxy, and an invalid proxy URL is ignored.
 * @throws Error with Go's message in a CGI environment, where a client could set HTTP_PROXY; or for a SOCKS proxy
 */
export function proxyFor(server: ProxiedServer, env: Environment): ProxyServer | undefined {
  const typed = server.usesTls ? env.HTTPS_PROXY || env.https_proxy : env.HTTP_PROXY || env.http_proxy
  const url = typed === undefined ? undefined : parseProxyUrl(typed)
  if (url === undefined || matchesNoProxy(server, env.NO_PROXY || env.no_proxy || '')) return undefined
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

/** Parses the URL of a proxy. Without a known scheme it is HTTP. */
function parseProxyUrl(typed: string): URL | undefined {
  const url = URL.parse(typed)
  return (url !== null && url.host !== '' ? url : URL.parse(`http://${typed}`)) ?? undefined
}

function matchesNoProxy({ hostname, port }: ProxiedServer, exceptions: string): boolean {
  const host = hostname.toLowerCase()
  const address = ipBytes(host)
  if (hostname === 'localhost' || (address && isLoopback(address))) return true
  return exceptions.split(',').some((exception) => matchesEntry(exception.trim().toLowerCase(), host, address, port))
}

function isLoopback(address: readonly number[]): boolean {
  if (address.length === 4) return address[0] === 127
  return address.every((byte, at) => byte === (at === 15 ? 1 : 0))
}

/** Whether an entry of NO_PROXY matches a host: `*`, a network, an address or a domain; the last two may have a port. */
function matchesEntry(exception: string, host: string, address: readonly number[] | undefined, port: number): boolean {
  if (exception === '*') return true
  if (exception === '') return false
  if (exception.includes('/')) return address !== undefined && isInNetwork(exception, address)
  const [, name = '', onPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(exception) ?? [undefined, exception]
  if (onPort !== undefined && Number(onPort) !== port) return false
  const entryAddress = ipBytes(onPort === undefined ? name : name.replace(/^\[|\]$/g, ''))
  if (entryAddress) return address?.join() === entryAddress.join()
  const domain = name.replace(/^\*\./, '.')
  if (domain === '') return false
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

function isInNetwork(network: string, address: readonly number[]): boolean {
  try {
    return contains(parseCidr(network), address)
  } catch {
    return false
  }
}
