import type { ImageDeletion } from '../../../domain/image/image.ts'
import type { PruneCandidate } from '../../../domain/system/prune.ts'
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

/**
 * Formats the last line of `--dry-run`. Images may share layers, so that the sum of their sizes is an upper limit. An
 * object of unknown size is counted, but adds nothing to the sum.
 */
export function formatReclaimable(removals: readonly PruneCandidate[]): string {
  const bytes = removals.reduce((sum, { size = 0 }) => sum + size, 0)
  const limit = removals.some(({ kind }) => kind === 'image') ? 'at most ' : ''
  const objects = `${removals.length} ${removals.length === 1 ? 'object' : 'objects'}`
  // Networks take no disk space.
  const space = removals.every(({ kind }) => kind === 'network')
    ? ''
    : `, reclaimable space: ${limit}${humanSize(bytes, 4)}`
  return `\nWould remove ${objects}${space}\n`
}
