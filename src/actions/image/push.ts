import type { Cli } from '../../cli/cli.ts'
import type { Platform } from '../../domain/image/platform.ts'
import { canonicalString, type ImageReference, repositoryName } from '../../domain/image/reference.ts'
import { formatPushNote } from '../../format/progress/push-notes.ts'
import type { Transfer } from './transfer.ts'

export interface PushRequest {
  /** Without a tag, all tags are pushed. */
  readonly reference: ImageReference
  /** Undefined for all platforms. */
  readonly platform: Platform | undefined
  readonly isQuiet: boolean
}

/** Returns the push of an image that was named on the command line. @param opening what docker prints first */
export function pushOf(name: string, request: PushRequest, opening: string, { engine }: Cli): Transfer {
  const { reference, platform, isQuiet } = request
  return {
    name,
    reference,
    opening,
    closing: isQuiet ? `${canonicalString(reference)}\n` : '',
    // Engine 20.10 breaks parallel uploads of the same blob to one repository: the registry finds its digest invalid.
    isExclusive: true,
    start: (auth, signal) =>
      engine.images.push({
        repository: repositoryName(reference),
        tag: reference.tag ?? '',
        platform,
        auth,
        ...(signal === undefined ? {} : { signal }),
      }),
    formatNote: formatPushNote,
  }
}
