import { ellipsis } from '../../text.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** A context as it is listed. */
export interface ContextRow {
  readonly name: string
  readonly description: string
  readonly host: string
  readonly isCurrent: boolean
  /** Why it cannot be used; empty when it can. */
  readonly problem: string
}

/** What `context ls` can show of a context (docker/cli formatter.clientContextContext). */
const fields = {
  Name: { header: 'NAME', text: ({ name }) => name },
  Description: { header: 'DESCRIPTION', text: ({ description }) => description },
  DockerEndpoint: { header: 'DOCKER ENDPOINT', text: ({ host }) => host },
  // docker has no head for it, and prints what Go prints for nothing.
  Current: { header: '<no value>', isBool: true, text: ({ isCurrent }) => String(isCurrent) },
  Error: { header: 'ERROR', text: ({ problem }) => ellipsis(problem, 45) },
} as const satisfies Record<string, Field<ContextRow>>

const { Description, DockerEndpoint, Error: Problem } = fields
const marked: Field<ContextRow> = { header: 'NAME', text: ({ name, isCurrent }) => name + (isCurrent ? ' *' : '') }

export const contextList: ListKind<ContextRow> = {
  // What docker has inside are addresses in memory.
  listing: { typeName: '*formatter.clientContextContext', fields, inside: () => ({}) },
  columns: [marked, Description, DockerEndpoint, Problem],
  quiet: 'Name',
}
