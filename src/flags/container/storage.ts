// The storage of a container: mounts, volumes, its own file system and its log.
import type { HostConfig } from '../../domain/container/create-request.ts'
import { checkMountSupport, type Mount, type ParsedMount, parseMount } from '../../domain/container/mount.ts'
import { absolutePath } from '../../domain/go/path.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { parseVolumeSpec, resolveBind } from '../../domain/volume/spec.ts'
import { bool, each, text, texts, type ValuesOf } from '../flag.ts'
import type { ClientEnvironment } from './environment.ts'

export const storageFlags = {
  'log-driver': text({ completes: 'log drivers', summary: 'Logging driver' }),
  'log-opt': texts({ completes: 'log options', summary: 'Set an option of the logging driver, KEY=VALUE' }),
  mount: each({
    summary: 'Mount a directory, volume, image or tmpfs: type=…,source=…,target=…',
    valueType: 'mount',
    read: parseMount,
  }),
  'read-only': bool({ summary: "Make the container's root file system read-only" }),
  'storage-opt': texts({ completes: 'storage options', summary: 'Set an option of the storage driver, KEY=VALUE' }),
  tmpfs: texts({ summary: 'Mount a tmpfs, PATH[:OPTIONS]' }),
  volume: texts({ char: 'v', summary: 'Mount a host directory or a volume, SOURCE:TARGET[:OPTIONS]' }),
  'volume-driver': text({ completes: 'volume drivers', summary: 'Driver of the volumes to create' }),
  'volumes-from': texts({ completes: 'containers', summary: 'Mount the volumes of another container, NAME[:ro]' }),
}

type StorageFlags = ValuesOf<typeof storageFlags>

/**
 * Splits the values of `-v` into binds of host paths or named volumes, and anonymous volumes.
 * @throws Error with docker's reason
 */
export function splitVolumes(
  specs: readonly string[],
  client: Pick<ClientEnvironment, 'cwd'>,
): { binds: string[]; anonymous: string[] } {
  const binds: string[] = []
  const anonymous: string[] = []
  for (const spec of new Set(specs)) {
    if (parseVolumeSpec(spec).source === '') anonymous.push(spec)
    else binds.push(resolveBind(spec, client.cwd))
  }
  return { binds, anonymous }
}

/**
 * Returns the mounts of `--mount`. Sources that begin with a dot become absolute paths.
 * @throws Error if the daemon does not support a mount
 */
export function resolveMounts(
  parsed: readonly ParsedMount[],
  client: Pick<ClientEnvironment, 'cwd' | 'apiVersion'>,
): Mount[] {
  const mounts = parsed.map(({ mount }) =>
    mount.Source?.startsWith('.') ? { ...mount, Source: absolutePath(mount.Source, client.cwd) } : mount,
  )
  checkMountSupport(mounts, client.apiVersion)
  return mounts
}

/** Returns the options of each `--tmpfs` by its path; empty for a path without options. */
export function parseTmpfs(flags: StorageFlags): Record<string, string> {
  return Object.fromEntries(
    flags.tmpfs.map((spec): [string, string] => {
      const colon = spec.indexOf(':')
      return colon < 0 ? [spec, ''] : [spec.slice(0, colon), spec.slice(colon + 1)]
    }),
  )
}

/** @throws Error with docker's reason */
export function parseLogConfig(flags: StorageFlags): HostConfig['LogConfig'] {
  const driver = flags['log-driver']
  if (driver === 'none' && flags['log-opt'].length > 0) throw new Error(`invalid logging opts for driver ${driver}`)
  return { Type: driver, Config: keyValueMap(flags['log-opt']) }
}

/** @throws Error with docker's reason */
export function parseStorageOptions(flags: StorageFlags): Record<string, string> {
  if (flags['storage-opt'].some((option) => !option.includes('='))) throw new Error('invalid storage option')
  return keyValueMap(flags['storage-opt'])
}
