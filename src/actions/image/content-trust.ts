import type { Cli } from '../../cli/cli.ts'
import { programName } from '../../cli/program-name.ts'
import { ExitStatus } from '../../domain/errors.ts'

/**
 * Refuses a command that requires image signatures. Ignoring that would give the user an unverified image.
 * @throws ExitStatus if the flag or DOCKER_CONTENT_TRUST turns content trust on
 */
export function refuseContentTrust(isDisabled: boolean, isFlagTyped: boolean, { env }: Pick<Cli, 'env'>): void {
  const isRequired = isFlagTyped ? !isDisabled : isTrue(env.DOCKER_CONTENT_TRUST)
  if (!isRequired) return
  throw new ExitStatus(
    1,
    `${programName()} cannot sign or verify images: Docker Content Trust is not supported`,
    'remove --disable-content-trust=false and unset DOCKER_CONTENT_TRUST to continue without signatures',
  )
}

/** Whether the text is one of Go's spellings of true. */
function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text ?? '')
}
