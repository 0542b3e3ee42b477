import { familiarString, parseReference } from '../../../domain/image/reference.ts'
import type { Service, ServicePort } from '../../../domain/service/service.ts'
import { truncateId } from '../../text/truncate.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** The fields of `service ls` (docker/cli service.serviceContext). */
const fields = {
  ID: { header: 'ID', text: ({ ID = '' }) => truncateId(ID) },
  Name: { header: 'NAME', text: ({ Spec }) => Spec?.Name ?? '' },
  Mode: { header: 'MODE', text: modeOf },
  Replicas: { header: 'REPLICAS', text: replicasOf },
  Image: { header: 'IMAGE', text: imageOf },
  Ports: { header: 'PORTS', separator: ', ', text: ({ Endpoint }) => servicePorts(Endpoint?.Ports ?? []) },
} as const satisfies Record<string, Field<Service>>

export const serviceList: ListKind<Service> = {
  listing: {
    typeName: '*service.serviceContext',
    fields,
    internals: (service) => ({ service }),
  },
  columns: [fields.ID, fields.Name, fields.Mode, fields.Replicas, fields.Image, fields.Ports],
  quiet: 'ID',
  raw: {
    format:
      'id: {{.ID}}\nname: {{.Name}}\nmode: {{.Mode}}\nreplicas: {{.Replicas}}\nimage: {{.Image}}\nports: {{.Ports}}\n',
    quiet: 'id: {{.ID}}',
  },
}

function modeOf({ Spec }: Service): string {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  if (Global) return 'global'
  if (Replicated) return 'replicated'
  if (ReplicatedJob) return 'replicated job'
  return GlobalJob ? 'global job' : ''
}

/** Returns the running and desired tasks; for a job also the completed ones. */
function replicasOf({ Spec, ServiceStatus }: Service): string {
  const { RunningTasks: running = 0, DesiredTasks: desired = 0, CompletedTasks: completed = 0 } = ServiceStatus ?? {}
  const { Replicated, Global, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  const counts = `${running}/${desired}`
  if (ReplicatedJob) return `${counts} (${completed}/${ReplicatedJob.TotalCompletions ?? 0} completed)`
  // The desired tasks of a global job are those that are not completed yet.
  if (GlobalJob) return `${counts} (${completed}/${desired + completed} completed)`
  const limit = Replicated && !Global ? (Spec?.TaskTemplate?.Placement?.MaxReplicas ?? 0) : 0
  return limit > 0 ? `${counts} (max ${limit} per node)` : counts
}

/** Returns the image with its tag, without the digest that it is pinned to. */
function imageOf({ Spec }: Service): string {
  const image = Spec?.TaskTemplate?.ContainerSpec?.Image ?? ''
  try {
    const { digest, ...named } = parseReference(image)
    return named.tag === undefined ? image : familiarString(named)
  } catch {
    return image
  }
}

interface Range {
  readonly protocol: string
  readonly published: readonly [number, number]
  readonly target: readonly [number, number]
}

/**
 * Formats the ports that are published on all nodes: `*:80-81->80-81/tcp`. Adjacent ports become one range, unless a
 * single target port would follow a range of them (docker/cli service.serviceContext.Ports).
 */
function servicePorts(ports: readonly ServicePort[]): string {
  const ranges: Range[] = []
  for (const port of ports.filter(({ PublishMode }) => PublishMode === 'ingress').toSorted(comparePorts)) {
    const { Protocol: protocol = '', PublishedPort: published = 0, TargetPort: target = 0 } = port
    const last = ranges.at(-1)
    if (last && isAdjacent(last, protocol, published, target)) {
      ranges.splice(-1, 1, {
        protocol,
        published: [last.published[0], published],
        target: [last.target[0], target],
      })
    } else ranges.push({ protocol, published: [published, published], target: [target, target] })
  }
  return ranges
    .filter(({ published: [first] }) => first > 0)
    .map(({ protocol, published, target }) => `*:${rangeText(published)}->${rangeText(target)}/${protocol}`)
    .join(', ')
}

function comparePorts(a: ServicePort, b: ServicePort): number {
  const { Protocol: left = '', PublishedPort: leftPort = 0 } = a
  const { Protocol: right = '', PublishedPort: rightPort = 0 } = b
  if (left === right) return leftPort - rightPort
  return left < right ? -1 : 1
}

function isAdjacent(last: Range, protocol: string, published: number, target: number): boolean {
  const [firstTarget, lastTarget] = last.target
  const isNext = (step: number) => step === 0 || step === 1
  if (protocol !== last.protocol) return false
  if (!isNext(published - last.published[1]) || !isNext(target - lastTarget)) return false
  return firstTarget === lastTarget || target > lastTarget
}

function rangeText([first, last]: readonly [number, number]): string {
  return last > first ? `${first}-${last}` : String(first)
}
