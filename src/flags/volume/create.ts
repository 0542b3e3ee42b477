import { keyValueMap } from '../../domain/key-value.ts'
import type { ClusterVolumeSpec, VolumeCreateBody } from '../../domain/volume/volume.ts'
import { mapOf, type TypedFlags, text, texts, type ValuesOf } from '../flag.ts'
import { bytes } from '../quantities.ts'
import { labels } from '../shared.ts'

const clusterFlags = {
  availability: text({
    minApi: '1.42',
    default: 'active',
    summary: 'Cluster volume: availability, active, pause or drain',
  }),
  group: text({ minApi: '1.42', summary: 'Cluster volume: volume group' }),
  'limit-bytes': bytes({ minApi: '1.42', summary: 'Cluster volume: maximum size' }),
  'required-bytes': bytes({ minApi: '1.42', summary: 'Cluster volume: minimum size' }),
  scope: text({
    minApi: '1.42',
    default: 'single',
    summary: 'Cluster volume: access scope, single or multi',
  }),
  secret: mapOf({ minApi: '1.42', summary: 'Cluster volume: secret for the driver' }),
  sharing: text({
    minApi: '1.42',
    default: 'none',
    summary: 'Cluster volume: access sharing, none, readonly, onewriter or all',
  }),
  'topology-preferred': texts({ minApi: '1.42', summary: 'Cluster volume: preferred topology, KEY=VALUE,…' }),
  'topology-required': texts({ minApi: '1.42', summary: 'Cluster volume: required topology, KEY=VALUE,…' }),
  type: text({ minApi: '1.42', default: 'block', summary: 'Cluster volume: access type, mount or block' }),
}

/** The flags of `volume create`. */
export const volumeCreateFlags = {
  driver: text({ char: 'd', default: 'local', summary: 'Volume driver' }),
  label: labels('volume'),
  name: text({ hidden: true, summary: 'Name of the volume' }),
  opt: mapOf({ char: 'o', summary: 'Set an option of the driver, KEY=VALUE' }),
  ...clusterFlags,
}

/** The flags that create a cluster volume. docker ignores a secret or a topology without any of them. */
const CLUSTER_VOLUME_FLAGS = ['group', 'scope', 'sharing', 'availability', 'type', 'limit-bytes', 'required-bytes']

/**
 * Translates the flags of `volume create` to the request's body.
 * @param name empty to let the daemon generate one
 */
export function volumeCreateBody(
  name: string,
  flags: ValuesOf<typeof volumeCreateFlags>,
  typedFlags: TypedFlags,
): VolumeCreateBody {
  return {
    ...(name === '' ? {} : { Name: name }),
    ...(flags.driver === '' ? {} : { Driver: flags.driver }),
    ...(flags.opt.length === 0 ? {} : { DriverOpts: keyValueMap(flags.opt) }),
    ...(flags.label.length === 0 ? {} : { Labels: keyValueMap(flags.label) }),
    ...(CLUSTER_VOLUME_FLAGS.some((flag) => typedFlags.has(flag))
      ? { ClusterVolumeSpec: clusterVolumeSpec(flags) }
      : {}),
  }
}

function clusterVolumeSpec(flags: ValuesOf<typeof clusterFlags>): ClusterVolumeSpec {
  const requisite = flags['topology-required'].map(parseTopology)
  const preferred = flags['topology-preferred'].map(parseTopology)
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

function parseTopology(typed: string) {
  return { Segments: keyValueMap(typed.split(',')) }
}
