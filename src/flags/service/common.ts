// The flags that several `service` commands share, and their translation.
import { parseNanoCpus } from '../../domain/container/cpus.ts'
import { checkVariable } from '../../domain/container/env.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { parseCredentialSpec } from '../../domain/service/placement.ts'
import type {
  CredentialSpec,
  ResourceRequirements,
  ServiceRestartPolicy,
  ServiceSpec,
  UpdateConfig,
} from '../../domain/service/service.ts'
import { splitShellWords } from '../../domain/shell-words.ts'
import {
  bool,
  type Describe,
  each,
  int,
  type TypedFlags,
  text,
  texts,
  type ValueFlag,
  type ValuesOf,
  value,
} from '../flag.ts'
import { bytes, duration, float, memorySwap, positiveDuration, uint } from '../quantities.ts'

/** A flag whose value is a command line, split into words as a shell splits it. */
export function command(describe: Describe): ValueFlag<readonly string[]> {
  return value<readonly string[]>({ ...describe, valueType: 'command', default: [], read: splitShellWords })
}

/** Flags of every command that waits for a service. */
export const waitFlags = {
  detach: bool({
    char: 'd',
    summary: 'Exit immediately instead of waiting for the service to converge',
    minApi: '1.29',
  }),
  quiet: bool({ char: 'q', summary: 'Suppress the progress output' }),
}

const rollingUpdateFlags = {
  'update-delay': duration({ summary: 'Delay between updates' }),
  'update-failure-action': text({
    completes: ['pause', 'continue', 'rollback'],
    summary: 'Action when an update fails: pause, continue, rollback',
  }),
  'update-max-failure-ratio': float({ summary: 'Ratio of tasks that may fail during an update', minApi: '1.25' }),
  'update-monitor': duration({ summary: 'Time to monitor each task for failure after its update', minApi: '1.25' }),
  'update-order': text({
    completes: ['start-first', 'stop-first'],
    summary: 'Order of an update: start-first, stop-first',
    minApi: '1.29',
  }),
  'update-parallelism': uint({ summary: 'Number of tasks to update in parallel; 0 for all' }),
}

const rollbackFlags = {
  'rollback-delay': duration({ summary: 'Delay between rollbacks of tasks', minApi: '1.28' }),
  'rollback-failure-action': text({
    completes: ['pause', 'continue'],
    summary: 'Action when a rollback fails: pause, continue',
    minApi: '1.28',
  }),
  'rollback-max-failure-ratio': float({ summary: 'Ratio of tasks that may fail during a rollback', minApi: '1.28' }),
  'rollback-monitor': duration({ summary: 'Time to monitor each task for failure after its rollback', minApi: '1.28' }),
  'rollback-order': text({
    completes: ['start-first', 'stop-first'],
    summary: 'Order of a rollback: start-first, stop-first',
    minApi: '1.29',
  }),
  'rollback-parallelism': uint({
    summary: 'Number of tasks to roll back in parallel; 0 for all',
    minApi: '1.28',
  }),
}

const restartFlags = {
  'restart-condition': text({
    completes: ['none', 'on-failure', 'any'],
    summary: 'When to restart a task: none, on-failure, any',
  }),
  'restart-delay': duration({ summary: 'Delay before a task is restarted' }),
  'restart-max-attempts': uint({
    summary: 'Maximum number of restarts',
  }),
  'restart-window': duration({ summary: 'Time window in which restarts are counted' }),
}

const healthFlags = {
  'health-cmd': text({ summary: 'Command that checks whether a container is healthy', minApi: '1.25' }),
  'health-interval': positiveDuration({ summary: 'Time between two health checks', minApi: '1.25' }),
  'health-retries': int({ summary: 'Consecutive failures that make a container unhealthy', minApi: '1.25' }),
  'health-start-interval': positiveDuration({
    summary: 'Time between two health checks during the start period',
    minApi: '1.44',
  }),
  'health-start-period': positiveDuration({
    summary: 'Time after the start in which failures do not count',
    minApi: '1.29',
  }),
  'health-timeout': positiveDuration({ summary: 'Longest time one health check may take', minApi: '1.25' }),
  'no-healthcheck': bool({ summary: "Disable the image's health check", minApi: '1.25' }),
}

