/**
 * Random parts of names. They come from Web Crypto, because loading node:crypto takes the executable a fifth of the time of
 * `tug ps`.
 */

/** Returns random hexadecimal digits. @param size the number of bytes, of which each has two digits */
export function randomHex(size: number): string {
  let digits = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(size))) digits += byte.toString(16).padStart(2, '0')
  return digits
}

/** Returns a random number of 32 bits in decimal, as Go's os.CreateTemp puts it into a name. */
export function randomDecimal(): string {
  const [number] = crypto.getRandomValues(new Uint32Array(1))
  return String(number)
}
