import type { Cli } from '../../cli/cli.ts'
import { type ImageReference, repositoryName } from '../../domain/image/reference.ts'
import { displayMessages, ProgressDisplay, type ProgressOutput } from '../../format/progress/display.ts'
import { registryAuthFor } from '../registry/registry-auth.ts'

export interface PullRequest {
  readonly reference: ImageReference
  readonly allTags: boolean
  /** `os/arch[/variant]`; empty for the daemon's platform. */
  readonly platform: string
  /** Where progress is shown. */
  readonly progress: ProgressOutput
}

/** Pulls an image and shows the progress. @throws EngineError, OperationError with the registry's message */
export async function pullImage({ reference, allTags, platform, progress }: PullRequest, cli: Cli): Promise<void> {
  const messages = await cli.engine.images.pull({
    repository: repositoryName(reference),
    tag: allTags ? '' : (reference.digest ?? reference.tag ?? ''),
    platform,
    auth: await registryAuthFor(reference, cli),
  })
  await displayMessages(messages, new ProgressDisplay(progress, cli.now))
}

/** Shows no progress, for `--quiet`. */
export const NO_PROGRESS: ProgressOutput = { isTerminal: false, columns: 0, write: () => {} }
