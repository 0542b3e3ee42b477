import { canonicalIp } from '../../../domain/network/address.ts'

const HOST_GATEWAY = 'host-gateway'

/**
 * `--add-host` in BuildKit's words: `name=ip,name=ip`.
 * @param gateway the daemon's address for `host-gateway`; undefined where it has none
 * @throws Error in buildx's words
 */
export function extraHosts(texts: readonly string[], gateway: string | undefined): string {
  return texts.flatMap((text) => hostLines(text, gateway)).join(',')
}

function hostLines(text: string, gateway: string | undefined): string[] {
  const separator = text.includes('=') ? '=' : ':'
  const at = text.indexOf(separator)
  const name = text.slice(0, Math.max(at, 0))
  const address = text.slice(at + 1)
  if (at < 0 || name === '' || address === '') throw new Error(`invalid host ${text}`)
  if (address === HOST_GATEWAY) {
    if (gateway === undefined)
      throw new Error('unable to derive the IP value for host-gateway: host-gateway IP not found')
    return [`${name}=${gateway}`]
  }
  return address.split(',').map((each) => {
    const ip = /^\[(.+)\]$/.exec(each)?.[1] ?? each
    if (canonicalIp(ip) === undefined) throw new Error(`invalid host ${text}`)
    return `${name}=${ip}`
  })
}
