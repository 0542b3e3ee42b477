// Translates the volumes of a service to mounts (docker/cli compose/convert volume).
import type { Mount } from '../container/mount.ts'
import { omitEmpty } from '../go/omit-empty.ts'
import { goQuote } from '../go/quote.ts'
import type { Section, Volume } from './compose.ts'
import { scopedName, withStackLabel } from './names.ts'
import type { ServiceVolume } from './service.ts'

/** The options that docker refuses for each type, in the order in which it checks them. */
const REFUSED: Readonly<Record<string, readonly ('bind' | 'volume' | 'tmpfs' | 'cluster')[]>> = {
  volume: ['tmpfs', 'bind', 'cluster'],
  bind: ['volume', 'tmpfs', 'cluster'],
  tmpfs: ['bind', 'volume', 'cluster'],
  npipe: ['volume', 'tmpfs'],
  cluster: ['tmpfs', 'bind', 'volume'],
}

/** The volumes of a stack, and its name. */
export interface StackVolumes {
  readonly stack: string
  readonly volumes: Section<Volume>
}

/** Translates a volume of a service. @throws Error with docker's reason */
export function translateVolume(volume: ServiceVolume, { stack, volumes }: StackVolumes): Mount {
  const type = volume.type || 'volume'
  const refused = REFUSED[type]
  if (!refused) throw new Error('volume type must be volume, bind, tmpfs, npipe, or cluster')
  if (volume.source === '' && ['bind', 'npipe', 'cluster'].includes(type)) {
    throw new Error(`invalid ${type} source, source cannot be empty`)
  }
  if (volume.source !== '' && type === 'tmpfs') throw new Error('invalid tmpfs source, source must be empty')
  const wrong = refused.find((option) => volume[option] !== undefined)
  if (wrong) throw new Error(`${wrong} options are incompatible with type ${type}`)
  const mount: Mount = {
    ...omitEmpty({ Source: volume.source, ReadOnly: volume.read_only, Consistency: volume.consistency }),
    Type: volume.type,
    Target: volume.target,
  }
  if (volume.bind) mount.BindOptions = omitEmpty({ Propagation: volume.bind.propagation })
  if (volume.tmpfs) mount.TmpfsOptions = omitEmpty({ SizeBytes: volume.tmpfs.size })
  if (type === 'cluster') return { ...mount, ...clusterVolume(volume.source, { stack, volumes }) }
  if (type === 'volume' && volume.source !== '') return { ...mount, ...namedVolume(volume, { stack, volumes }) }
  return mount
}

function findVolume(name: string, { stack, volumes }: StackVolumes): { volume: Volume; source: string } {
  const found = volumes.get(name)?.value
  if (!found) throw new Error(`undefined volume ${goQuote(name)}`)
  return { volume: found, source: found.name || scopedName(stack, name) }
}

/** A group of cluster volumes is not part of the stack. */
function clusterVolume(source: string, stackVolumes: StackVolumes): Partial<Mount> {
  const isGroup = source.startsWith('group:')
  return { Source: isGroup ? source : findVolume(source, stackVolumes).source, ClusterOptions: {} }
}

function namedVolume({ source, volume: options }: ServiceVolume, stackVolumes: StackVolumes): Partial<Mount> {
  const { volume, source: scoped } = findVolume(source, stackVolumes)
  const noCopy = omitEmpty({ NoCopy: options?.nocopy ?? false })
  if (volume.external.external) return { Source: scoped, VolumeOptions: noCopy }
  const hasDriver = volume.driver !== '' || volume.driver_opts.size > 0
  const driver = {
    ...omitEmpty({ Name: volume.driver }),
    ...(volume.driver_opts.size > 0 ? { Options: Object.fromEntries(volume.driver_opts) } : {}),
  }
  return {
    Source: scoped,
    VolumeOptions: {
      ...noCopy,
      Labels: withStackLabel(stackVolumes.stack, volume.labels),
      ...(hasDriver ? { DriverConfig: driver } : {}),
    },
  }
}
