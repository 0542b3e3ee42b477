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

/** The facts that decide which builder builds. */
export interface BuilderOptions {
  /** The value of DOCKER_BUILDKIT; empty when it is not set. */
  readonly dockerBuildKit: string
  /** Whether config.json names a builder (`aliases.builder`), which enforces BuildKit too. */
  readonly isAliased: boolean
  /**
   * Fetches the operating system from the daemon's ping: `windows`, `linux`, or `''` when the daemon does not respond.
   */
  readonly fetchOsType: () => Promise<string>
}

export interface ChosenBuilder {
  readonly kind: 'buildkit' | 'classic'
  /** Whether the user chose BuildKit, so that there is no fallback to the classic builder. */
  readonly isEnforced: boolean
  /** The notice that is printed to stderr before the build; empty for none. */
  readonly notice: string
}

/** Thrown when the daemon does not have BuildKit's endpoint; Podman is an example. */
export class NoBuildKitError extends Error {
  override name = 'NoBuildKitError'
}

/**
 * Chooses the builder as docker does (cli/command BuildKitEnabled): BuildKit, unless DOCKER_BUILDKIT says otherwise
 * or the daemon runs on Windows. The builder that the daemon prefers is ignored: 20.10 has BuildKit but does not report
 * it.
 * @throws ExitStatus when DOCKER_BUILDKIT is not a boolean
 */
export async function chooseBuilder({
  dockerBuildKit,
  isAliased,
  fetchOsType,
}: BuilderOptions): Promise<ChosenBuilder> {
  const setting = dockerBuildKit === '' ? undefined : isEnabled(dockerBuildKit)
  const isWindows = (await fetchOsType()) === 'windows'
  if (setting === false) return { kind: 'classic', isEnforced: false, notice: isWindows ? '' : DISABLED_NOTICE }
  const isEnforced = setting === true || isAliased
  return { kind: isWindows && !isEnforced ? 'classic' : 'buildkit', isEnforced, notice: '' }
}

/**
 * Falls back to the classic builder when the daemon has no BuildKit; docker would fail.
 * @param typedFlags the names of the flags that the user typed
 * @param buildKitOnly the names of the flags that the classic builder does not support
 * @returns the notice to print to stderr before the build
 * @throws ExitStatus when the user chose BuildKit, or typed a flag that only BuildKit supports
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

function isEnabled(dockerBuildKit: string): boolean {
  const parsed = parseGoBool(dockerBuildKit)
  if (parsed !== undefined) return parsed
  const reason = `strconv.ParseBool: parsing ${goQuote(dockerBuildKit)}: invalid syntax`
  throw new ExitStatus(1, `DOCKER_BUILDKIT environment variable expects boolean value: ${reason}`)
}
