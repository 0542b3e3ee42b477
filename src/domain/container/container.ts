import type { Platform } from '../image/image.ts'
import type { PublishedPorts } from './port.ts'

/** One port of a container as `GET /containers/json` sends it. */
export interface PortSummary {
  /** The host address; absent for a port that is exposed and not published. */
  readonly IP?: string
  readonly PrivatePort: number
  readonly PublicPort?: number
  /** `tcp`, `udp` or `sctp`. */
  readonly Type: string
}

/** One mount of a container as `GET /containers/json` sends it. */
interface MountSummary {
  readonly Type?: string
  /** The volume's name; absent for a bind. */
  readonly Name?: string
  readonly Source?: string
  readonly Destination?: string
  readonly Driver?: string
  readonly Mode?: string
  readonly RW?: boolean
  readonly Propagation?: string
}

/**
 * One row of `GET /containers/json`, named as the Engine API names it. A daemon may leave any of it out, so every
 * field is optional and means its zero value when absent.
 */
export interface ContainerSummary {
  readonly Id?: string
  /** Each begins with `/`; legacy links have a second `/`. */
  readonly Names?: readonly string[] | null
  readonly Image?: string
  readonly ImageID?: string
  readonly ImageManifestDescriptor?: { readonly platform?: Platform | null } | null
  readonly Command?: string
  /** Unix seconds. */
  readonly Created?: number
  readonly Ports?: readonly PortSummary[] | null
  /** Bytes written by the container; only sent when sizes were asked for. */
  readonly SizeRw?: number
  /** Bytes of the whole file system; only sent when sizes were asked for. */
  readonly SizeRootFs?: number
  readonly Labels?: Readonly<Record<string, string>> | null
  /** `running`, `exited` and so on. */
  readonly State?: string
  /** The state for people: `Up 2 minutes`. */
  readonly Status?: string
  readonly HostConfig?: { readonly NetworkMode?: string }
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null } | null
  readonly Mounts?: readonly MountSummary[] | null
}

/** What `POST /containers/ID/update` responses. */
export interface UpdateResponse {
  readonly Warnings?: readonly string[] | null
}

/** The part of a container's inspection that tells where its ports are. */
export interface PublishedContainer {
  readonly NetworkSettings?: { readonly Ports?: PublishedPorts | null } | null
}

/** The processes of a container, as `ps` on the host lists them. */
export interface ProcessList {
  readonly Titles?: readonly string[] | null
  readonly Processes?: readonly (readonly string[] | null)[] | null
}

/** One file or directory that differs from the image's. */
export interface FileChange {
  /** 0: changed, 1: added, 2: deleted. */
  readonly Kind?: number
  readonly Path?: string
}
