/**
 * Compares texts so that numbers in them count by their value: `9/tcp` before `80/tcp`. Of equal numbers the one with
 * fewer leading zeros comes first. Everything else goes by its bytes (docker's `sortorder.NaturalLess`).
 * @returns negative, 0 or positive, for `sort`
 */
export function compareNaturally(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = comparePieces(left[at] ?? '', right[at] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Numbers, and each other character by itself. */
function pieces(text: string): readonly string[] {
  return text.match(/[0-9]+|[^0-9]/gsu) ?? []
}

function comparePieces(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^[0-9]/.test(a), /^[0-9]/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  // By code point, which is the order of UTF-8's bytes.
  if (!isNumber) return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
  const [digits, otherDigits] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  if (digits.length !== otherDigits.length) return digits.length - otherDigits.length
  if (digits !== otherDigits) return digits < otherDigits ? -1 : 1
  return a.length - b.length
}
