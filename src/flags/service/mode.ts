// The mode of a service, and the flags that only some modes have.
import type { ServiceMode } from '../../domain/service/service.ts'
import type { TypedFlags } from '../flag.ts'
import type { CommonFlags } from './common.ts'

type ModeFlags = CommonFlags & { readonly mode: string }

/** Returns the mode of a new service. @throws Error with docker's reason for flags that the mode does not have */
export function serviceMode(flags: ModeFlags, typedFlags: TypedFlags): ServiceMode {
  const replicas = typedFlags.has('replicas') ? { Replicas: flags.replicas } : {}
  switch (flags.mode) {
    case 'global':
      refuse('replicas can only be used with replicated or replicated-job mode', typedFlags.has('replicas'))
      refuseMaxPerNode(flags)
      refuseConcurrency(typedFlags)
      return { Global: {} }
    case 'replicated':
      refuseConcurrency(typedFlags)
      return { Replicated: replicas }
    case 'replicated-job':
      return { ReplicatedJob: jobSize(flags, typedFlags) }
    case 'global-job':
      refuseMaxPerNode(flags)
      refuseConcurrency(typedFlags)
      refuse('replicas can only be used with replicated or replicated-job mode', typedFlags.has('replicas'))
      return { GlobalJob: {} }
    default:
      throw new Error(`Unknown mode: ${flags.mode}, only replicated and global supported`)
  }
}

function jobSize(flags: ModeFlags, typedFlags: TypedFlags): NonNullable<ServiceMode['ReplicatedJob']> {
  const total = typedFlags.has('replicas') ? flags.replicas : undefined
  const concurrent = typedFlags.has('max-concurrent') ? flags['max-concurrent'] : total
  return {
    ...(concurrent === undefined ? {} : { MaxConcurrent: concurrent }),
    ...(total === undefined ? {} : { TotalCompletions: total }),
  }
}

function refuseMaxPerNode(flags: ModeFlags): void {
  refuse(
    'replicas-max-per-node can only be used with replicated or replicated-job mode',
    flags['replicas-max-per-node'] > 0,
  )
}

function refuseConcurrency(typedFlags: TypedFlags): void {
  refuse('max-concurrent can only be used with replicated-job mode', typedFlags.has('max-concurrent'))
}

function refuse(reason: string, isRefused: boolean): void {
  if (isRefused) throw new Error(reason)
}
