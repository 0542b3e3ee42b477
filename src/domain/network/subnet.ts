import { ipBytes } from './ip.ts'

/** An address and how many of its bits name the network. */
export interface Cidr {
  /** 4 bytes, or 16 for IPv6. */
  readonly address: readonly number[]
  readonly prefix: number
}

/** Bits in front of an IPv4 address that is written as an IPv6 one. */
const MAPPED_BITS = 96

/**
 * Reads `10.1.0.0/16` as Go's `net.ParseCIDR` does.
 * @throws Error in Go's words
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

/** Whether an address, as `ipBytes` gives it, lies in the subnet. */
export function contains({ address, prefix }: Cidr, other: readonly number[]): boolean {
  if (other.length !== address.length) return false
  return address.every((byte, index) => {
    const mask = 0xff & ~(0xff >> Math.min(8, Math.max(0, prefix - index * 8)))
    return (byte & mask) === ((other[index] ?? 0) & mask)
  })
}
