import type { ContainerSummary } from '../../../domain/container/container.ts'
import { formatGoTime } from '../../../domain/go/gotime.ts'
import { jsonString } from '../../../domain/go/json-text.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import type { Platform } from '../../../domain/image/image.ts'
import { parseFamiliar } from '../../../domain/image/reference.ts'
import { truncateId, truncateText } from '../../text/truncate.ts'
import { ago, humanSize } from '../../text/units.ts'
import type { Field, RowOptions } from '../field.ts'
import { formatLabels } from '../labels.ts'
import { formatPorts } from './ports.ts'

type ContainerField = Field<ContainerSummary>

/** The fields of `ps` (docker/cli formatter.ContainerContext). */
export const containerFields = {
  ID: { header: 'CONTAINER ID', text: id },
  Names: { header: 'NAMES', text: names },
  Image: { header: 'IMAGE', text: image },
  Command: { header: 'COMMAND', text: command },
  CreatedAt: { header: 'CREATED AT', text: ({ Created = 0 }, options) => formatGoTime(Created, options.zone()) },
  RunningFor: { header: 'CREATED', text: ({ Created = 0 }, options) => ago(Created, options.now) },
  Ports: { header: 'PORTS', separator: ', ', text: ({ Ports }) => formatPorts(Ports ?? []) },
  State: { header: 'STATE', text: ({ State = '' }) => State },
  Status: { header: 'STATUS', text: ({ Status = '' }) => Status },
  HealthStatus: { header: 'HEALTH STATUS', isNewer: true, text: healthStatus },
  Size: { header: 'SIZE', isTracked: true, text: size },
  Labels: { header: 'LABELS', text: ({ Labels }) => formatLabels(Labels) },
  Mounts: { header: 'MOUNTS', text: mounts },
  LocalVolumes: { header: 'LOCAL VOLUMES', text: localVolumes },
  Networks: {
    header: 'NETWORKS',
    text: ({ NetworkSettings }) => Object.keys(NetworkSettings?.Networks ?? {}).join(','),
  },
  Platform: {
    header: 'PLATFORM',
    text: ({ ImageManifestDescriptor }) => formatPlatform(ImageManifestDescriptor?.platform),
    json: ({ ImageManifestDescriptor }) => encodePlatform(ImageManifestDescriptor?.platform),
  },
} as const satisfies Record<string, ContainerField>

function id({ Id = '' }: ContainerSummary, { truncate }: RowOptions): string {
  return truncate ? truncateId(Id) : Id
}

/**
 * Returns the state of the health check, as docker 29 does; empty if there is none. Daemons before API version 1.52 state it
 * only at the end of the status: `Up 2 minutes (health: starting)`.
 */
function healthStatus({ Health, Status = '' }: ContainerSummary): string {
  return Health?.Status ?? /\((?:health: )?(starting|healthy|unhealthy)\)$/.exec(Status)?.[1] ?? ''
}

/** Returns all names. When truncated, it is the container's own name without legacy links such as `/other/alias`. */
function names({ Names }: ContainerSummary, { truncate }: RowOptions): string {
  const all = (Names ?? []).map((name) => name.slice(1))
  return (truncate ? all.find((name) => !name.includes('/')) : undefined) ?? all.join(',')
}

function image({ Image = '', ImageID = '' }: ContainerSummary, { truncate }: RowOptions): string {
  if (Image === '') return '<no image>'
  if (!truncate) return Image
  const short = truncateId(ImageID)
  if (short === truncateId(Image)) return short
  const reference = parseFamiliar(Image)
  if (reference === undefined) return Image
  return reference.tag === '' ? reference.name : `${reference.name}:${reference.tag}`
}

function command({ Command = '' }: ContainerSummary, { truncate }: RowOptions): string {
  return goQuote(truncate ? truncateText(Command, 20) : Command)
}

function size({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  return SizeRootFs > 0 ? `${humanSize(SizeRw)} (virtual ${humanSize(SizeRootFs)})` : humanSize(SizeRw)
}

function mounts({ Mounts }: ContainerSummary, { truncate }: RowOptions): string {
  return (Mounts ?? [])
    .map(({ Name, Source }) => Name || Source || '')
    .map((name) => (truncate ? truncateText(name, 15) : name))
    .join(',')
}

function localVolumes({ Mounts }: ContainerSummary): string {
  return String((Mounts ?? []).filter(({ Driver }) => Driver === 'local').length)
}

/**
 * Formats a platform: `linux/arm/v7`, `windows(10.0.17763)/amd64` (containerd platforms.FormatAll). Without a platform it
 * is `<nil>`.
 */
function formatPlatform(platform: Platform | null | undefined): string {
  if (!platform) return '<nil>'
  const version = platform['os.version'] ?? ''
  const os = platform.os || 'unknown'
  return [version === '' || !platform.os ? os : `${os}(${version})`, platform.architecture, platform.variant]
    .filter((part) => part !== undefined && part !== '')
    .join('/')
}

/** Encodes a platform as Go does its OCI type: empty fields are left out, except architecture and os. */
function encodePlatform(platform: Platform | null | undefined): string {
  if (!platform) return 'null'
  const text = (value = '') => jsonString(value, true)
  const members = [`"architecture":${text(platform.architecture)}`, `"os":${text(platform.os)}`]
  if (platform['os.version']) members.push(`"os.version":${text(platform['os.version'])}`)
  const features = platform['os.features'] ?? []
  if (features.length > 0) members.push(`"os.features":[${features.map(text).join(',')}]`)
  if (platform.variant) members.push(`"variant":${text(platform.variant)}`)
  return `{${members.join(',')}}`
}
