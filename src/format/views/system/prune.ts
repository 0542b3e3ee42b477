import type { ImageDeletion } from '../../../domain/image/image.ts'
import { humanSize } from '../../text/units.ts'

/** Formats the list of what was removed, followed by a blank line; empty if nothing was removed. */
export function formatRemoved(header: string, removed: readonly string[]): string {
  return removed.length === 0 ? '' : `${[header, ...removed].join('\n')}\n\n`
}

/** Formats one line of an image prune. */
export function formatImageRemoval({ Untagged, Deleted = '' }: ImageDeletion): string {
  return Untagged ? `untagged: ${Untagged}` : `deleted: ${Deleted}`
}

/** Formats the last line of a prune. @param bytes the disk space that was freed */
export function formatReclaimed(bytes: number): string {
  return `Total reclaimed space: ${humanSize(bytes, 4)}\n`
}
