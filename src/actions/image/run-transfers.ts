import type { Cli } from '../../cli/cli.ts'
import { type ImageReference, isNameOnly } from '../../domain/image/reference.ts'
import { registryAuthFor } from '../registry/registry-auth.ts'
import { withRegistryHint } from '../registry/registry-hint.ts'
import { NO_PROGRESS, printTransfer, type Transfer } from './transfer.ts'

/** Returns what docker prints first: a note that the tag was left out. */
export function openingOf(typed: ImageReference, isAllTags: boolean, isQuiet: boolean): string {
  return !isQuiet && !isAllTags && isNameOnly(typed) ? 'Using default tag: latest\n' : ''
}

/**
 * Runs the transfers in one of two ways: a single one prints what docker prints, and several run in parallel.
 * @throws EngineError, OperationError, ExitStatus with the messages of the transfers that failed
 */
export async function runTransfers(transfers: readonly Transfer[], isQuiet: boolean, cli: Cli): Promise<void> {
  const [first, ...others] = transfers
  if (first === undefined) return
  if (others.length > 0) {
    const { transferSeveral } = await import('./transfer-several.ts')
    return transferSeveral(transfers, isQuiet, cli)
  }
  cli.out.write(first.opening)
  await withRegistryHint(first.reference.domain, async () => {
    const messages = await first.start(await registryAuthFor(first.reference, cli))
    await printTransfer(first, messages, { out: cli.out, progress: isQuiet ? NO_PROGRESS : cli.out, now: cli.now })
  })
}
