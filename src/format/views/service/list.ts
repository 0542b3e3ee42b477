import { familiarString, parseReference } from '../../../domain/image/reference.ts'
import type { Service } from '../../../domain/service/service.ts'
import { shortId } from '../../text.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'
import { servicePorts } from './ports.ts'

/** What `docker service ls` can show of a service (docker/cli service.serviceContext). */
const fields = {
  ID: { header: 'ID', text: ({ ID = '' }) => shortId(ID) },
  Name: { header: 'NAME', text: ({ Spec }) => Spec?.Name ?? '' },
  Mode: { header: 'MODE', text: modeOf },
  Replicas: { header: 'REPLICAS', text: replicasOf },
  Image: { header: 'IMAGE', text: imageOf },
  Ports: { header: 'PORTS', text: ({ Endpoint }) => servicePorts(Endpoint?.Ports ?? []) },
} as const satisfies Record<string, Field<Service>>

export const serviceList: ListKind<Service> = {
  listing: {
    typeName: '*service.serviceContext',
    fields,
    inside: (service) => ({ service }),
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

/** How many tasks run of how many; of a job also how often it has been done. */
function replicasOf({ Spec, ServiceStatus }: Service): string {
  const { RunningTasks: running = 0, DesiredTasks: desired = 0, CompletedTasks: completed = 0 } = ServiceStatus ?? {}
  const { Replicated, Global, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  const counts = `${running}/${desired}`
  if (ReplicatedJob) return `${counts} (${completed}/${ReplicatedJob.TotalCompletions ?? 0} completed)`
  // What is desired of a global job is what is not done yet.
  if (GlobalJob) return `${counts} (${completed}/${desired + completed} completed)`
  const most = Replicated && !Global ? (Spec?.TaskTemplate?.Placement?.MaxReplicas ?? 0) : 0
  return most > 0 ? `${counts} (max ${most} per node)` : counts
}

/** The image by its tag, without the digest that it was pinned to. */
function imageOf({ Spec }: Service): string {
  const image = Spec?.TaskTemplate?.ContainerSpec?.Image ?? ''
  try {
    const { digest, ...named } = parseReference(image)
    return named.tag === undefined ? image : familiarString(named)
  } catch {
    return image
  }
}
