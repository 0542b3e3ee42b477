// IP addresses, subnets and MAC addresses, as Go's package net reads them.

/**
 * Parses an IPv4 or IPv6 address and returns its shortest form, as Go's `net.ParseIP` and `String` do: zones and leading
 * zeros are invalid, and an IPv4-mapped address becomes IPv4.
 * @returns undefined for an invalid address
 */
export function canonicalIp(text: string): string | undefined {
  const v4 = ipv4Bytes(text)
  if (v4) return v4.join('.')
  const groups = text.includes(':') ? ipv6Groups(text) : undefined
  if (!groups) return undefined
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6)
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
  }
  return formatIpv6(groups)
}

/** Parses an address into 4 bytes, or 16 for IPv6; 4 for an IPv4-mapped one. Undefined for an invalid address. */
export function ipBytes(text: string): readonly number[] | undefined {
  const canonical = canonicalIp(text)
  if (canonical === undefined) return undefined
  return ipv4Bytes(canonical) ?? ipv6Groups(canonical)?.flatMap((group) => [group >> 8, group & 0xff])
}

function ipv4Bytes(text: string): number[] | undefined {
  const parts = text.split('.')
  const isByte = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256
  return parts.length === 4 && parts.every(isByte) ? parts.map(Number) : undefined
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = parseGroups(halves[0] ?? '', halves.length === 1)
  const tail = halves[1] === undefined ? [] : parseGroups(halves[1], true)
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail]
}

/** @param mayEndInIpv4 whether the last part may be an IPv4 address, which counts as two groups */
function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    const v4 = mayEndInIpv4 && index === parts.length - 1 ? ipv4Bytes(part) : undefined
    if (v4) {
      const [a = 0, b = 0, c = 0, d = 0] = v4
      groups.push((a << 8) | b, (c << 8) | d)
    } else if (/^[\da-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

function formatIpv6(groups: readonly number[]): string {
  const { start, length } = longestZeroRun(groups)
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (length < 2) return hex(groups)
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === 0) length++
    if (length > best.length) best = { start, length }
  }
  return best
}

/** An address and the number of its bits that identify the network. */
export interface Cidr {
  /** 4 bytes, or 16 for IPv6. */
  readonly address: readonly number[]
  readonly prefix: number
}

/** The number of bits before the IPv4 address in an IPv4-mapped IPv6 address. */
const MAPPED_BITS = 96

/**
 * Parses `10.1.0.0/16` as Go's `net.ParseCIDR` does.
 * @throws Error with Go's message
 */
export function parseCidr(text: string): Cidr {
  const slash = text.indexOf('/')
  const address = slash < 0 ? undefined : ipBytes(text.slice(0, slash))
  const mask = text.slice(slash + 1)
  const bits = text.slice(0, slash).includes(':') ? 128 : 32
  if (address === undefined || !/^\d{1,7}$/.test(mask) || Number(mask) > bits) {
    throw new Error(`invalid CIDR address: ${text}`)
  }
  const isMapped = bits === 128 && address.length === 4
  return { address, prefix: isMapped ? Math.max(0, Number(mask) - MAPPED_BITS) : Number(mask) }
}

/** Whether the subnet contains an address, as `ipBytes` returns it. */
export function contains({ address, prefix }: Cidr, other: readonly number[]): boolean {
  if (other.length !== address.length) return false
  return address.every((byte, index) => {
    const mask = 0xff & ~(0xff >> Math.min(8, Math.max(0, prefix - index * 8)))
    return (byte & mask) === ((other[index] ?? 0) & mask)
  })
}

/**
 * Whether a text is a MAC address as Go's `net.ParseMAC` reads it: 6, 8 or 20 bytes, in pairs of digits separated by `:` or
 * `-`, or in groups of four separated by `.`.
 */
export function isMacAddress(text: string): boolean {
  const pairs = /^[\da-f]{2}(?:(:|-)[\da-f]{2})(?:\1[\da-f]{2})*$/i.test(text) ? (text.length + 1) / 3 : 0
  const fours = /^[\da-f]{4}(?:\.[\da-f]{4})+$/i.test(text) ? ((text.length + 1) / 5) * 2 : 0
  return [6, 8, 20].includes(pairs || fours)
}
