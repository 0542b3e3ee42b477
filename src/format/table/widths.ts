/**
 * Narrows columns until they fit: the widest first, down to their longest words, and then, by breaking words, down to
 * `broken`. The result is wider than `available` if that is not enough.
 * @param natural the widths of the columns without line breaks
 * @param minimum the widths at which no word is broken
 * @param broken the widths below which no column is narrowed
 */
export function narrowColumns(
  natural: readonly number[],
  minimum: readonly number[],
  broken: readonly number[],
  available: number,
): number[] {
  return shrink(shrink(natural, minimum, available), broken, available)
}

function shrink(widths: readonly number[], minimum: readonly number[], available: number): number[] {
  const result = [...widths]
  let excess = result.reduce((sum, width) => sum + width, 0) - available
  while (excess > 0) {
    const room = result.map((width, column) => (width > (minimum[column] ?? 1) ? width : 0))
    const widest = room.indexOf(Math.max(...room))
    if (Math.max(...room) === 0) break
    result[widest] = (result[widest] ?? 1) - 1
    excess--
  }
  return result
}
