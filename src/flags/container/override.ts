// Combines the flags that a container was made with and those that change it.
import { parseDevice } from '../../domain/container/device.ts'
import { parseMount } from '../../domain/container/mount.ts'
import { parseExposed, parsePublished } from '../../domain/container/port.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import type { AnyFlag } from '../flag.ts'
import type { FlagArgument } from './flag-argument.ts'

/** The flags whose values begin with a key and an equals sign. */
const PAIRS = new Set(['annotation', 'env', 'label', 'log-opt', 'storage-opt', 'sysctl', 'ulimit'])
/** The flags whose values begin with the path of a device and a colon. */
const DEVICE_LIMITS = new Set([
  ...['blkio-weight-device', 'device-read-bps', 'device-read-iops', 'device-write-bps', 'device-write-iops'],
])
/** The flags about the networks that a container joins. `--network` replaces all of them. */
const NETWORK_FLAGS = new Set([...['ip', 'ip6', 'link', 'link-local-ip', 'mac-address', 'network', 'network-alias']])

/**
 * Returns the flags of a container together with typed ones. A typed flag replaces the one of the same name, or, where a flag
 * may be repeated, those that set the same variable, port, mount point and so on. Other values are added.
 * @param reset the names of the flags whose values the container loses
 * @param set the declarations of all flags
 */
export function overrideFlags(
  own: readonly FlagArgument[],
  typed: readonly FlagArgument[],
  reset: readonly string[],
  set: Readonly<Record<string, AnyFlag>>,
): FlagArgument[] {
  const subjects = new Set(typed.flatMap((flag) => subjectsOf(flag, set)))
  const isReplaced = (flag: FlagArgument) =>
    reset.includes(flag.name) ||
    subjectsOf(flag, set).some((subject) => subjects.has(subject)) ||
    typed.some((other) => excludes(other.name, flag.name))
  return [...own.filter((flag) => !isReplaced(flag)), ...typed]
}

/** Whether a typed flag makes another one meaningless. */
function excludes(typed: string, own: string): boolean {
  if (typed === 'network') return NETWORK_FLAGS.has(own)
  if (typed === 'no-healthcheck') return own.startsWith('health-')
  return typed.startsWith('health-') && own === 'no-healthcheck'
}

/** Returns what a flag sets: of two flags that set the same thing, the later one counts. */
function subjectsOf({ name, value = '' }: FlagArgument, set: Readonly<Record<string, AnyFlag>>): string[] {
  if (PAIRS.has(name)) return [`${name} ${splitKeyValue(value).key}`]
  if (DEVICE_LIMITS.has(name)) return [`${name} ${value.slice(0, value.lastIndexOf(':'))}`]
  if (name === 'add-host') return [`${name} ${value.split(/[=:]/, 1)[0]}`]
  if (name === 'link') return [`${name} ${value.slice(value.indexOf(':') + 1)}`]
  if (name === 'device') return [`${name} ${devicePath(value)}`]
  if (name === 'publish') return Object.keys(parsePublished([value])).map((port) => `${name} ${port}`)
  if (name === 'expose') return parseExposed(value).map((port) => `${name} ${port}`)
  if (name === 'mount') return [`mount point ${parseMount(value).mount.Target}`]
  if (name === 'tmpfs') return [`mount point ${value.split(':', 1)[0]}`]
  if (name === 'volume') return [`mount point ${value.split(':')[value.includes(':') ? 1 : 0]}`]
  // `--gpus` is one request for devices, although it may be repeated.
  return [set[name]?.multiple && name !== 'gpus' ? `${name} ${value}` : name]
}

function devicePath(value: string): string {
  const device = parseDevice(value)
  return 'cdiName' in device ? device.cdiName : device.mapping.PathInContainer
}
