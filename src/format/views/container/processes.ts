import type { ProcessList } from '../../../domain/container/container.ts'
import { tabwriter } from '../../tabwriter.ts'

/** The processes of a container under the titles of their columns, which are wider than those of lists. */
export function processTable({ Titles, Processes }: ProcessList, eastAsian: boolean): string {
  const rows = [Titles ?? [], ...(Processes ?? [])]
  const text = rows.map((cells) => `${(cells ?? []).join('\t')}\n`).join('')
  return tabwriter(text, { minWidth: 20, padding: 3, eastAsian })
}
