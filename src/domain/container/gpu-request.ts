import { parseCsvRecord } from '../go/csv.ts'
import { keyValueMap, splitKeyValue } from '../key-value.ts'

/** Devices that a driver of the daemon adds: GPUs, or what a CDI specification describes. */
export interface DeviceRequest {
  readonly Driver: string
  readonly Count: number
  readonly DeviceIDs: readonly string[] | null
  readonly Capabilities: readonly (readonly string[])[] | null
  readonly Options: Readonly<Record<string, string>> | null
}

/**
 * Reads what `--gpus` takes: `all`, a count, or one CSV record such as `driver=nvidia,count=2`.
 * @throws Error with docker's reason
 */
export function parseGpuRequest(text: string): DeviceRequest {
  let request: DeviceRequest = { Driver: '', Count: 0, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }
  const seen = new Set<string>()
  for (const field of parseCsvRecord(text)) {
    const { key, value } = splitKeyValue(field)
    if (seen.has(key)) throw new Error(`gpu request key '${key}' can be specified only once`)
    seen.add(key)
    if (value === undefined) seen.add('count')
    request = { ...request, ...(value === undefined ? { Count: parseCount(key) } : requestField(key, value, field)) }
  }
  return seen.has('count') || request.DeviceIDs ? request : { ...request, Count: 1 }
}

function requestField(key: string, value: string, field: string): Partial<DeviceRequest> {
  switch (key) {
    case 'driver':
      return { Driver: value }
    case 'count':
      return { Count: parseCount(value) }
    case 'device':
      return { DeviceIDs: value.split(',') }
    case 'capabilities':
      return { Capabilities: [[...value.split(','), 'gpu']] }
    case 'options':
      return { Options: parseOptions(value) }
    default:
      throw new Error(`unexpected key '${key}' in '${field}'`)
  }
}

function parseOptions(text: string): Record<string, string> {
  try {
    return keyValueMap(parseCsvRecord(text))
  } catch (error) {
    throw new Error(`failed to read gpu options: ${error instanceof Error ? error.message : ''}`)
  }
}

function parseCount(text: string): number {
  if (text === 'all') return -1
  const complain = (reason: string) =>
    new Error(`invalid count (${text}): value must be either "all" or an integer: ${reason}`)
  if (!/^[+-]?\d+$/.test(text)) throw complain('invalid syntax')
  const count = Number(text)
  if (!Number.isSafeInteger(count)) throw complain('value out of range')
  return count
}
