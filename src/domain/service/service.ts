import type { Healthcheck } from '../container/create-request.ts'
import type { Mount } from '../container/mount.ts'
import type { Ulimit } from '../container/ulimit.ts'
import type { Int64 } from '../go/int.ts'
import type { Task } from '../swarm/task.ts'

type TextMap = Record<string, string>

/**
 * The spec of a service, named as the Engine API names it. Daemons leave out empty fields, and send null for empty lists.
 * Durations are in nanoseconds. An update changes a copy of the daemon's spec, so that fields unknown to tug are kept.
 */
export interface ServiceSpec {
  Name?: string
  Labels?: TextMap | null
  TaskTemplate?: TaskSpec
  Mode?: ServiceMode
  UpdateConfig?: UpdateConfig | null
  RollbackConfig?: UpdateConfig | null
  /** Only old swarms have networks here; newer ones have them in the task template. */
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
  /** Counts the forced updates. */
  ForceUpdate?: Int64
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
  OpenStdin?: boolean
  ReadOnly?: boolean
  Mounts?: Mount[] | null
  StopGracePeriod?: Int64 | null
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
  OomScoreAdj?: Int64
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

/** The file of a secret or config in the containers. */
export interface FileTarget {
  Name: string
  UID: string
  GID: string
  Mode: Int64
}

export interface SecretReference {
  File?: FileTarget | null
  SecretID: string
  SecretName: string
}

export interface ConfigReference {
  File?: FileTarget | null
  /** Present if the config is for the runtime, such as a credential spec, and not a file. */
  Runtime?: object | null
  ConfigID: string
  ConfigName: string
}

export interface ResourceRequirements {
  Limits?: ResourceLimits | null
  Reservations?: ResourceReservations | null
  /** The swap in bytes, in addition to the memory; -1 for no limit. Since API 1.52. */
  SwapBytes?: Int64 | null
  /** From 0 to 100; -1 for the default. Since API 1.52. */
  MemorySwappiness?: Int64 | null
}

interface ResourceLimits {
  NanoCPUs?: Int64
  MemoryBytes?: Int64
  Pids?: Int64
}

interface ResourceReservations {
  NanoCPUs?: Int64
  MemoryBytes?: Int64
  GenericResources?: GenericResource[] | null
}

/** A number of resources of a kind that nodes declare; on nodes also a named resource. */
export interface GenericResource {
  DiscreteResourceSpec?: { Kind?: string; Value?: Int64 } | null
  NamedResourceSpec?: { Kind?: string; Value?: string } | null
}

export interface ServiceRestartPolicy {
  Condition?: string
  Delay?: Int64 | null
  MaxAttempts?: Int64 | null
  Window?: Int64 | null
}

export interface PlacementPreference {
  Spread: { SpreadDescriptor: string } | null
}

interface Placement {
  Constraints?: string[] | null
  Preferences?: PlacementPreference[] | null
  MaxReplicas?: Int64
  Platforms?: ServicePlatform[] | null
}

/** A platform of the image; an empty field means any. */
export interface ServicePlatform {
  Architecture?: string
  OS?: string
}

/** An attachment to a network, whose id is `Target`. */
export interface NetworkAttachmentConfig {
  Target?: string
  Aliases?: string[] | null
  DriverOpts?: TextMap | null
}

interface LogDriver {
  Name?: string
  Options?: TextMap | null
}

/** Exactly one of the fields is present. */
export interface ServiceMode {
  Replicated?: { Replicas?: Int64 | null } | null
  Global?: object | null
  ReplicatedJob?: { MaxConcurrent?: Int64 | null; TotalCompletions?: Int64 | null } | null
  GlobalJob?: object | null
}

export interface UpdateConfig {
  Parallelism?: Int64
  Delay?: Int64
  FailureAction?: string
  Monitor?: Int64
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
  readonly Version?: { readonly Index?: Int64 }
  readonly Spec?: ServiceSpec
  readonly PreviousSpec?: ServiceSpec | null
  readonly Endpoint?: { readonly Ports?: readonly ServicePort[] | null }
  readonly UpdateStatus?: UpdateStatus | null
  /** The number of tasks; present in lists that asked for it. */
  readonly ServiceStatus?: ServiceStatus | null
  /** Present for jobs only. */
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

/** A task with the fields that following a service needs. The slots of a job count from 0. */
export interface ServiceTask extends Omit<Task, 'Spec'> {
  readonly Spec?: { readonly ContainerSpec?: { readonly Image?: string; readonly TTY?: boolean } | null }
  /** The run of the job that it belongs to. */
  readonly JobIteration?: { readonly Index?: number } | null
}

/** The fields that docker sends with a credential spec. */
export const NO_PRIVILEGES = { SELinuxContext: null, NoNewPrivileges: false } as const

/** Returns the task template of a service; adds it if it is absent. */
export function taskOf(spec: ServiceSpec): TaskSpec {
  spec.TaskTemplate ??= {}
  return spec.TaskTemplate
}

/** Returns the container spec of a service; adds it if it is absent. */
export function containerOf(spec: ServiceSpec): ContainerSpec {
  const task = taskOf(spec)
  task.ContainerSpec ??= {}
  return task.ContainerSpec
}
