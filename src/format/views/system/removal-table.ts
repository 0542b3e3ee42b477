import type { PruneCandidate } from '../../../domain/system/prune.ts'
import type { ColorLevel } from '../../table/color.ts'
import { palette } from '../../table/color.ts'
import { formatFramedTable } from '../../table/framed.ts'
import { humanSize } from '../../text/units.ts'
import { makeVisible } from '../../text/visible.ts'

/** Longer tables do not fit on a screen together with the question below them. */
const MAX_ROWS = 15

/**
 * Formats a framed table of what a prune would remove, to be printed above its question.
 * @param engine the name of the engine; empty for the default one of this machine
 * @param terminal its width in columns, and its colors
 */
export function formatRemovals(
  removals: readonly PruneCandidate[],
  engine: string,
  { width, colorLevel }: { readonly width: number; readonly colorLevel: ColorLevel },
): string {
  const place = engine === '' ? '' : ` on ${makeVisible(engine)}`
  if (removals.length === 0) return `There is nothing to remove${place}.\n\n`
  const { header, dim } = palette(colorLevel)
  const rows = removals
    .slice(0, MAX_ROWS)
    .map(({ kind, name, detail, size }) => [
      { text: kind, color: dim },
      { text: name },
      { text: detail, color: dim },
      { text: size === undefined ? '' : humanSize(size) },
    ])
  const headers = ['KIND', 'NAME', 'DETAIL', 'SIZE'].map((text) => ({ text, color: header }))
  const hasSize = removals.some(({ size }) => size !== undefined)
  const columns = hasSize ? rows : rows.map((row) => row.slice(0, -1))
  const table = formatFramedTable(hasSize ? headers : headers.slice(0, -1), columns, width)
  const more = removals.length - rows.length
  return `This would go${place}:\n${table}${more > 0 ? `… and ${more} more\n` : ''}\n`
}
