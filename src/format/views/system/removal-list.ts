import type { PruneCandidate } from '../../../domain/system/prune.ts'
import { truncateId } from '../../text/truncate.ts'
import { humanSize } from '../../text/units.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** The fields of the objects that a prune of several kinds would remove. */
const fields = {
  Kind: { header: 'KIND', text: ({ kind }) => kind },
  ID: { header: 'ID', text: ({ id }, { truncate }) => (truncate ? truncateId(id) : id) },
  Name: { header: 'NAME', text: ({ name }) => name.replaceAll('\n', ', ') },
  Detail: { header: 'DETAIL', text: ({ detail }) => detail },
  Size: { header: 'SIZE', text: ({ size }) => (size === undefined ? '' : humanSize(size)) },
} as const satisfies Record<string, Field<PruneCandidate>>

/** The list of `system prune --dry-run`. */
export const removalList: ListKind<PruneCandidate> = {
  listing: { typeName: '*formatter.removalContext', fields, internals: () => ({}) },
  columns: [fields.Kind, fields.Name, fields.Detail, fields.Size],
}
