import type { NodeDescription, SwarmNode, TlsInfo } from '../../../domain/swarm/node.ts'
import { bytesSize } from '../../text/units.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'
import { capitalize, formatLabelLines, formatTime } from './pretty.ts'

/** A node in a list. */
export interface NodeRow {
  readonly node: SwarmNode
  /** The daemon's information about its own swarm. */
  readonly swarm: OwnSwarm
}

export interface OwnSwarm {
  readonly NodeID?: string
  readonly Cluster?: { readonly TLSInfo?: TlsInfo } | null
}

/** The fields of `node ls` (docker/cli node.nodeContext). */
const fields = {
  ID: { header: 'ID', text: ({ node }) => node.ID ?? '' },
  Self: { header: '', isBool: true, text: (row) => String(isSelf(row)) },
  Hostname: { header: 'HOSTNAME', text: ({ node }) => node.Description?.Hostname ?? '' },
  Status: { header: 'STATUS', text: ({ node }) => capitalize(node.Status?.State ?? '') },
  Availability: { header: 'AVAILABILITY', text: ({ node }) => capitalize(node.Spec?.Availability ?? '') },
  ManagerStatus: { header: 'MANAGER STATUS', text: managerStatus },
  EngineVersion: { header: 'ENGINE VERSION', text: ({ node }) => node.Description?.Engine?.EngineVersion ?? '' },
  TLSStatus: { header: 'TLS STATUS', text: tlsStatus },
} as const satisfies Record<string, Field<NodeRow>>

const { Hostname, Status, Availability, ManagerStatus, EngineVersion } = fields
/** The ID with a star for the daemon's own node. docker's header has two spaces because it uses the same template. */
const markedId: Field<NodeRow> = { header: 'ID  ', text: (row) => `${row.node.ID ?? ''} ${isSelf(row) ? '*' : ' '}` }

export const nodeList: ListKind<NodeRow> = {
  listing: { typeName: '*node.nodeContext', fields, internals: ({ node, swarm }) => ({ n: node, info: swarm }) },
  columns: [markedId, Hostname, Status, Availability, ManagerStatus, EngineVersion],
  quiet: 'ID',
  raw: {
    format:
      'node_id: {{.ID}}\nhostname: {{.Hostname}}\nstatus: {{.Status}}\navailability: {{.Availability}}\n' +
      'manager_status: {{.ManagerStatus}}\n',
    quiet: 'node_id: {{.ID}}',
  },
}

function isSelf({ node, swarm }: NodeRow): boolean {
  return (node.ID ?? '') === (swarm.NodeID ?? '')
}

function managerStatus({ node: { ManagerStatus } }: NodeRow): string {
  if (!ManagerStatus) return ''
  return ManagerStatus.Leader ? 'Leader' : capitalize(ManagerStatus.Reachability ?? '')
}

/** Returns whether a node's certificate is signed by the current root of the swarm. */
function tlsStatus({ node, swarm }: NodeRow): string {
  const nodeParts = tlsParts(node.Description?.TLSInfo)
  const swarmParts = tlsParts(swarm.Cluster?.TLSInfo)
  if (nodeParts.join('') === '' || swarmParts.join('') === '') return 'Unknown'
  return nodeParts.every((part, index) => part === swarmParts[index]) ? 'Ready' : 'Needs Rotation'
}

function tlsParts({ TrustRoot = '', CertIssuerSubject = '', CertIssuerPublicKey = '' }: TlsInfo = {}): string[] {
  return [TrustRoot, CertIssuerSubject, CertIssuerPublicKey]
}

/** Formats a node as `node inspect --pretty` does (docker/cli node.nodeInspectPrettyTemplate). */
export function formatNode({ ID = '', CreatedAt, Spec, Description = {}, Status, ManagerStatus }: SwarmNode): string {
  const lines = [`ID:\t\t\t${ID}`]
  if (Spec?.Name) lines.push(`Name:\t\t\t${Spec.Name}`)
  lines.push(...formatLabelLines(Spec?.Labels))
  lines.push(
    `Hostname:              \t${Description.Hostname ?? ''}`,
    `Joined at:             \t${formatTime(CreatedAt)}`,
  )
  lines.push('Status:', ` State:\t\t\t${capitalize(Status?.State ?? '')}`)
  if (Status?.Message) lines.push(` Message:              \t${capitalize(Status.Message)}`)
  lines.push(` Availability:         \t${capitalize(Spec?.Availability ?? '')}`)
  if (Status?.Addr) lines.push(` Address:\t\t${Status.Addr}`)
  if (ManagerStatus) {
    lines.push('Manager Status:', ` Address:\t\t${ManagerStatus.Addr ?? ''}`)
    lines.push(` Raft Status:\t\t${capitalize(ManagerStatus.Reachability ?? '')}`)
    lines.push(` Leader:\t\t${ManagerStatus.Leader ? 'Yes' : 'No'}`)
  }
  lines.push(...machineLines(Description), ...engineLines(Description), ...tlsLines(Description))
  return lines.join('\n')
}

function machineLines({ Platform, Resources }: NodeDescription): string[] {
  const { NanoCPUs = 0, MemoryBytes = 0 } = Resources ?? {}
  return [
    'Platform:',
    ` Operating System:\t${Platform?.OS ?? ''}`,
    ` Architecture:\t\t${Platform?.Architecture ?? ''}`,
    'Resources:',
    ` CPUs:\t\t\t${Math.trunc(NanoCPUs / 1e9)}`,
    ` Memory:\t\t${MemoryBytes === 0 ? '' : bytesSize(MemoryBytes)}`,
  ]
}

function engineLines({ Engine = {} }: NodeDescription): string[] {
  const plugins = new Map<string, string[]>()
  for (const { Type = '', Name = '' } of Engine.Plugins ?? []) plugins.set(Type, [...(plugins.get(Type) ?? []), Name])
  const types = [...plugins.keys()].sort()
  return [
    ...(types.length > 0 ? ['Plugins:'] : []),
    ...types.map((type) => ` ${type}:\t\t${plugins.get(type)?.join(', ') ?? ''}`),
    `Engine Version:\t\t${Engine.EngineVersion ?? ''}`,
    ...formatLabelLines(Engine.Labels, 'Engine Labels:'),
  ]
}

function tlsLines({ TLSInfo = {} }: NodeDescription): string[] {
  const { TrustRoot = '', CertIssuerSubject = '', CertIssuerPublicKey = '' } = TLSInfo
  if (TrustRoot + CertIssuerSubject + CertIssuerPublicKey === '') return []
  return [
    'TLS Info:',
    ' TrustRoot:',
    TrustRoot,
    ` Issuer Subject:\t${CertIssuerSubject}`,
    ` Issuer Public Key:\t${CertIssuerPublicKey}`,
  ]
}
