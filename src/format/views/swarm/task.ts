import { type Instant, parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import { parseFamiliar } from '../../../domain/image/reference.ts'
import { compareNaturally } from '../../../domain/natural-order.ts'
import type { Task } from '../../../domain/swarm/task.ts'
import { truncateId, truncateText } from '../../text/truncate.ts'
import { humanDuration } from '../../text/units.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'
import { isTableFormat } from '../row-format.ts'
import { capitalize } from './pretty.ts'

/** A task with the names of its service and node. */
export interface TaskRow {
  readonly task: Task
  /** The service's name with the slot or node. In tables it is indented if the row above has the same name. */
  readonly name: string
  /** The node's name. */
  readonly node: string
}

/** The columns of an error in a table. */
const ERROR_WIDTH = 30

/** The fields of `service ps` and `node ps` (docker/cli task.taskContext). */
const fields = {
  ID: { header: 'ID', text: ({ task: { ID = '' } }, { truncate }) => (truncate ? truncateId(ID) : ID) },
  Name: { header: 'NAME', text: ({ name }) => name },
  Image: { header: 'IMAGE', text: ({ task }, { truncate }) => imageOf(task, truncate) },
  Node: { header: 'NODE', text: ({ node }) => node },
  DesiredState: { header: 'DESIRED STATE', text: ({ task }) => capitalize(task.DesiredState ?? '') },
  CurrentState: { header: 'CURRENT STATE', text: ({ task }, { now }) => currentState(task, now) },
  Error: { header: 'ERROR', text: ({ task }, { truncate }) => errorOf(task, truncate) },
  Ports: { header: 'PORTS', separator: ',', text: ({ task }) => portsOf(task) },
} as const satisfies Record<string, Field<TaskRow>>

const { ID, Name, Image, Node, DesiredState, CurrentState, Error: Problem, Ports } = fields

export const taskList: ListKind<TaskRow> = {
  listing: {
    typeName: '*task.taskContext',
    fields,
    internals: ({ task, name, node }, { truncate }) => ({ trunc: truncate, task, name, node }),
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

/** Sorts tasks by name, and those of the same name from new to old (docker/cli task.Print). */
export function sortTasks(rows: readonly TaskRow[]): TaskRow[] {
  const createdAt = ({ task }: TaskRow) => parseInstant(task.CreatedAt ?? '') ?? ZERO_INSTANT
  return rows.toSorted((a, b) => compareNaturally(a.name, b.name) || compareInstants(createdAt(b), createdAt(a)))
}

/**
 * Marks the earlier tasks of each name in a table.
 * @param rows sorted tasks
 * @param format the format as for `listView`
 * @param quiet whether ids are printed instead of the default table
 */
export function markEarlierTasks(rows: readonly TaskRow[], format: string, quiet: boolean): TaskRow[] {
  const isPreset = format === '' || format === 'table'
  if (isPreset ? quiet : !isTableFormat(format)) return [...rows]
  return rows.map((row, index) => (rows[index - 1]?.name === row.name ? { ...row, name: ` \\_ ${row.name}` } : row))
}

function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds
}

/** Returns the image. When truncated, it has its tag but not the digest that it is pinned to. */
function imageOf({ Spec }: Task, truncate: boolean): string {
  const image = Spec?.ContainerSpec?.Image ?? ''
  const short = truncate ? parseFamiliar(image) : undefined
  return short === undefined || short.tag === '' ? image : `${short.name}:${short.tag}`
}

function currentState({ Status = {} }: Task, now: number): string {
  const { seconds, nanoseconds } = parseInstant(Status.Timestamp ?? '') ?? ZERO_INSTANT
  const age = humanDuration((now - (seconds * 1000 + nanoseconds / 1e6)) / 1000).toLowerCase()
  return `${capitalize(Status.State ?? '')} ${age} ago`
}

function errorOf({ Status }: Task, truncate: boolean): string {
  const error = Status?.Err ?? ''
  return error === '' ? '' : `"${truncate ? truncateText(error, ERROR_WIDTH) : error}"`
}

function portsOf({ Status }: Task): string {
  const ports = Status?.PortStatus?.Ports ?? []
  return ports
    .map(({ PublishedPort = 0, TargetPort = 0, Protocol = '' }) => `*:${PublishedPort}->${TargetPort}/${Protocol}`)
    .join(',')
}
