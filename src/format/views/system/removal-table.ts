import type { Removal } from '../../../domain/system/removal.ts'
import { palette } from '../../color.ts'
import { framed } from '../../framed.ts'
import { humanSize } from '../../units.ts'
import type { ColorLevel } from '../view.ts'

/** More than fit on a screen would push the question's reason away. */
const MOST_ROWS = 15

/**
 * What a prune would remove, in a frame, for people to look at before they respond.
 * @param width the terminal's, in columns
 */
export function removalTable(removals: readonly Removal[], width: number, colorLevel: ColorLevel): string {
  if (removals.length === 0) return 'There is nothing to remove.\n\n'
  const { head, dim } = palette(colorLevel)
  const rows = removals
    .slice(0, MOST_ROWS)
    .map(({ kind, name, detail, size }) => [
      { text: kind, color: dim },
      { text: name },
      { text: detail, color: dim },
      { text: size === undefined ? '' : humanSize(size) },
    ])
  const heads = ['KIND', 'NAME', 'DETAIL', 'SIZE'].map((text) => ({ text, color: head }))
  const hasSize = removals.some(({ size }) => size !== undefined)
  const shown = hasSize ? rows : rows.map((row) => row.slice(0, -1))
  const table = framed(hasSize ? heads : heads.slice(0, -1), shown, width)
  const more = removals.length - rows.length
  return `This would go:\n${table}${more > 0 ? `… and ${more} more\n` : ''}\n`
}
