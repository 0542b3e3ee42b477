const PROTOCOL = 'tcp://'

/**
 * Parses the address that a node of a swarm listens on, `[HOST][:PORT]` (docker/cli opts.ParseTCPAddr).
 * @param defaultAddress `host:port`, for the parts that are missing
 * @throws Error with docker's message
 */
export function parseListenAddress(typed: string, defaultAddress: string): string {
  if (typed === '' || typed === PROTOCOL) return defaultAddress
  const address = typed.startsWith(PROTOCOL) ? typed.slice(PROTOCOL.length) : typed
  if (address.includes('://')) throw new Error(`invalid proto, expected tcp: ${typed}`)
  const slash = address.search(/[/?#]/)
  const authority = slash < 0 ? address : address.slice(0, slash)
  const path = slash < 0 ? '' : address.slice(slash).replace(/[?#].*$/, '')
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1)
  const error = hostError(hostPort)
  if (error !== '') throw new Error(`parse "tcp://${address}": ${error}`)
  const [defaultHost = '', defaultPort = ''] = splitHostPort(defaultAddress) ?? []
  const split = splitHostPort(hostPort) ?? splitHostPort(joinHostPort(hostPort, defaultPort))
  if (split === undefined) throw new Error(`invalid bind address format: ${typed}`)
  const [host, port] = split
  return joinHostPort(host || defaultHost, port || defaultPort) + path
}

/** Returns the error of Go's `url.Parse` for a host and its port; empty for a valid one. */
function hostError(host: string): string {
  if (host.startsWith('[') && !host.includes(']')) return "missing ']' in host"
  const afterHost = host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : host.slice(host.lastIndexOf(':'))
  const port = host.includes(':') ? afterHost : ''
  if (port !== '' && !/^:\d*$/.test(port)) return `invalid port "${port}" after host`
  const invalid = /[\s"<>\\^`{|}]/.exec(host)?.[0]
  return invalid === undefined ? '' : `invalid character "${invalid}" in host name`
}

/** Does what Go's `net.SplitHostPort` does; undefined without a port, or with too many colons. */
function splitHostPort(text: string): [string, string] | undefined {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text)
  return match ? [match[1] ?? match[2] ?? '', match[3] ?? ''] : undefined
}

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
