import type { ImageDeletion } from '../../../domain/image/image.ts'
import { humanSize } from '../../units.ts'

/** What was removed under a head, with a blank line behind it; empty for nothing. */
export function removedList(head: string, removed: readonly string[]): string {
  return removed.length === 0 ? '' : `${[head, ...removed].join('\n')}\n\n`
}

/** One line of an image prune. */
export function imageRemoval({ Untagged, Deleted = '' }: ImageDeletion): string {
  return Untagged ? `untagged: ${Untagged}` : `deleted: ${Deleted}`
}

/** The last line of a prune. @param bytes on disk */
export function reclaimedLine(bytes: number): string {
  return `Total reclaimed space: ${humanSize(bytes, 4)}\n`
}
