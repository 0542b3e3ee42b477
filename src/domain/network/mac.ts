/**
 * Whether a text is a hardware address as Go's `net.ParseMAC` reads it: 6, 8 or 20 bytes, in pairs split by `:` or
 * `-`, or in fours split by `.`.
 */
export function isMacAddress(text: string): boolean {
  const pairs = /^[\da-f]{2}(?:(:|-)[\da-f]{2})(?:\1[\da-f]{2})*$/i.test(text) ? (text.length + 1) / 3 : 0
  const fours = /^[\da-f]{4}(?:\.[\da-f]{4})+$/i.test(text) ? ((text.length + 1) / 5) * 2 : 0
  return [6, 8, 20].includes(pairs || fours)
}
