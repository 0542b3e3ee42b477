import { ExitStatus } from '../domain/errors.ts'
import { parseGoBool } from '../domain/go/bool.ts'
import { goQuote } from '../domain/go/quote.ts'

const DISABLED_NOTICE = [
  'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.',
  '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0',
  '            environment-variable.',
  '',
  '',
].join('\n')

const FALLBACK_NOTICE = 'The daemon has no BuildKit; its own builder is used.\n'

/** What decides on the builder. */
export interface BuilderOptions {
  /** DOCKER_BUILDKIT; empty when it is not set. */
  readonly wanted: string
  /** Whether config.json names a builder (`aliases.builder`), which asks for BuildKit too. */
  readonly isAliased: boolean
  /** What the daemon's ping says: `windows`, `linux`, or nothing where it does not response. */
  readonly askOsType: () => Promise<string>
}

export interface ChosenBuilder {
  readonly kind: 'buildkit' | 'classic'
  /** Whether BuildKit was asked for, so that nothing else will do. */
  readonly isEnforced: boolean
  /** What is said of it first, on stderr. */
  readonly notice: string
}

/** The daemon does not know BuildKit's endpoint, as Podman does not. */
export class NoBuildKitError extends Error {
  override name = 'NoBuildKitError'
}

/**
 * Chooses the builder as docker does (cli/command BuildKitEnabled): BuildKit, unless DOCKER_BUILDKIT says otherwise or
 * the daemon is a Windows one. Which builder the daemon prefers does not count: 20.10 has BuildKit and does not say so.
 * @throws ExitStatus for a DOCKER_BUILDKIT that is no boolean
 */
export async function chooseBuilder({ wanted, isAliased, askOsType }: BuilderOptions): Promise<ChosenBuilder> {
  const isWanted = wanted === '' ? undefined : isEnabled(wanted)
  const isWindows = (await askOsType()) === 'windows'
  if (isWanted === false) return { kind: 'classic', isEnforced: false, notice: isWindows ? '' : DISABLED_NOTICE }
  const isEnforced = isWanted === true || isAliased
  return { kind: isWindows && !isEnforced ? 'classic' : 'buildkit', isEnforced, notice: '' }
}

/**
 * The way out where there is no BuildKit: docker would fail.
 * @param given the flags that were typed
 * @param buildKitOnly those that the classic builder has no counterpart of
 * @returns what is said on stderr before the classic builder builds
 * @throws ExitStatus when BuildKit was asked for, or a flag that only BuildKit has
 */
export function fallBack(
  { isEnforced }: ChosenBuilder,
  typedFlags: ReadonlySet<string>,
  buildKitOnly: readonly string[],
): string {
  if (isEnforced) throw new ExitStatus(1, 'ERROR: BuildKit is enabled, but the daemon has none.')
  const flag = buildKitOnly.find((name) => typedFlags.has(name))
  if (flag !== undefined) throw new ExitStatus(1, `ERROR: --${flag} needs BuildKit, and the daemon has none.`)
  return FALLBACK_NOTICE
}

function isEnabled(wanted: string): boolean {
  const read = parseGoBool(wanted)
  if (read !== undefined) return read
  const reason = `strconv.ParseBool: parsing ${goQuote(wanted)}: invalid syntax`
  throw new ExitStatus(1, `DOCKER_BUILDKIT environment variable expects boolean value: ${reason}`)
}
