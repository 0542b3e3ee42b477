/** Random parts of names. node:crypto, which has the same functions, takes the executable a fifth of `tug ps` to load. */

/** Returns random hexadecimal digits. @param size the number of bytes, of which each has two digits */
export function randomHex(size: number): string {
  let digits = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(size))) digits += byte.toString(16).padStart(2, '0')
  return digits
}

/** Returns a random number of 32 bits in decimal, as Go's os.CreateTemp puts it into a name. */
export function randomDecimal(): string {
  return crypto.getRandomValues(new Uint32Array(1)).join('')
}
