import type { ContainerSummary } from '../../../domain/container/container.ts'
import { goTime } from '../../../domain/go/gotime.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { familiar } from '../../../domain/image/familiar.ts'
import { ago } from '../../age.ts'
import { labelList } from '../../labels.ts'
import { platformJson, platformText } from '../../platform.ts'
import { ellipsis, shortId } from '../../text.ts'
import { humanSize } from '../../units.ts'
import type { Field, Look } from '../field.ts'
import { displayPorts } from './ports.ts'

type ContainerField = Field<ContainerSummary>

/** What `docker ps` can show of a container (docker/cli formatter.ContainerContext). */
export const containerFields = {
  ID: { header: 'CONTAINER ID', text: id },
  Names: { header: 'NAMES', text: names },
  Image: { header: 'IMAGE', text: image },
  Command: { header: 'COMMAND', text: command },
  CreatedAt: { header: 'CREATED AT', text: ({ Created = 0 }, look) => goTime(Created, look.zone()) },
  RunningFor: { header: 'CREATED', text: ({ Created = 0 }, look) => ago(Created, look.now) },
  Ports: { header: 'PORTS', text: ({ Ports }) => displayPorts(Ports ?? []) },
  State: { header: 'STATE', text: ({ State = '' }) => State },
  Status: { header: 'STATUS', text: ({ Status = '' }) => Status },
  Size: { header: 'SIZE', isNoted: true, text: size },
  Labels: { header: 'LABELS', text: ({ Labels }) => labelList(Labels) },
  Mounts: { header: 'MOUNTS', text: mounts },
  LocalVolumes: { header: 'LOCAL VOLUMES', text: localVolumes },
  Networks: {
    header: 'NETWORKS',
    text: ({ NetworkSettings }) => Object.keys(NetworkSettings?.Networks ?? {}).join(','),
  },
  Platform: {
    header: 'PLATFORM',
    text: ({ ImageManifestDescriptor }) => platformText(ImageManifestDescriptor?.platform),
    json: ({ ImageManifestDescriptor }) => platformJson(ImageManifestDescriptor?.platform, true),
  },
} as const satisfies Record<string, ContainerField>

function id({ Id = '' }: ContainerSummary, { truncate }: Look): string {
  return truncate ? shortId(Id) : Id
}

/** Legacy links name a container `/other/alias`; tables show the container's own name only. */
function names({ Names }: ContainerSummary, { truncate }: Look): string {
  const all = (Names ?? []).map((name) => name.slice(1))
  return (truncate ? all.find((name) => !name.includes('/')) : undefined) ?? all.join(',')
}

function image({ Image = '', ImageID = '' }: ContainerSummary, { truncate }: Look): string {
  if (Image === '') return '<no image>'
  if (!truncate) return Image
  const short = shortId(ImageID)
  if (short === shortId(Image)) return short
  const reference = familiar(Image)
  if (reference === undefined) return Image
  return reference.tag === '' ? reference.name : `${reference.name}:${reference.tag}`
}

function command({ Command = '' }: ContainerSummary, { truncate }: Look): string {
  return goQuote(truncate ? ellipsis(Command, 20) : Command)
}

function size({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  return SizeRootFs > 0 ? `${humanSize(SizeRw)} (virtual ${humanSize(SizeRootFs)})` : humanSize(SizeRw)
}

function mounts({ Mounts }: ContainerSummary, { truncate }: Look): string {
  return (Mounts ?? [])
    .map(({ Name, Source }) => Name || Source || '')
    .map((name) => (truncate ? ellipsis(name, 15) : name))
    .join(',')
}

function localVolumes({ Mounts }: ContainerSummary): string {
  return String((Mounts ?? []).filter(({ Driver }) => Driver === 'local').length)
}
