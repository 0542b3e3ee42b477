import { omitEmpty } from '../../domain/go/omit-empty.ts'
import type { ServiceRestartPolicy, ServiceSpec, UpdateConfig } from '../../domain/service/service.ts'
import type { CommonFlags } from './common-flags.ts'

const SECOND = 1_000_000_000

/** Which flags were typed. */
export type TypedFlags = ReadonlySet<string>

/** What a swarm does unless told otherwise (swarmkit api/defaults); docker sends all of it where a flag tells a part. */
const UPDATE: UpdateConfig = {
  Parallelism: 1,
  FailureAction: 'pause',
  Monitor: 5 * SECOND,
  MaxFailureRatio: 0,
  Order: 'stop-first',
}
const RESTART: ServiceRestartPolicy = { Condition: 'any', Delay: 5 * SECOND, MaxAttempts: 0 }

/**
 * How the tasks are replaced, with what was typed of it.
 * @param kind whose flags count: `--update-…` or `--rollback-…`
 * @param current what there was; where nothing was, the defaults count
 * @returns undefined where no flag says anything
 */
export function updateConfig(
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

/** @throws Error in docker's words for a ratio that JSON cannot carry */
export function checkRatios({ UpdateConfig: update, RollbackConfig: rollback }: ServiceSpec): void {
  for (const { MaxFailureRatio: ratio = 0 } of [update ?? {}, rollback ?? {}]) {
    if (Number.isFinite(ratio)) continue
    const name = Number.isNaN(ratio) ? 'NaN' : ratio > 0 ? '+Inf' : '-Inf'
    throw new Error(`json: unsupported value: ${name}`)
  }
}

/** When a task is started again, with what was typed of it; undefined where no flag says anything. */
export function restartPolicy(
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
