import type { Cli } from '../../cli/cli.ts'
import { canonicalString, type ImageReference, repositoryName } from '../../domain/image/reference.ts'
import { displayMessages, ProgressDisplay, type ProgressOutput } from '../../format/progress/display.ts'
import { registryAuthFor } from '../registry/registry-auth.ts'
import type { Transfer } from './transfer.ts'

export interface PullRequest {
  readonly reference: ImageReference
  readonly allTags: boolean
  /** `os/arch[/variant]`; empty for the daemon's platform. */
  readonly platform: string
}

/**
 * Pulls an image and shows the progress.
 * @param progress where progress is shown
 * @throws EngineError, OperationError with the registry's message
 */
export async function pullImage(request: PullRequest, progress: ProgressOutput, cli: Cli): Promise<void> {
  const messages = await startPull(request, await registryAuthFor(request.reference, cli), cli)
  await displayMessages(messages, new ProgressDisplay(progress, cli.now))
}

/** Returns the pull of an image that was named on the command line. @param opening what docker prints first */
export function pullOf(name: string, request: PullRequest, opening: string, cli: Cli): Transfer {
  return {
    name,
    reference: request.reference,
    opening,
    closing: `${canonicalString(request.reference)}\n`,
    isExclusive: false,
    start: (auth, signal) => startPull(request, auth, cli, signal),
    formatNote: () => '',
  }
}

function startPull({ reference, allTags, platform }: PullRequest, auth: string, { engine }: Cli, signal?: AbortSignal) {
  return engine.images.pull({
    repository: repositoryName(reference),
    tag: allTags ? '' : (reference.digest ?? reference.tag ?? ''),
    platform,
    auth,
    ...(signal === undefined ? {} : { signal }),
  })
}