const resourceFlags = {
  'limit-cpu': value({ summary: 'Limit the CPUs of a task', valueType: 'decimal', default: 0, read: parseNanoCpus }),
  'limit-memory': bytes({ summary: 'Limit the memory of a task' }),
  'limit-pids': int({ summary: 'Limit the processes of a task; 0 for no limit', minApi: '1.41' }),
  'memory-swap': memorySwap({ summary: 'Limit the swap of a task; -1 for no limit', minApi: '1.52' }),
  'memory-swappiness': int({
    summary: 'Tendency of a task to swap, 0 to 100; -1 for the default',
    default: -1,
    minApi: '1.52',
  }),
  'reserve-cpu': value({
    summary: 'Reserve CPUs for a task',
    valueType: 'decimal',
    default: 0,
    read: parseNanoCpus,
  }),
  'reserve-memory': bytes({ summary: 'Reserve memory for a task' }),
}

/** The flags that `service create` and `service update` share (docker/cli service.addServiceFlags). */
export const commonFlags = {
  ...waitFlags,
  ...rollingUpdateFlags,
  ...rollbackFlags,
  ...restartFlags,
  ...healthFlags,
  ...resourceFlags,
  'cap-add': texts({ summary: 'Add a Linux capability', minApi: '1.41' }),
  'cap-drop': texts({ summary: 'Drop a Linux capability', minApi: '1.41' }),
  'credential-spec': value<CredentialSpec | undefined>({
    summary: 'Credential spec of a managed service account, config://, file:// or registry://NAME (Windows nodes)',
    valueType: 'credential-spec',
    default: undefined,
    read: parseCredentialSpec,
    minApi: '1.29',
  }),
  entrypoint: command({ summary: "Program to run instead of the image's entrypoint" }),
  hostname: text({ summary: 'Host name inside the containers', minApi: '1.25' }),
  init: bool({ summary: 'Run an init as process 1 that forwards signals and reaps processes', minApi: '1.37' }),
  isolation: text({ summary: 'Isolation technology (Windows nodes)', minApi: '1.35' }),
  'log-driver': text({ summary: 'Logging driver' }),
  'log-opt': each({ summary: 'Set an option of the logging driver, KEY=VALUE', read: checkVariable }),
  'max-concurrent': uint({
    summary: "Number of a job's tasks to run in parallel; the default is --replicas",
    minApi: '1.41',
  }),
  'no-resolve-image': bool({
    summary: "Do not query the registry for the image's digest and platforms",
    minApi: '1.30',
  }),
  'oom-score-adj': int({ summary: 'Out-of-memory score adjustment, -1000 to 1000', minApi: '1.46' }),
  'read-only': bool({ summary: "Make the containers' root file systems read-only", minApi: '1.28' }),
  replicas: uint({ summary: 'Number of tasks' }),
  'replicas-max-per-node': uint({
    summary: 'Maximum number of tasks per node; 0 for no limit',
    minApi: '1.40',
  }),
  'stop-grace-period': duration({ summary: 'Time to wait before killing a container' }),
  'stop-signal': text({ summary: 'Signal that stops a container', minApi: '1.28' }),
  tty: bool({ char: 't', summary: 'Allocate a terminal', minApi: '1.25' }),
  user: text({ char: 'u', summary: 'User to run as, NAME|UID[:GROUP|GID]' }),
  'with-registry-auth': bool({ summary: "Send the registry credentials to the swarm's nodes" }),
  workdir: text({ char: 'w', summary: 'Working directory inside the containers' }),
}

export type CommonFlags = ValuesOf<typeof commonFlags>

const SECOND = 1_000_000_000

/** The swarm's defaults (swarmkit api/defaults). docker sends all of them as soon as a flag sets one. */
const UPDATE: UpdateConfig = {
  Parallelism: 1,
  FailureAction: 'pause',
  Monitor: 5 * SECOND,
  MaxFailureRatio: 0,
  Order: 'stop-first',
}
const RESTART: ServiceRestartPolicy = { Condition: 'any', Delay: 5 * SECOND, MaxAttempts: 0 }

