const PROTOCOL = 'tcp://'

/**
 * Reads the address that a swarm's node listens on, `[HOST][:PORT]` (docker/cli opts.ParseTCPAddr).
 * @param usual `host:port`, for what is left out
 * @throws Error in docker's words
 */
export function parseListenAddress(typed: string, usual: string): string {
  if (typed === '' || typed === PROTOCOL) return usual
  const address = typed.startsWith(PROTOCOL) ? typed.slice(PROTOCOL.length) : typed
  if (address.includes('://')) throw new Error(`invalid proto, expected tcp: ${typed}`)
  const slash = address.search(/[/?#]/)
  const authority = slash < 0 ? address : address.slice(0, slash)
  const path = slash < 0 ? '' : address.slice(slash).replace(/[?#].*$/, '')
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1)
  const fault = hostFault(hostPort)
  if (fault !== '') throw new Error(`parse "tcp://${address}": ${fault}`)
  const [usualHost = '', usualPort = ''] = splitHostPort(usual) ?? []
  const split = splitHostPort(hostPort) ?? splitHostPort(joinHostPort(hostPort, usualPort))
  if (split === undefined) throw new Error(`invalid bind address format: ${typed}`)
  const [host, port] = split
  return joinHostPort(host || usualHost, port || usualPort) + path
}

/** What Go's `url.Parse` finds wrong with a host and its port. */
function hostFault(host: string): string {
  if (host.startsWith('[') && !host.includes(']')) return "missing ']' in host"
  const behind = host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : host.slice(host.lastIndexOf(':'))
  const port = host.includes(':') ? behind : ''
  if (port !== '' && !/^:\d*$/.test(port)) return `invalid port "${port}" after host`
  const odd = /[\s"<>\\^`{|}]/.exec(host)?.[0]
  return odd === undefined ? '' : `invalid character "${odd}" in host name`
}

/** Go's `net.SplitHostPort`; undefined where it finds no port, or too many. */
function splitHostPort(text: string): [string, string] | undefined {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text)
  return match ? [match[1] ?? match[2] ?? '', match[3] ?? ''] : undefined
}

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
