/**
 * Compares texts by the value of the numbers in them: `9/tcp` comes before `80/tcp`. Of equal numbers the one with fewer
 * leading zeros comes first. Other characters compare by their bytes (docker's `sortorder.NaturalLess`).
 * @returns a negative number, 0 or a positive number, for `sort`
 */
export function compareNaturally(a: string, b: string): number {
  const [left, right] = [splitNumbers(a), splitNumbers(b)]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = comparePieces(left[at] ?? '', right[at] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Splits a text into numbers and single other characters. */
function splitNumbers(text: string): readonly string[] {
  return text.match(/[0-9]+|[^0-9]/gsu) ?? []
}

function comparePieces(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^[0-9]/.test(a), /^[0-9]/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  // The order of code points is the order of UTF-8 bytes.
  if (!isNumber) return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
  const [digits, otherDigits] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  if (digits.length !== otherDigits.length) return digits.length - otherDigits.length
  if (digits !== otherDigits) return digits < otherDigits ? -1 : 1
  return a.length - b.length
}