/**
 * Returns how tasks are replaced, changed by the flags that were typed.
 * @param kind which flags to use: `--update-…` or `--rollback-…`
 * @param current the current settings; if absent, the defaults are changed
 * @returns undefined if none of the flags was typed
 */
export function translateUpdateConfig(
  kind: 'update' | 'rollback',
  flags: CommonFlags,
  typedFlags: TypedFlags,
  current: UpdateConfig | null | undefined,
): UpdateConfig | undefined {
  const typed: UpdateConfig = {
    ...(typedFlags.has(`${kind}-parallelism`) ? { Parallelism: flags[`${kind}-parallelism`] } : {}),
    ...(typedFlags.has(`${kind}-delay`) ? { Delay: flags[`${kind}-delay`] } : {}),
    ...(typedFlags.has(`${kind}-monitor`) ? { Monitor: flags[`${kind}-monitor`] } : {}),
    ...(typedFlags.has(`${kind}-failure-action`) ? { FailureAction: flags[`${kind}-failure-action`] } : {}),
    ...(typedFlags.has(`${kind}-max-failure-ratio`) ? { MaxFailureRatio: flags[`${kind}-max-failure-ratio`] } : {}),
    ...(typedFlags.has(`${kind}-order`) ? { Order: flags[`${kind}-order`] } : {}),
  }
  if (Object.keys(typed).length === 0) return undefined
  const { Parallelism = 0, MaxFailureRatio = 0, Order = '', ...rest } = { ...(current ?? UPDATE), ...typed }
  return { ...omitEmpty(rest), Parallelism, MaxFailureRatio, Order }
}

/** @throws Error with docker's message for a failure ratio that JSON cannot represent */
export function checkRatios({ UpdateConfig: update, RollbackConfig: rollback }: ServiceSpec): void {
  for (const { MaxFailureRatio: ratio = 0 } of [update ?? {}, rollback ?? {}]) {
    if (Number.isFinite(ratio)) continue
    const name = Number.isNaN(ratio) ? 'NaN' : ratio > 0 ? '+Inf' : '-Inf'
    throw new Error(`json: unsupported value: ${name}`)
  }
}

/** Returns when tasks are restarted, changed by the flags that were typed; undefined if none was typed. */
export function translateRestartPolicy(
  flags: CommonFlags,
  typedFlags: TypedFlags,
  current: ServiceRestartPolicy | null | undefined,
): ServiceRestartPolicy | undefined {
  const typed: ServiceRestartPolicy = {
    ...(typedFlags.has('restart-condition') ? { Condition: flags['restart-condition'] } : {}),
    ...(typedFlags.has('restart-delay') ? { Delay: flags['restart-delay'] } : {}),
    ...(typedFlags.has('restart-max-attempts') ? { MaxAttempts: flags['restart-max-attempts'] } : {}),
    ...(typedFlags.has('restart-window') ? { Window: flags['restart-window'] } : {}),
  }
  if (Object.keys(typed).length === 0) return undefined
  const { Condition = '', ...rest } = { ...(current ?? RESTART), ...typed }
  return Condition === '' ? rest : { Condition, ...rest }
}

/** Translates the flags of the log. */
export function translateLogDriver(flags: { readonly 'log-driver': string; readonly 'log-opt': readonly string[] }) {
  return { Name: flags['log-driver'], ...omitEmpty({ Options: mapOrNull(keyValueMap(flags['log-opt'])) }) }
}

/** Returns null for an empty map, so that `omitEmpty` removes it. */
export function mapOrNull(map: Record<string, string>): Record<string, string> | null {
  return Object.keys(map).length > 0 ? map : null
}

/** Returns the swap settings that were typed. docker 29's client ignores them in updates (moby issue 53196). */
export function typedSwap(
  flags: CommonFlags,
  typedFlags: TypedFlags,
): Partial<Pick<ResourceRequirements, 'SwapBytes' | 'MemorySwappiness'>> {
  return {
    ...(typedFlags.has('memory-swap') ? { SwapBytes: flags['memory-swap'] } : {}),
    ...(typedFlags.has('memory-swappiness') ? { MemorySwappiness: flags['memory-swappiness'] } : {}),
  }
}
