import type { CreateBody, HostConfig, NetworkEndpointConfig } from '../create-request.ts'
import { withoutSlash } from '../name.ts'

/** The `Config` of a container: the create request without the fields about the host, merged with the image's. */
export type ContainerConfig = Omit<CreateBody, 'HostConfig' | 'NetworkingConfig' | 'OnBuild'>

/** A volume, a directory or a tmpfs that a container has mounted. */
interface MountPoint {
  readonly Type?: string
  /** The name of a volume. */
  readonly Name?: string
  readonly Source?: string
  readonly Destination?: string
  readonly Mode?: string
  readonly RW?: boolean
}

/** The response to `GET /containers/NAME/json`. An absent field has its zero value. */
export interface ContainerInspection {
  readonly Id?: string
  /** With a leading slash. */
  readonly Name?: string
  /** RFC 3339. */
  readonly Created?: string
  /** The id of the image. */
  readonly Image?: string
  readonly State?: ContainerState
  readonly Config?: Partial<ContainerConfig>
  readonly HostConfig?: Partial<HostConfig>
  readonly Mounts?: readonly MountPoint[]
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, Partial<NetworkEndpointConfig>>> }
}

interface ContainerState {
  /** `created`, `running`, `paused`, `restarting`, `removing`, `exited` or `dead`. */
  readonly Status?: string
  readonly Running?: boolean
  readonly Paused?: boolean
  readonly Restarting?: boolean
  /** RFC 3339; the year 1 for a container that never ended. */
  readonly FinishedAt?: string
}

/** The fields of a container's configuration that an image sets. */
export type ImageConfig = Pick<
  Partial<ContainerConfig>,
  | 'Cmd'
  | 'Entrypoint'
  | 'Env'
  | 'ExposedPorts'
  | 'Healthcheck'
  | 'Labels'
  | 'StopSignal'
  | 'User'
  | 'Volumes'
  | 'WorkingDir'
>

/** The response to `GET /images/NAME/json`. An absent field has its zero value. */
export interface ImageInspection {
  readonly Id?: string
  readonly Os?: string
  readonly Architecture?: string
  readonly Variant?: string
  readonly Config?: ImageConfig
}

/** What the daemon fills in where a create request says nothing. */
export interface DaemonDefaults {
  /** The negotiated API version, such as `1.45`. */
  readonly apiVersion: string
  /** The host name of the daemon's machine, which containers in its network namespace have. */
  readonly hostname: string
  readonly loggingDriver: string
  readonly runtime: string
  readonly hasPrivateCgroupns: boolean
}

/** A container, and what its create request was completed from. */
export interface Origin {
  readonly container: ContainerInspection
  /** Undefined if the image does not exist anymore. */
  readonly image: ImageConfig | undefined
  readonly daemon: DaemonDefaults
}

/** Returns the name of a container without the slash; the short id if it has none. */
export function nameOf({ Name = '', Id = '' }: ContainerInspection): string {
  return withoutSlash(Name) || shortId(Id)
}

/** Returns the 12 digits that the daemon uses as the default host name and as a network alias. */
export function shortId(id: string): string {
  return id.slice(0, 12)
}
