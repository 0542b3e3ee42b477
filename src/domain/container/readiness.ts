/** Whether a container is ready for use: healthy where it has a health check, and running where it has none. */

/** A run of a container's health check. */
interface HealthCheckRun {
  readonly ExitCode: number
  /** The beginning of what the check printed. */
  readonly Output: string
}

/** The state of a container, as its inspect response has it. */
export interface ContainerState {
  readonly Running: boolean
  readonly Paused: boolean
  readonly Restarting: boolean
  readonly ExitCode?: number
  /** RFC 3339; the year 1 before the first start. */
  readonly StartedAt?: string
  /** Absent without a health check. */
  readonly Health?: {
    /** `starting`, `healthy` or `unhealthy`; `none` or empty without a health check. */
    readonly Status?: string
    /** How often in succession the check has failed. */
    readonly FailingStreak?: number
    /** The last runs, the oldest first. */
    readonly Log?: readonly HealthCheckRun[] | null
  } | null
}

/** The daemon's default for `--health-retries`. */
const DEFAULT_RETRIES = 3

/** `pending` is a container that may still become ready. */
export type Readiness = 'ready' | 'pending' | 'unhealthy' | 'ended'

/**
 * Returns whether a container is ready. One that its restart policy restarts is pending, and so is a paused one, because
 * `commit` pauses a container for a moment only.
 * @param retries how many failures in succession make the container unhealthy; 0 for the daemon's default
 */
export function readinessOf(state: ContainerState, retries = DEFAULT_RETRIES): Readiness {
  if (state.Restarting) return 'pending'
  if (!state.Running) return 'ended'
  if (state.Paused || healthOf(state) === 'starting') return 'pending'
  if (healthOf(state) !== 'unhealthy') return 'ready'
  // Engine 28 calls a paused container unhealthy, and goes on so until its check succeeds.
  return (state.Health?.FailingStreak ?? retries) < (retries || DEFAULT_RETRIES) ? 'pending' : 'unhealthy'
}

/** Whether a container has a health check, whose result it is ready by. */
export function hasHealthCheck(state: ContainerState): boolean {
  return healthOf(state) !== ''
}

/** Returns the result of the health check; empty for a container without one. */
function healthOf({ Health }: ContainerState): string {
  const status = Health?.Status ?? ''
  return status === 'none' ? '' : status
}

/** Describes what a pending container is not: `not healthy (starting)`, `not running (paused)`. */
export function describePending(state: ContainerState): string {
  const health = healthOf(state)
  const reason = state.Paused ? 'paused' : state.Restarting ? 'restarting' : health
  return `not ${health === '' ? 'running' : 'healthy'} (${reason})`
}
