import type { ProcessList } from '../../../domain/container/container.ts'
import { tabwriter } from '../../table/tabwriter.ts'

/** Formats the processes of a container as `top` does. Its columns are wider than those of lists. */
export function formatProcesses({ Titles, Processes }: ProcessList, eastAsian: boolean): string {
  const rows = [Titles ?? [], ...(Processes ?? [])]
  const text = rows.map((cells) => `${(cells ?? []).join('\t')}\n`).join('')
  return tabwriter(text, { minWidth: 20, padding: 3, eastAsian })
}
