import type { ClusterVolume, VolumeSummary } from '../../../domain/volume/volume.ts'
import { humanSize } from '../../text/units.ts'
import type { Field } from '../field.ts'
import { findLabel, formatLabels } from '../labels.ts'
import type { ListKind } from '../list.ts'

const UNKNOWN = 'N/A'

/** The fields of `volume ls` (docker/cli formatter.volumeContext). */
export const volumeFields = {
  Name: { header: 'VOLUME NAME', text: ({ Name = '' }) => Name },
  Driver: { header: 'DRIVER', text: ({ Driver = '' }) => Driver },
  Scope: { header: 'SCOPE', text: ({ Scope = '' }) => Scope },
  Mountpoint: { header: 'MOUNTPOINT', text: ({ Mountpoint = '' }) => Mountpoint },
  Labels: { header: 'LABELS', text: ({ Labels }) => formatLabels(Labels) },
  Links: { header: 'LINKS', text: ({ UsageData }) => (UsageData ? String(UsageData.RefCount ?? 0) : UNKNOWN) },
  Size: { header: 'SIZE', text: ({ UsageData }) => (UsageData ? humanSize(UsageData.Size ?? 0, 4) : UNKNOWN) },
  Group: { header: 'GROUP', text: ({ ClusterVolume: swarm }) => (swarm ? (swarm.Spec?.Group ?? '') : UNKNOWN) },
  Availability: {
    header: 'AVAILABILITY',
    text: ({ ClusterVolume: swarm }) => (swarm ? (swarm.Spec?.Availability ?? '') : UNKNOWN),
  },
  Status: { header: 'STATUS', text: ({ ClusterVolume: swarm }) => (swarm ? status(swarm) : UNKNOWN) },
} as const satisfies Record<string, Field<VolumeSummary>>

function status({ Info, PublishStatus }: ClusterVolume): string {
  if (!Info?.VolumeID) return 'pending creation'
  const count = PublishStatus?.length ?? 0
  if (count === 0) return 'created'
  return count === 1 ? 'in use (1 node)' : `in use (${count} nodes)`
}

export const volumeList: ListKind<VolumeSummary> = {
  listing: {
    typeName: '*formatter.volumeContext',
    fields: volumeFields,
    internals: (v) => ({ v }),
    label: ({ Labels }, name) => findLabel(Labels, name),
  },
  columns: [volumeFields.Driver, volumeFields.Name],
  quiet: 'Name',
  raw: { format: 'name: {{.Name}}\ndriver: {{.Driver}}\n', quiet: 'name: {{.Name}}' },
}

/** The list of a swarm's cluster volumes, whose table has other columns. */
export const clusterVolumeList: ListKind<VolumeSummary> = {
  ...volumeList,
  columns: [volumeFields.Name, volumeFields.Group, volumeFields.Driver, volumeFields.Availability, volumeFields.Status],
}

/** A list of volumes with their sizes, for rows from `GET /system/df`. */
export const volumeUsageList: ListKind<VolumeSummary> = {
  ...volumeList,
  columns: [...volumeList.columns, volumeFields.Size],
}
