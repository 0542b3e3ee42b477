import { instantText, parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import type { NetworkSummary } from '../../../domain/network/network.ts'
import { truncateId } from '../../text/truncate.ts'
import type { Field } from '../field.ts'
import { findLabel, formatLabels } from '../labels.ts'
import type { ListKind } from '../list.ts'

/** The fields of `network ls` (docker/cli network.networkContext). */
const fields = {
  ID: { header: 'NETWORK ID', text: ({ Id = '' }, { truncate }) => (truncate ? truncateId(Id) : Id) },
  Name: { header: 'NAME', text: ({ Name = '' }) => Name },
  Driver: { header: 'DRIVER', text: ({ Driver = '' }) => Driver },
  Scope: { header: 'SCOPE', text: ({ Scope = '' }) => Scope },
  IPv4: { header: 'IPV4', text: ({ EnableIPv4 = false }) => String(EnableIPv4) },
  IPv6: { header: 'IPV6', text: ({ EnableIPv6 = false }) => String(EnableIPv6) },
  Internal: { header: 'INTERNAL', text: ({ Internal = false }) => String(Internal) },
  Labels: { header: 'LABELS', text: ({ Labels }) => formatLabels(Labels) },
  CreatedAt: { header: 'CREATED AT', text: ({ Created = '' }) => instantText(parseInstant(Created) ?? ZERO_INSTANT) },
} as const satisfies Record<string, Field<NetworkSummary>>

export const networkList: ListKind<NetworkSummary> = {
  listing: {
    typeName: '*network.networkContext',
    fields,
    internals: (n, { truncate }) => ({ trunc: truncate, n }),
    label: ({ Labels }, name) => findLabel(Labels, name),
  },
  columns: [fields.ID, fields.Name, fields.Driver, fields.Scope],
  quiet: 'ID',
  raw: {
    format: 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n',
    quiet: 'network_id: {{.ID}}',
  },
}
