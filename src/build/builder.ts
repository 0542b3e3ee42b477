import { ExitStatus } from '../domain/errors.ts'

const DISABLED_NOTICE = [
  'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.',
  '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0',
  '            environment-variable.',
  '',
  '',
].join('\n')

const NO_BUILDKIT = [
  'ERROR: BuildKit is enabled but only the classic builder is available.',
  '       Remove the DOCKER_BUILDKIT environment-variable to build with the classic builder.',
].join('\n')

/**
 * What docker says first when the classic builder was asked for; empty when nothing was asked for. BuildKit is refused
 * when it was asked for: the classic builder reads other ignore files and knows fewer instructions, so taking its place
 * in silence could put into an image what was meant to stay out.
 * @param wanted DOCKER_BUILDKIT
 * @param readBool reads a boolean as Go does, and throws Go's reason
 * @throws ExitStatus when BuildKit is wanted, and for what is no boolean
 */
export function classicBuilderNotice(wanted: string, readBool: (text: string) => boolean): string {
  if (wanted === '') return ''
  if (isEnabled(wanted, readBool)) throw new ExitStatus(1, NO_BUILDKIT)
  return DISABLED_NOTICE
}

function isEnabled(wanted: string, readBool: (text: string) => boolean): boolean {
  try {
    return readBool(wanted)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ExitStatus(1, `DOCKER_BUILDKIT environment variable expects boolean value: ${reason}`)
  }
}
