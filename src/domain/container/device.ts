// The devices of a container: `--device`, `--gpus`, and the limits of block devices.
import { messageOf } from '../errors.ts'
import { parseCsvRecord } from '../go/csv.ts'
import { type Int64, parseDecimalInt } from '../go/int.ts'
import { cleanPath } from '../go/path.ts'
import { keyValueMap, splitKeyValue } from '../key-value.ts'
import { parseRamBytes } from '../size.ts'

export interface DeviceMapping {
  readonly PathOnHost: string
  readonly PathInContainer: string
  readonly CgroupPermissions: string
}

/** A parsed `--device`: a device node of the host, or a device that a CDI specification describes. */
export type Device = { readonly cdiName: string } | { readonly mapping: DeviceMapping }

/**
 * Parses the value of `--device` for a Linux daemon: `path[:containerPath][:permissions]` or a CDI name,
 * `vendor.com/class=name`.
 * @throws Error with docker's reason
 */
export function parseDevice(text: string): Device {
  if (isCdiName(text)) return { cdiName: text }
  const parts = text.split(':')
  const [onHost = '', second, third] = parts
  if (parts.length > 3 || onHost === '') throw new Error(`bad format for path: ${text}`)
  if (third !== undefined && !isDeviceMode(third)) throw new Error(`bad mode specified: ${third}`)
  const secondIsMode = third === undefined && second !== undefined && isDeviceMode(second)
  const inside = second === undefined || secondIsMode ? onHost : second
  if (!inside.startsWith('/')) throw new Error(`${inside} is not an absolute path`)
  const onePath = inside === onHost && (second === undefined || secondIsMode)
  const path = third === undefined ? cleanPath(inside) : inside
  return {
    mapping: {
      PathOnHost: onePath ? path : onHost,
      PathInContainer: path,
      CgroupPermissions: third ?? (secondIsMode ? second : 'rwm'),
    },
  }
}

/** Whether a text consists of `r` (read), `w` (write) and `m` (mknod), each at most once. */
function isDeviceMode(text: string): boolean {
  return /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length
}

/** Whether a text is `vendor/class=name` in the grammar of the Container Device Interface. */
function isCdiName(text: string): boolean {
  const vendor = '[A-Za-z](?:[\\w.-]*[A-Za-z\\d])?'
  const kind = '[A-Za-z](?:[\\w-]*[A-Za-z\\d])?'
  const name = '[A-Za-z\\d](?:[\\w.:-]*[A-Za-z\\d])?'
  return new RegExp(`^${vendor}/${kind}=${name}$`).test(text)
}

/**
 * Checks one `--device-cgroup-rule`: `type major:minor mode`.
 * @throws Error with docker's reason
 */
export function checkDeviceCgroupRule(text: string): string {
  if (!/^[acb] (\d+|\*):(\d+|\*) [rwm]{1,3}$/.test(text)) throw new Error(`invalid device cgroup format '${text}'`)
  return text
}

export interface DeviceWeight {
  readonly Path: string
  readonly Weight: number
}

export interface DeviceRate {
  readonly Path: string
  readonly Rate: Int64
}

/**
 * Parses one `--blkio-weight-device`, `/dev/sda:200`.
 * @throws Error with docker's reason
 */
export function parseDeviceWeight(text: string): DeviceWeight {
  const { path, amount } = splitDevice(text)
  const weight = /^\d+$/.test(amount) ? Number(amount) : Number.NaN
  if (!(weight === 0 || (weight >= 10 && weight <= 1000))) throw new Error(`invalid weight for device: ${text}`)
  return { Path: path, Weight: weight }
}

/**
 * Parses one `--device-read-bps`, `/dev/sda:1mb`. The rate is in bytes per second.
 * @throws Error with docker's reason
 */
export function parseDeviceByteRate(text: string): DeviceRate {
  const { path, amount } = splitDevice(text)
  const error = invalidRate(text, '<number>[<unit>]', '. Unit is optional and can be kb, mb, or gb')
  try {
    const rate = parseRamBytes(amount)
    if (rate >= 0) return { Path: path, Rate: rate }
  } catch {
    throw error
  }
  throw error
}

/**
 * Parses one `--device-read-iops`, `/dev/sda:100`. The rate is in operations per second.
 * @throws Error with docker's reason
 */
export function parseDeviceOperationRate(text: string): DeviceRate {
  const { path, amount } = splitDevice(text)
  const rate = parseDecimalInt(amount, 'uint64')
  if (typeof rate === 'string') throw invalidRate(text, '<number>', '')
  return { Path: path, Rate: rate }
}

function splitDevice(text: string): { path: string; amount: string } {
  const colon = text.indexOf(':')
  if (colon <= 0) throw new Error(`bad format: ${text}`)
  const path = text.slice(0, colon)
  if (!path.startsWith('/dev/')) throw new Error(`bad format for device path: ${text}`)
  return { path, amount: text.slice(colon + 1) }
}

function invalidRate(text: string, format: string, unitHint: string): Error {
  return new Error(
    `invalid rate for device: ${text}. The correct format is <device-path>:${format}. Number must be a positive integer${unitHint}`,
  )
}

/** A request for devices that a driver of the daemon provides: GPUs, or devices of a CDI specification. */
export interface DeviceRequest {
  readonly Driver: string
  readonly Count: Int64
  readonly DeviceIDs: readonly string[] | null
  readonly Capabilities: readonly (readonly string[])[] | null
  readonly Options: Readonly<Record<string, string>> | null
}

/**
 * Parses the value of `--gpus`: `all`, a count, or one CSV record such as `driver=nvidia,count=2`.
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
    throw new Error(`failed to read gpu options: ${messageOf(error)}`)
  }
}

function parseCount(text: string): Int64 {
  if (text === 'all') return -1
  const count = parseDecimalInt(text, 'int64')
  if (typeof count === 'string') {
    throw new Error(`invalid count (${text}): value must be either "all" or an integer: ${count}`)
  }
  return count
}
