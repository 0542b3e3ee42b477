import { ExitStatus } from '../domain/errors.ts'
import { parseGoBool } from '../domain/go-bool.ts'
import { goQuote } from '../domain/quote.ts'

const DISABLED_NOTICE = [
  'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.',
  '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0',
  '            environment-variable.',
  '',
  '',
].join('\n')

const NO_BUILDKIT = 'ERROR: BuildKit is enabled, but the daemon has none.'
const FALLBACK_NOTICE = 'The daemon has no BuildKit; its own builder is used.\n'

/** What decides on the builder. */
export interface BuilderWishes {
  /** DOCKER_BUILDKIT; empty when it is not set. */
  readonly wanted: string
  /** Whether config.json names a builder (`aliases.builder`), which asks for BuildKit too. */
  readonly isAliased: boolean
  /** What the daemon's ping says; empty texts of one that does not answer. */
  readonly askDaemon: () => Promise<{ readonly osType: string; readonly builderVersion: string }>
}

export interface ChosenBuilder {
  readonly kind: 'buildkit' | 'classic'
  /** Whether the daemon has no BuildKit, so that flags that only BuildKit has must be refused. */
  readonly isFallback: boolean
  /** What is said of it first, on stderr. */
  readonly notice: string
}

/**
 * Chooses the builder as docker does (cli/command BuildKitEnabled): BuildKit, unless DOCKER_BUILDKIT says otherwise or
 * the daemon is a Windows one. Where the daemon has no BuildKit at all (Podman), docker would fail.
 * @throws ExitStatus for a DOCKER_BUILDKIT that is no boolean, and when BuildKit is wanted and is not there
 */
export async function chooseBuilder({ wanted, isAliased, askDaemon }: BuilderWishes): Promise<ChosenBuilder> {
  const isWanted = wanted === '' ? undefined : isEnabled(wanted)
  const daemon = await askDaemon()
  const isWindows = daemon.osType === 'windows'
  if (isWanted === false) return classic(isWindows ? '' : DISABLED_NOTICE)
  const isEnforced = isWanted === true || isAliased
  if (isWindows && !isEnforced) return classic('')
  // Every engine since 18.09 says which builder it prefers.
  if (daemon.osType === '' || daemon.builderVersion !== '') return { kind: 'buildkit', isFallback: false, notice: '' }
  if (isEnforced) throw new ExitStatus(1, NO_BUILDKIT)
  return { kind: 'classic', isFallback: true, notice: FALLBACK_NOTICE }
}

/** @throws ExitStatus when a flag was given that the classic builder has no counterpart of */
export function refuseBuildKitOnly(given: ReadonlySet<string>, buildKitOnly: readonly string[]): void {
  const flag = buildKitOnly.find((name) => given.has(name))
  if (flag !== undefined) throw new ExitStatus(1, `ERROR: --${flag} needs BuildKit, and the daemon has none.`)
}

function classic(notice: string): ChosenBuilder {
  return { kind: 'classic', isFallback: false, notice }
}

function isEnabled(wanted: string): boolean {
  const read = parseGoBool(wanted)
  if (read !== undefined) return read
  const reason = `strconv.ParseBool: parsing ${goQuote(wanted)}: invalid syntax`
  throw new ExitStatus(1, `DOCKER_BUILDKIT environment variable expects boolean value: ${reason}`)
}
