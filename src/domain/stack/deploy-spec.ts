// Translates what a Compose file says about deploying a service: its mode, resources, restarts and updates.
import { parseNanoCpus } from '../container/cpus.ts'
import { parseRestartPolicy } from '../container/restart-policy.ts'
import type { Int64 } from '../go/int.ts'
import { omitEmpty } from '../go/omit-empty.ts'
import type { ResourceRequirements, ServiceMode, ServiceRestartPolicy, UpdateConfig } from '../service/service.ts'
import type { Service } from './service.ts'

/** Returns the mode of a service. @throws Error with docker's reason */
export function serviceMode(mode: string, replicas: Int64 | undefined): ServiceMode {
  const isGlobal = mode === 'global' || mode === 'global-job'
  if (isGlobal && replicas !== undefined) {
    throw new Error('replicas can only be used with replicated or replicated-job mode')
  }
  switch (mode) {
    case 'global':
      return { Global: {} }
    case 'global-job':
      return { GlobalJob: {} }
    case 'replicated-job':
      return { ReplicatedJob: replicas === undefined ? {} : { MaxConcurrent: replicas, TotalCompletions: replicas } }
    case 'replicated':
    case '':
      return { Replicated: replicas === undefined ? {} : { Replicas: replicas } }
    default:
      throw new Error(`Unknown mode: ${mode}`)
  }
}

/** Returns the limits and reservations of a service. @throws Error with docker's reason */
export function resourcesOf({ deploy: { resources } }: Service): ResourceRequirements {
  const { limits, reservations } = resources
  const cpusOf = (cpus: string) => (cpus === '' ? 0 : parseNanoCpus(cpus))
  const generic = (reservations?.generic_resources ?? []).map(({ discrete_resource_spec: discrete }) =>
    discrete ? { DiscreteResourceSpec: omitEmpty({ Kind: discrete.kind, Value: discrete.value }) } : {},
  )
  return {
    ...(limits
      ? { Limits: omitEmpty({ NanoCPUs: cpusOf(limits.cpus), MemoryBytes: limits.memory, Pids: limits.pids }) }
      : {}),
    ...(reservations
      ? {
          Reservations: omitEmpty({
            NanoCPUs: cpusOf(reservations.cpus),
            MemoryBytes: reservations.memory,
            GenericResources: generic,
          }),
        }
      : {}),
  }
}

/**
 * Returns when the tasks of a service are restarted. The policy of `deploy` comes before the older `restart`.
 * @throws Error with docker's reason
 */
export function restartPolicy({
  restart,
  deploy: { restart_policy: policy },
}: Service): ServiceRestartPolicy | undefined {
  if (policy) {
    return {
      ...omitEmpty({ Condition: policy.condition }),
      ...(policy.delay === undefined ? {} : { Delay: policy.delay }),
      ...(policy.max_attempts === undefined ? {} : { MaxAttempts: policy.max_attempts }),
      ...(policy.window === undefined ? {} : { Window: policy.window }),
    }
  }
  if (restart === '') return undefined
  const { Name: name, MaximumRetryCount: retries } = parseRestartPolicy(restart)
  const attempts = retries > 0 ? { MaxAttempts: retries } : {}
  switch (name) {
    case 'no':
    case '':
      return undefined
    case 'always':
    case 'unless-stopped':
      return { Condition: 'any', ...attempts }
    case 'on-failure':
      return { Condition: 'on-failure', ...attempts }
    default:
      throw new Error(`unknown restart policy: ${restart}`)
  }
}

/** Returns how a service is updated or rolled back. */
export function updateConfig(config: Service['deploy']['update_config']): UpdateConfig | undefined {
  if (!config) return undefined
  return {
    Parallelism: config.parallelism ?? 1,
    ...omitEmpty({ Delay: config.delay, FailureAction: config.failure_action, Monitor: config.monitor }),
    MaxFailureRatio: config.max_failure_ratio,
    Order: config.order,
  }
}
