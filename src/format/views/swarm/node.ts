import type { SwarmNode, TlsInfo } from '../../../domain/swarm/node.ts'
import { capitalized } from '../../capital.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** A node as it is listed. */
export interface NodeRow {
  readonly node: SwarmNode
  /** What the daemon that was asked knows of its own swarm. */
  readonly swarm: OwnSwarm
}

export interface OwnSwarm {
  readonly NodeID?: string
  readonly Cluster?: { readonly TLSInfo?: TlsInfo } | null
}

/** What `node ls` can show of a node (docker/cli node.nodeContext). */
const fields = {
  ID: { header: 'ID', text: ({ node }) => node.ID ?? '' },
  Self: { header: '', isBool: true, text: (row) => String(isSelf(row)) },
  Hostname: { header: 'HOSTNAME', text: ({ node }) => node.Description?.Hostname ?? '' },
  Status: { header: 'STATUS', text: ({ node }) => capitalized(node.Status?.State ?? '') },
  Availability: { header: 'AVAILABILITY', text: ({ node }) => capitalized(node.Spec?.Availability ?? '') },
  ManagerStatus: { header: 'MANAGER STATUS', text: managerStatus },
  EngineVersion: { header: 'ENGINE VERSION', text: ({ node }) => node.Description?.Engine?.EngineVersion ?? '' },
  TLSStatus: { header: 'TLS STATUS', text: tlsStatus },
} as const satisfies Record<string, Field<NodeRow>>

const { Hostname, Status, Availability, ManagerStatus, EngineVersion } = fields
/** docker's heads go through the same template, so that the first one ends with what stands for the star. */
const marked: Field<NodeRow> = { header: 'ID  ', text: (row) => `${row.node.ID ?? ''} ${isSelf(row) ? '*' : ' '}` }

export const nodeList: ListKind<NodeRow> = {
  listing: { typeName: '*node.nodeContext', fields, inside: ({ node, swarm }) => ({ n: node, info: swarm }) },
  columns: [marked, Hostname, Status, Availability, ManagerStatus, EngineVersion],
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
  return ManagerStatus.Leader ? 'Leader' : capitalized(ManagerStatus.Reachability ?? '')
}

/** Whether a node's certificate is signed by the root that the swarm trusts now. */
function tlsStatus({ node, swarm }: NodeRow): string {
  const [own, wanted] = [parts(node.Description?.TLSInfo), parts(swarm.Cluster?.TLSInfo)]
  if (own.join('') === '' || wanted.join('') === '') return 'Unknown'
  return own.every((part, at) => part === wanted[at]) ? 'Ready' : 'Needs Rotation'
}

function parts({ TrustRoot = '', CertIssuerSubject = '', CertIssuerPublicKey = '' }: TlsInfo = {}): string[] {
  return [TrustRoot, CertIssuerSubject, CertIssuerPublicKey]
}
