import type { Healthcheck } from '../container/create-request.ts'
import type { Mount } from '../container/mount.ts'
import type { Ulimit } from '../container/ulimit.ts'

type TextMap = Record<string, string>

/**
 * What a swarm is to run, as the Engine API has it; daemons leave out what is empty, and send null for empty lists. Times
 * are nanoseconds. An update changes a copy of the daemon's, so that what tug does not know stays as it is.
 */
export interface ServiceSpec {
  Name?: string
  Labels?: TextMap | null
  TaskTemplate?: TaskSpec
  Mode?: ServiceMode
  UpdateConfig?: UpdateConfig | null
  RollbackConfig?: UpdateConfig | null
  /** The networks of old swarms; since then they belong to the tasks. */
  Networks?: NetworkAttachmentConfig[] | null
  EndpointSpec?: EndpointSpec | null
}

export interface TaskSpec {
  ContainerSpec?: ContainerSpec | null
  Resources?: ResourceRequirements | null
  RestartPolicy?: ServiceRestartPolicy | null
  Placement?: Placement | null
  Networks?: NetworkAttachmentConfig[] | null
  LogDriver?: LogDriver | null
  /** Counts the updates that were to restart the tasks though nothing had changed. */
  ForceUpdate?: number
}

export interface ContainerSpec {
  Image?: string
  Labels?: TextMap | null
  Command?: string[] | null
  Args?: string[] | null
  Hostname?: string
  Env?: string[] | null
  Dir?: string
  User?: string
  Groups?: string[] | null
  Privileges?: Privileges | null
  Init?: boolean | null
  StopSignal?: string
  TTY?: boolean
  ReadOnly?: boolean
  Mounts?: Mount[] | null
  StopGracePeriod?: number | null
  Healthcheck?: Healthcheck | null
  /** `IP NAME [ALIAS...]`. */
  Hosts?: string[] | null
  DNSConfig?: DnsConfig | null
  Secrets?: SecretReference[] | null
  Configs?: ConfigReference[] | null
  Isolation?: string
  Sysctls?: TextMap | null
  CapabilityAdd?: string[] | null
  CapabilityDrop?: string[] | null
  Ulimits?: Ulimit[] | null
  OomScoreAdj?: number
}

export interface CredentialSpec {
  Config: string
  File: string
  Registry: string
}

interface Privileges {
  CredentialSpec?: CredentialSpec | null
  SELinuxContext?: object | null
  NoNewPrivileges?: boolean
}

interface DnsConfig {
  Nameservers?: string[] | null
  Search?: string[] | null
  Options?: string[] | null
}

/** Where a secret or a config appears as a file. */
export interface FileTarget {
  Name: string
  UID: string
  GID: string
  Mode: number
}

export interface SecretReference {
  File?: FileTarget | null
  SecretID: string
  SecretName: string
}

export interface ConfigReference {
  File?: FileTarget | null
  /** Present where the config is no file but for the runtime, such as a credential spec. */
  Runtime?: object | null
  ConfigID: string
  ConfigName: string
}

export interface ResourceRequirements {
  Limits?: ResourceLimits | null
  Reservations?: ResourceReservations | null
}

interface ResourceLimits {
  NanoCPUs?: number
  MemoryBytes?: number
  Pids?: number
}

interface ResourceReservations {
  NanoCPUs?: number
  MemoryBytes?: number
  GenericResources?: GenericResource[] | null
}

/** So many of a kind that users have declared on nodes; or, on nodes only, one by its name. */
export interface GenericResource {
  DiscreteResourceSpec?: { Kind?: string; Value?: number } | null
  NamedResourceSpec?: { Kind?: string; Value?: string } | null
}

export interface ServiceRestartPolicy {
  Condition?: string
  Delay?: number | null
  MaxAttempts?: number | null
  Window?: number | null
}

export interface PlacementPreference {
  Spread: { SpreadDescriptor: string } | null
}

interface Placement {
  Constraints?: string[] | null
  Preferences?: PlacementPreference[] | null
  MaxReplicas?: number
  Platforms?: ServicePlatform[] | null
}

/** A platform that the image is there for; an empty field stands for any. */
export interface ServicePlatform {
  Architecture?: string
  OS?: string
}

/** A network by its id. */
export interface NetworkAttachmentConfig {
  Target?: string
  Aliases?: string[] | null
  DriverOpts?: TextMap | null
}

interface LogDriver {
  Name?: string
  Options?: TextMap | null
}

/** One of them is there. */
export interface ServiceMode {
  Replicated?: { Replicas?: number | null } | null
  Global?: object | null
  ReplicatedJob?: { MaxConcurrent?: number | null; TotalCompletions?: number | null } | null
  GlobalJob?: object | null
}

export interface UpdateConfig {
  Parallelism?: number
  Delay?: number
  FailureAction?: string
  Monitor?: number
  MaxFailureRatio?: number
  Order?: string
}

export interface ServicePort {
  Name?: string
  Protocol?: string
  TargetPort?: number
  PublishedPort?: number
  PublishMode?: string
}

interface EndpointSpec {
  Mode?: string
  Ports?: ServicePort[] | null
}

/** A service as the daemon describes it. */
export interface Service {
  readonly ID?: string
  readonly Version?: { readonly Index?: number }
  readonly Spec?: ServiceSpec
  readonly PreviousSpec?: ServiceSpec | null
  readonly Endpoint?: { readonly Ports?: readonly ServicePort[] | null }
  readonly UpdateStatus?: UpdateStatus | null
  /** How many tasks there are; in lists that asked for it. */
  readonly ServiceStatus?: ServiceStatus | null
  /** Jobs have one, and services have none. */
  readonly JobStatus?: { readonly JobIteration?: { readonly Index?: number } } | null
}

interface UpdateStatus {
  readonly State?: string
  readonly StartedAt?: string
  readonly CompletedAt?: string
  readonly Message?: string
}

interface ServiceStatus {
  readonly RunningTasks?: number
  readonly DesiredTasks?: number
  readonly CompletedTasks?: number
}

/** A service's tasks, made where the daemon has left them out. */
export function taskOf(spec: ServiceSpec): TaskSpec {
  spec.TaskTemplate ??= {}
  return spec.TaskTemplate
}

/** What a service's tasks run, made where the daemon has left it out. */
export function containerOf(spec: ServiceSpec): ContainerSpec {
  const task = taskOf(spec)
  task.ContainerSpec ??= {}
  return task.ContainerSpec
}
