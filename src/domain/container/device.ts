import { cleanPath } from '../go/path.ts'

export interface DeviceMapping {
  readonly PathOnHost: string
  readonly PathInContainer: string
  readonly CgroupPermissions: string
}

/** What `--device` names: a device node of the host, or a device that a CDI specification describes. */
export type Device = { readonly cdiName: string } | { readonly mapping: DeviceMapping }

/**
 * Reads what `--device` takes for a Linux daemon: `path[:path-inside][:permissions]` or a CDI name,
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

/** Some of `r` (read), `w` (write) and `m` (make nodes), each at most once. */
function isDeviceMode(text: string): boolean {
  return /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length
}

/** `vendor/class=name` in the container device interface's grammar. */
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
