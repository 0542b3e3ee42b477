// The inverse of storage.ts: the flags that set the storage and the log of a container.
import type { CreateBody } from '../../domain/container/create-request.ts'
import type { Mount } from '../../domain/container/mount.ts'
import { formatCsvRecord } from '../../domain/go/csv.ts'
import {
  type FlagArgument,
  formatExactBytes,
  pairArguments,
  switchArgument,
  textArgument,
  textArguments,
} from './flag-argument.ts'

/** Returns the flags of storage.ts and `--cidfile`. */
export function storageArguments({ HostConfig: host, Volumes }: CreateBody): FlagArgument[] {
  return [
    ...textArguments('volume', [...(host.Binds ?? []), ...Object.keys(Volumes)]),
    ...textArguments('mount', (host.Mounts ?? []).map(mountText)),
    ...Object.entries(host.Tmpfs ?? {}).map(([path, options]) => ({
      name: 'tmpfs',
      value: options === '' ? path : `${path}:${options}`,
    })),
    ...textArgument('volume-driver', host.VolumeDriver),
    ...textArguments('volumes-from', host.VolumesFrom),
    ...switchArgument('read-only', host.ReadonlyRootfs),
    ...pairArguments('storage-opt', host.StorageOpt),
    ...textArgument('log-driver', host.LogConfig.Type),
    ...pairArguments('log-opt', host.LogConfig.Config),
    ...textArgument('cidfile', host.ContainerIDFile),
  ]
}

/** Returns the value of `--mount`. */
function mountText(mount: Mount): string {
  const { BindOptions: bind, VolumeOptions: volume, TmpfsOptions: tmpfs } = mount
  return formatCsvRecord([
    `type=${mount.Type}`,
    ...field('source', mount.Source),
    `target=${mount.Target}`,
    ...(mount.ReadOnly ? ['readonly'] : []),
    ...field('consistency', mount.Consistency),
    ...field('bind-propagation', bind?.Propagation),
    ...(bind?.CreateMountpoint ? ['bind-create-src'] : []),
    ...(bind?.NonRecursive ? ['bind-recursive=disabled'] : []),
    ...(bind?.ReadOnlyNonRecursive ? ['bind-recursive=writable'] : []),
    ...(bind?.ReadOnlyForceRecursive ? ['bind-recursive=readonly'] : []),
    ...(volume?.NoCopy ? ['volume-nocopy'] : []),
    ...field('volume-subpath', volume?.Subpath),
    ...pairs('volume-label', volume?.Labels),
    ...field('volume-driver', volume?.DriverConfig?.Name),
    ...pairs('volume-opt', volume?.DriverConfig?.Options),
    ...field('image-subpath', mount.ImageOptions?.Subpath),
    ...(tmpfs?.SizeBytes === undefined ? [] : [`tmpfs-size=${formatExactBytes(tmpfs.SizeBytes)}`]),
    ...(tmpfs?.Mode === undefined ? [] : [`tmpfs-mode=${tmpfs.Mode.toString(8)}`]),
  ])
}

function field(key: string, value: string | undefined): string[] {
  return value ? [`${key}=${value}`] : []
}

function pairs(key: string, values: Readonly<Record<string, string>> | undefined): string[] {
  return Object.entries(values ?? {}).map(([name, value]) => `${key}=${name}=${value}`)
}
