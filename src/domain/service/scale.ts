import { type Int64, parseDecimalInt } from '../go/int.ts'
import { goQuote } from '../go/quote.ts'
import { splitKeyValue } from '../key-value.ts'
import type { ServiceSpec } from './service.ts'

/** Splits `NAME=REPLICAS`; undefined if a part is missing. */
export function splitScale(text: string): { name: string; replicas: string } | undefined {
  const { key: name, value: replicas = '' } = splitKeyValue(text)
  return name === '' || replicas === '' ? undefined : { name, replicas }
}

/**
 * Parses the number of replicas.
 * @throws Error with docker's reason
 */
export function parseReplicas(text: string): Int64 {
  const replicas = parseDecimalInt(text, 'uint64')
  if (typeof replicas === 'string') {
    throw new Error(`invalid replicas value ${text}: strconv.ParseUint: parsing ${goQuote(text)}: ${replicas}`)
  }
  return replicas
}

/**
 * Returns the spec of a service with another number of tasks.
 * @throws Error with docker's reason for a global service or job
 */
export function scaleSpec(current: ServiceSpec, replicas: Int64): ServiceSpec {
  const spec = structuredClone(current)
  const { Replicated, ReplicatedJob } = spec.Mode ?? {}
  if (Replicated) Replicated.Replicas = replicas
  else if (ReplicatedJob) ReplicatedJob.TotalCompletions = replicas
  else throw new Error('scale can only be used with replicated or replicated-job mode')
  return spec
}
