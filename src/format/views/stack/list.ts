import type { Stack } from '../../../domain/stack/stack.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** The fields of `stack ls` (docker/cli stack/formatter.stackContext). */
const fields = {
  Name: { header: 'NAME', text: ({ name }) => name },
  Services: { header: 'SERVICES', text: ({ serviceCount }) => String(serviceCount) },
} as const satisfies Record<string, Field<Stack>>

export const stackList: ListKind<Stack> = {
  listing: { typeName: '*formatter.stackContext', fields, internals: (s) => ({ s }) },
  columns: [fields.Name, fields.Services],
  quiet: 'Name',
}
