import type { ProcessList } from '../../../domain/container/container.ts'
import { tabwriter } from '../../table/tabwriter.ts'
import { textWidth } from '../../text/width.ts'
import { type Display, fitFor } from '../list.ts'

/** Formats the processes of a container as `top` does. Its columns are wider than those of lists. */
export async function formatProcesses({ Titles, Processes }: ProcessList, display: Display): Promise<string> {
  const { eastAsian = false } = display
  const rows = [Titles ?? [], ...(Processes ?? [])].map((cells) => cells ?? [])
  const text = tabwriter(rows.map((cells) => `${cells.join('\t')}\n`).join(''), { minWidth: 20, padding: 3, eastAsian })
  const fit = await fitFor([], display)
  const isTooWide = fit && text.split('\n').some((line) => textWidth(line, eastAsian) > fit.width)
  return (isTooWide ? fit.format(rows, undefined) : undefined) ?? text
}
