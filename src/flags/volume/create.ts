import { keyValueMap } from '../../domain/key-value.ts'
import type { ClusterVolumeSpec, VolumeCreateBody } from '../../domain/volume/create.ts'
import { text, texts, type ValuesOf } from '../flag.ts'
import { labels, mapOf } from '../key-value.ts'
import { bytes } from '../values.ts'

const clusterFlags = {
  availability: text({ minApi: '1.42', default: 'active', summary: 'Swarm volume: active, pause or drain' }),
  group: text({ minApi: '1.42', summary: 'Swarm volume: the group it belongs to' }),
  'limit-bytes': bytes({ minApi: '1.42', summary: 'Swarm volume: how large it may be' }),
  'required-bytes': bytes({ minApi: '1.42', summary: 'Swarm volume: how large it must be' }),
  scope: text({
    minApi: '1.42',
    default: 'single',
    summary: 'Swarm volume: used on one node (single) or many (multi)',
  }),
  secret: mapOf({ minApi: '1.42', summary: 'Swarm volume: a secret for its driver' }),
  sharing: text({
    minApi: '1.42',
    default: 'none',
    summary: 'Swarm volume: who may share it: none, readonly, onewriter or all',
  }),
  'topology-preferred': texts({ minApi: '1.42', summary: 'Swarm volume: where it should be, KEY=VALUE,…' }),
  'topology-required': texts({ minApi: '1.42', summary: 'Swarm volume: where it must be reachable, KEY=VALUE,…' }),
  type: text({ minApi: '1.42', default: 'block', summary: 'Swarm volume: mount or block' }),
}

/** Every flag of `volume create`. */
export const volumeCreateFlags = {
  driver: text({ char: 'd', default: 'local', summary: 'What keeps the volume' }),
  label: labels('volume'),
  name: text({ hidden: true, summary: 'Name of the volume' }),
  opt: mapOf({ char: 'o', summary: 'Option for the driver' }),
  ...clusterFlags,
}

/** A secret or a place alone make no volume of the swarm: docker leaves them out then. */
const MAKES_CLUSTER_VOLUME = [
  ...(['group', 'scope', 'sharing', 'availability', 'type', 'limit-bytes', 'required-bytes'] as const),
]

/**
 * Translates the flags of `volume create` to the request's body.
 * @param name empty where the daemon is to make one up
 * @param given the names of the flags that were typed
 */
export function volumeCreateBody(
  name: string,
  flags: ValuesOf<typeof volumeCreateFlags>,
  typedFlags: ReadonlySet<string>,
): VolumeCreateBody {
  return {
    ...(name === '' ? {} : { Name: name }),
    ...(flags.driver === '' ? {} : { Driver: flags.driver }),
    ...(flags.opt.length === 0 ? {} : { DriverOpts: keyValueMap(flags.opt) }),
    ...(flags.label.length === 0 ? {} : { Labels: keyValueMap(flags.label) }),
    ...(MAKES_CLUSTER_VOLUME.some((flag) => typedFlags.has(flag)) ? { ClusterVolumeSpec: clusterVolume(flags) } : {}),
  }
}

function clusterVolume(flags: ValuesOf<typeof clusterFlags>): ClusterVolumeSpec {
  const requisite = flags['topology-required'].map(place)
  const preferred = flags['topology-preferred'].map(place)
  const secrets = Object.entries(keyValueMap(flags.secret)).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...(flags.group === '' ? {} : { Group: flags.group }),
    AccessMode: {
      Scope: flags.scope,
      Sharing: flags.sharing,
      ...(flags.type === 'mount' ? { MountVolume: {} } : {}),
      ...(flags.type === 'block' ? { BlockVolume: {} } : {}),
    },
    AccessibilityRequirements: {
      ...(requisite.length === 0 ? {} : { Requisite: requisite }),
      ...(preferred.length === 0 ? {} : { Preferred: preferred }),
    },
    CapacityRange: { RequiredBytes: flags['required-bytes'], LimitBytes: flags['limit-bytes'] },
    ...(secrets.length === 0 ? {} : { Secrets: secrets.map(([Key, Secret]) => ({ Key, Secret })) }),
    ...(flags.availability === '' ? {} : { Availability: flags.availability }),
  }
}

function place(typed: string) {
  return { Segments: keyValueMap(typed.split(',')) }
}
