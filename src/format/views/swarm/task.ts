import { type Instant, parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import { familiar } from '../../../domain/image/familiar.ts'
import { compareNaturally } from '../../../domain/natural-order.ts'
import type { Task } from '../../../domain/swarm/task.ts'
import { humanDuration } from '../../age.ts'
import { capitalized } from '../../capital.ts'
import { ellipsis, shortId } from '../../text.ts'
import type { Field } from '../field.ts'
import { isTable } from '../format-text.ts'
import type { ListKind } from '../list.ts'

/** A task with the names that people know it by. */
export interface TaskRow {
  readonly task: Task
  /** The service's name with the slot or the node behind it; in tables indented where the row above has the same. */
  readonly name: string
  /** The node's name. */
  readonly node: string
}

/** How much of an error fits the table. */
const ERROR_WIDTH = 30

/** What `service ps` and `node ps` can show of a task (docker/cli task.taskContext). */
const fields = {
  ID: { header: 'ID', text: ({ task: { ID = '' } }, { truncate }) => (truncate ? shortId(ID) : ID) },
  Name: { header: 'NAME', text: ({ name }) => name },
  Image: { header: 'IMAGE', text: ({ task }, { truncate }) => imageOf(task, truncate) },
  Node: { header: 'NODE', text: ({ node }) => node },
  DesiredState: { header: 'DESIRED STATE', text: ({ task }) => capitalized(task.DesiredState ?? '') },
  CurrentState: { header: 'CURRENT STATE', text: ({ task }, { now }) => currentState(task, now) },
  Error: { header: 'ERROR', text: ({ task }, { truncate }) => errorOf(task, truncate) },
  Ports: { header: 'PORTS', text: ({ task }) => portsOf(task) },
} as const satisfies Record<string, Field<TaskRow>>

const { ID, Name, Image, Node, DesiredState, CurrentState, Error: Problem, Ports } = fields

export const taskList: ListKind<TaskRow> = {
  listing: {
    typeName: '*task.taskContext',
    fields,
    inside: ({ task, name, node }, { truncate }) => ({ trunc: truncate, task, name, node }),
  },
  columns: [ID, Name, Image, Node, DesiredState, CurrentState, Problem, Ports],
  quiet: 'ID',
  raw: {
    format:
      'id: {{.ID}}\nname: {{.Name}}\nimage: {{.Image}}\nnode: {{.Node}}\ndesired_state: {{.DesiredState}}\n' +
      'current_state: {{.CurrentState}}\nerror: {{.Error}}\nports: {{.Ports}}\n',
    quiet: 'id: {{.ID}}',
  },
}

/** Tasks by name; of those in one place, the newest first (docker/cli task.Print). */
export function sortTasks(rows: readonly TaskRow[]): TaskRow[] {
  const made = ({ task }: TaskRow) => parseInstant(task.CreatedAt ?? '') ?? ZERO_INSTANT
  return rows.toSorted((a, b) => compareNaturally(a.name, b.name) || compareInstants(made(b), made(a)))
}

/**
 * Sorted tasks, where tables mark those that were in the place of the one above before.
 * @param format as for `listView`
 * @param quiet whether ids alone are shown unless there is a format
 */
export function markEarlier(rows: readonly TaskRow[], format: string, quiet: boolean): TaskRow[] {
  const isPreset = format === '' || format === 'table'
  if (isPreset ? quiet : !isTable(format)) return [...rows]
  return rows.map((row, at) => (rows[at - 1]?.name === row.name ? { ...row, name: ` \\_ ${row.name}` } : row))
}

function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds
}

/** With its tag; an image that a digest pins without it, unless nothing is to be cut. */
function imageOf({ Spec }: Task, truncate: boolean): string {
  const image = Spec?.ContainerSpec?.Image ?? ''
  const short = truncate ? familiar(image) : undefined
  return short === undefined || short.tag === '' ? image : `${short.name}:${short.tag}`
}

function currentState({ Status = {} }: Task, now: number): string {
  const { seconds, nanoseconds } = parseInstant(Status.Timestamp ?? '') ?? ZERO_INSTANT
  const age = humanDuration((now - (seconds * 1000 + nanoseconds / 1e6)) / 1000).toLowerCase()
  return `${capitalized(Status.State ?? '')} ${age} ago`
}

function errorOf({ Status }: Task, truncate: boolean): string {
  const error = Status?.Err ?? ''
  return error === '' ? '' : `"${truncate ? ellipsis(error, ERROR_WIDTH) : error}"`
}

function portsOf({ Status }: Task): string {
  const ports = Status?.PortStatus?.Ports ?? []
  return ports
    .map(({ PublishedPort = 0, TargetPort = 0, Protocol = '' }) => `*:${PublishedPort}->${TargetPort}/${Protocol}`)
    .join(',')
}
