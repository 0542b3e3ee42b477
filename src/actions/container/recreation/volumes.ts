// The anonymous volumes of a container, which its successor takes over.
import type { CreateBody } from '../../../domain/container/create-request.ts'
import type { ContainerInspection } from '../../../domain/container/inspected/inspection.ts'

/** A volume that a container has mounted. */
export interface MountedVolume {
  readonly name: string
  readonly target: string
  readonly isReadOnly: boolean
}

/** Returns the volumes of a container, named and anonymous ones. */
export function mountedVolumes({ Mounts = [] }: ContainerInspection): MountedVolume[] {
  return Mounts.flatMap(({ Type, Name = '', Destination: target = '', RW = true }) =>
    Type === 'volume' && Name !== '' && target !== '' ? [{ name: Name, target, isReadOnly: !RW }] : [],
  )
}

/**
 * Mounts the anonymous volumes of a container by their names, so that the new container has the same data.
 * @param request what the new container is created with
 * @param original what the container was created with; volumes that it mentions and the request does not are dropped
 * @param volumes the volumes that the container has mounted and does not share with `--volumes-from`
 */
export function withVolumes(request: CreateBody, original: CreateBody, volumes: readonly MountedVolume[]): CreateBody {
  let { HostConfig: host, Volumes } = request
  for (const volume of volumes) {
    const { name, target, isReadOnly } = volume
    const isAnonymous = Object.hasOwn(Volumes, target)
    const mount = host.Mounts?.find(({ Target }) => Target === target)
    if (mount !== undefined && mount.Type === 'volume' && mount.Source === undefined) {
      const mounts = host.Mounts?.map((other) => (other === mount ? { ...other, Source: name } : other)) ?? []
      host = { ...host, Mounts: mounts }
    } else if (isAnonymous || !mentions(request, target)) {
      if (!isAnonymous && mentions(original, target)) continue
      Volumes = Object.fromEntries(Object.entries(Volumes).filter(([path]) => path !== target))
      host = { ...host, Binds: [...(host.Binds ?? []), `${name}:${target}${isReadOnly ? ':ro' : ''}`] }
    }
  }
  return { ...request, HostConfig: host, Volumes }
}

/** Whether a request mounts something at a path. */
function mentions({ HostConfig: host, Volumes }: CreateBody, target: string): boolean {
  return (
    Object.hasOwn(Volumes, target) ||
    Object.hasOwn(host.Tmpfs ?? {}, target) ||
    (host.Mounts ?? []).some(({ Target }) => Target === target) ||
    (host.Binds ?? []).some((bind) => bind.split(':')[1] === target)
  )
}
