import { truncateText } from '../../text/truncate.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** A docker context in a list. */
export interface ContextRow {
  readonly name: string
  readonly description: string
  readonly host: string
  readonly isCurrent: boolean
  /** The reason why the context cannot be used; empty if it can. */
  readonly problem: string
}

/** The fields of `context ls` (docker/cli formatter.clientContextContext). */
const fields = {
  Name: { header: 'NAME', text: ({ name }) => name },
  Description: { header: 'DESCRIPTION', text: ({ description }) => description },
  DockerEndpoint: { header: 'DOCKER ENDPOINT', text: ({ host }) => host },
  // docker defines no header for this field, so that Go prints this for it.
  Current: { header: '<no value>', isBool: true, text: ({ isCurrent }) => String(isCurrent) },
  Error: { header: 'ERROR', text: ({ problem }) => truncateText(problem, 45) },
} as const satisfies Record<string, Field<ContextRow>>

const { Description, DockerEndpoint, Error: Problem } = fields
const markedName: Field<ContextRow> = { header: 'NAME', text: ({ name, isCurrent }) => name + (isCurrent ? ' *' : '') }

export const contextList: ListKind<ContextRow> = {
  // docker's unexported fields are memory addresses.
  listing: { typeName: '*formatter.clientContextContext', fields, internals: () => ({}) },
  columns: [markedName, Description, DockerEndpoint, Problem],
  quiet: 'Name',
}
