import { goQuote } from '../go/quote.ts'
import { trimSpace } from '../go/space.ts'
import { canonicalIp } from './address.ts'

/**
 * Parses one `--dns` and returns the address in its shortest form.
 * @throws Error with docker's reason
 */
export function parseDnsServer(text: string): string {
  const ip = canonicalIp(trimSpace(text))
  if (ip === undefined) throw new Error(`IP address is not correctly formatted: ${text}`)
  return ip
}

/**
 * Parses one `--dns-search`. A single `.` means no search domains.
 * @throws Error with docker's reason
 */
export function parseDnsSearch(text: string): string {
  const domain = text.replace(/^ +| +$/g, '')
  if (domain === '.') return domain
  const hasLetter = /[a-zA-Z]/.test(domain)
  const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
  if (domain.length >= 255 || !hasLetter || !new RegExp(`^${label}(?:\\.${label})*$`).test(domain)) {
    throw new Error(`${domain} is not a valid domain`)
  }
  return domain
}

/**
 * Parses one `--add-host`, `name:ip` or `name=ip`. The address may be in brackets or `host-gateway`.
 * @returns `name:ip`
 * @throws Error with docker's reason
 */
export function parseExtraHost(text: string): string {
  const separator = text.includes('=') ? text.indexOf('=') : text.indexOf(':')
  const name = text.slice(0, Math.max(separator, 0))
  if (separator <= 0 || name.includes(':')) throw new Error(`bad format for add-host: ${goQuote(text)}`)
  const address = text.slice(separator + 1).replace(/^\[(.+)\]$/, '$1')
  if (address !== 'host-gateway' && canonicalIp(trimSpace(address)) === undefined) {
    throw new Error(`invalid IP address in add-host: ${goQuote(address)}`)
  }
  return `${name}:${address}`
}

/**
 * Checks one `--link`, `name[:alias]`.
 * @throws Error with docker's reason
 */
export function checkLink(text: string): string {
  if (text === '') throw new Error('empty string specified for links')
  if (text.split(':').length > 2) throw new Error(`bad format for links: ${text}`)
  return text
}

/** Converts `name:ip` entries to lines of a hosts file, `ip name`. */
export function toHostsLines(hosts: readonly string[]): string[] {
  return hosts.map((host) => {
    const colon = host.indexOf(':')
    return `${host.slice(colon + 1)} ${host.slice(0, colon)}`
  })
}
