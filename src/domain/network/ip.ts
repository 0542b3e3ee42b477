/**
 * Reads an IPv4 or IPv6 address and writes it in its shortest form, as Go's `net.ParseIP` and `String` do: zones are
 * refused, leading zeros are refused, an IPv4-mapped address reads as IPv4.
 * @returns undefined when it is no address
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
  return writeIpv6(groups)
}

/** An address as 4 bytes, or 16 for IPv6; 4 for an IPv4-mapped one. Undefined when it is no address. */
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
  const head = groupsOf(halves[0] ?? '', halves.length === 1)
  const tail = halves[1] === undefined ? [] : groupsOf(halves[1], true)
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail]
}

/** @param mayEndInIpv4 whether the last group may be written as an IPv4 address, which counts for two */
function groupsOf(text: string, mayEndInIpv4: boolean): number[] | undefined {
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

function writeIpv6(groups: readonly number[]): string {
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
