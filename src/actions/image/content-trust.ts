import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'

/**
 * Somebody who asks for signatures to be checked must not get an image whose signature nobody checked.
 * @throws ExitStatus when the flag or DOCKER_CONTENT_TRUST asks for it
 */
export function refuseContentTrust(isDisabled: boolean, isGiven: boolean, { env }: Pick<Cli, 'env'>): void {
  const isWanted = isGiven ? !isDisabled : isTrue(env.DOCKER_CONTENT_TRUST)
  if (!isWanted) return
  throw new ExitStatus(
    1,
    'tug cannot sign or verify images: Docker Content Trust is not supported',
    'leave out --disable-content-trust=false and DOCKER_CONTENT_TRUST to go on without signatures',
  )
}

/** As docker reads the variable: Go's spellings of true. */
function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text ?? '')
}
