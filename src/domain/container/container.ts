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
  /** Each begins with `/`; the names of legacy links contain a second `/`. */
  readonly Names?: readonly string[] | null
  readonly Image?: string
  readonly ImageID?: string
  readonly ImageManifestDescriptor?: { readonly platform?: Platform | null } | null
  readonly Command?: string
  /** Unix seconds. */
  readonly Created?: number
  readonly Ports?: readonly PortSummary[] | null
  /** Bytes written by the container; present only if the request asked for sizes. */
  readonly SizeRw?: number
  /** Bytes of the whole file system; present only if the request asked for sizes. */
  readonly SizeRootFs?: number
  readonly Labels?: Readonly<Record<string, string>> | null
  /** `running`, `exited` and so on. */
  readonly State?: string
  /** The state as a sentence: `Up 2 minutes`. */
  readonly Status?: string
  /** The state of the health check, since API version 1.52. */
  readonly Health?: { readonly Status?: string } | null
  readonly HostConfig?: { readonly NetworkMode?: string }
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null } | null
  readonly Mounts?: readonly MountSummary[] | null
}

/** The response to `POST /containers/ID/update`. */
export interface UpdateResponse {
  readonly Warnings?: readonly string[] | null
}

/** The part of a container's inspection that contains its published ports. */
export interface PublishedContainer {
  readonly NetworkSettings?: { readonly Ports?: PublishedPorts | null } | null
}

/** The processes of a container, as `ps` on the host lists them. */
export interface ProcessList {
  readonly Titles?: readonly string[] | null
  readonly Processes?: readonly (readonly string[] | null)[] | null
}

/** One file or directory that differs from the image. */
export interface FileChange {
  /** 0: changed, 1: added, 2: deleted. */
  readonly Kind?: number
  readonly Path?: string
}
