import type { HostConfig, Resources } from '../../domain/container/create-request.ts'
import { type DeviceMapping, parseDevice } from '../../domain/container/device.ts'
import type { DeviceRequest } from '../../domain/container/gpu-request.ts'
import type { Mount } from '../../domain/container/mount.ts'
import { parseSecurityOption } from '../../domain/container/security.ts'
import type { Ulimit } from '../../domain/container/ulimit.ts'
import { absolutePath } from '../../domain/go/path.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import { bindFor, parseVolumeSpec } from '../../domain/volume/spec.ts'
import type { ContainerFlags } from './create.ts'
import type { ClientEnvironment } from './environment.ts'
import { orNull } from './networking.ts'

/** `-v` split into what the host binds and volumes of the container's own. @throws Error with docker's reason */
export function splitVolumes(specs: readonly string[], cwd: string): { binds: string[]; anonymous: string[] } {
  const binds: string[] = []
  const anonymous: string[] = []
  for (const spec of new Set(specs)) {
    if (parseVolumeSpec(spec).source === '') anonymous.push(spec)
    else binds.push(bindFor(spec, cwd))
  }
  return { binds, anonymous }
}

/** `--mount`, with sources that begin with a dot made absolute. */
export function mounts(flags: ContainerFlags, cwd: string): Mount[] {
  return flags.mount.map(({ mount }) =>
    mount.Source?.startsWith('.') ? { ...mount, Source: absolutePath(mount.Source, cwd) } : mount,
  )
}

/** `--tmpfs` by path; a path without options has none. */
export function tmpfs(flags: ContainerFlags): Record<string, string> {
  return Object.fromEntries(
    flags.tmpfs.map((spec): [string, string] => {
      const colon = spec.indexOf(':')
      return colon < 0 ? [spec, ''] : [spec.slice(0, colon), spec.slice(colon + 1)]
    }),
  )
}

/** @throws Error with docker's reason */
export function devices(flags: ContainerFlags): { mappings: DeviceMapping[]; requests: DeviceRequest[] } {
  const parsed = flags.device.map(parseDevice)
  const mappings = parsed.flatMap((device) => ('mapping' in device ? [device.mapping] : []))
  const cdiNames = parsed.flatMap((device) => ('cdiName' in device ? [device.cdiName] : []))
  const cdi = { Driver: 'cdi', Count: 0, DeviceIDs: cdiNames, Capabilities: null, Options: null }
  return { mappings, requests: cdiNames.length > 0 ? [...flags.gpus, cdi] : [...flags.gpus] }
}

/** @throws Error with docker's reason */
export function logConfig(flags: ContainerFlags): HostConfig['LogConfig'] {
  const driver = flags['log-driver']
  if (driver === 'none' && flags['log-opt'].length > 0) throw new Error(`invalid logging opts for driver ${driver}`)
  return { Type: driver, Config: keyValueMap(flags['log-opt']) }
}

/** @throws Error with docker's reason */
export function storageOptions(flags: ContainerFlags): Record<string, string> {
  if (flags['storage-opt'].some((option) => !option.includes('='))) throw new Error('invalid storage option')
  return keyValueMap(flags['storage-opt'])
}

type Security = Pick<HostConfig, 'SecurityOpt' | 'MaskedPaths' | 'ReadonlyPaths'>

/**
 * `--security-opt` as the daemon takes it: a seccomp profile goes along as its text; `systempaths=unconfined` is the
 * client's to carry out, by lists of paths that are empty.
 * @throws Error with docker's reason
 */
export function securityOptions(flags: ContainerFlags, { readFile }: ClientEnvironment): Security {
  const typed = flags['security-opt']
  const options = typed.map((text) => {
    const { key, value } = parseSecurityOption(text)
    const isFile = key === 'seccomp' && value !== 'builtin' && value !== 'unconfined'
    return isFile ? `seccomp=${compactProfile(value, readFile)}` : text
  })
  const sent = options.filter((option) => option !== 'systempaths=unconfined')
  const paths = sent.length < options.length ? [] : null
  return { SecurityOpt: typed.length > 0 ? sent : null, MaskedPaths: paths, ReadonlyPaths: paths }
}

function compactProfile(path: string, readFile: ClientEnvironment['readFile']): string {
  let text: string
  try {
    text = new TextDecoder().decode(readFile(path))
  } catch (error) {
    throw new Error(`opening seccomp profile (${path}) failed: ${error instanceof Error ? error.message : ''}`)
  }
  try {
    JSON.parse(text)
  } catch (error) {
    throw new Error(`compacting json for seccomp profile (${path}) failed: unexpected end of JSON input`, {
      cause: error,
    })
  }
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
}

export function resources(
  flags: ContainerFlags,
  { mappings, requests }: ReturnType<typeof devices>,
  { apiVersion }: ClientEnvironment,
): Resources {
  const kernelMemory = flags['kernel-memory']
  const takesKernelMemory = compareVersions(apiVersion, '1.42') < 0 && compareVersions(apiVersion, '1.40') >= 0
  return {
    CpuShares: flags['cpu-shares'],
    Memory: flags.memory,
    NanoCpus: flags.cpus,
    CgroupParent: flags['cgroup-parent'],
    BlkioWeight: flags['blkio-weight'],
    BlkioWeightDevice: flags['blkio-weight-device'],
    BlkioDeviceReadBps: flags['device-read-bps'],
    BlkioDeviceWriteBps: flags['device-write-bps'],
    BlkioDeviceReadIOps: flags['device-read-iops'],
    BlkioDeviceWriteIOps: flags['device-write-iops'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpusetCpus: flags['cpuset-cpus'],
    CpusetMems: flags['cpuset-mems'],
    Devices: mappings,
    DeviceCgroupRules: orNull(flags['device-cgroup-rule']),
    DeviceRequests: orNull(requests),
    ...(takesKernelMemory && kernelMemory !== 0 ? { KernelMemory: kernelMemory } : {}),
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    MemorySwappiness: flags['memory-swappiness'],
    OomKillDisable: flags['oom-kill-disable'],
    PidsLimit: flags['pids-limit'],
    Ulimits: lastUlimits(flags.ulimit),
    CpuCount: flags['cpu-count'],
    CpuPercent: flags['cpu-percent'],
    IOMaximumIOps: flags['io-maxiops'],
    IOMaximumBandwidth: flags['io-maxbandwidth'],
  }
}

/** The last of each name, sorted by name. */
function lastUlimits(ulimits: readonly Ulimit[]): Ulimit[] {
  const byName = new Map(ulimits.map((ulimit) => [ulimit.Name, ulimit]))
  return [...byName.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1))
}
