/** A platform as the Engine API and the OCI image specification spell it. */
export interface Platform {
  readonly architecture?: string
  readonly os?: string
  readonly 'os.version'?: string
  readonly 'os.features'?: readonly string[] | null
  readonly variant?: string
}

/** One row of `GET /images/json`, named as the Engine API names it. An absent field means its zero value. */
export interface ImageSummary {
  readonly Id?: string
  readonly ParentId?: string
  /** `name:tag` each. */
  readonly RepoTags?: readonly string[] | null
  /** `name@digest` each. */
  readonly RepoDigests?: readonly string[] | null
  /** Unix seconds; {@link NEVER} for an image without a creation date. */
  readonly Created?: number
  /** Bytes. */
  readonly Size?: number
  /** Bytes shared with other images; -1 if not computed. */
  readonly SharedSize?: number
  /** The number of containers that use the image; -1 if not counted. */
  readonly Containers?: number
  readonly Labels?: Readonly<Record<string, string>> | null
  /** Manifests per platform; present only if the request asked for them (API 1.47). */
  readonly Manifests?: readonly ImageManifestSummary[] | null
}

/** The manifest of one platform, from a containerd image store. */
export interface ImageManifestSummary {
  readonly ID?: string
  /** `image`, `attestation` or `unknown`. */
  readonly Kind?: string
  readonly Available?: boolean
  readonly Size?: { readonly Total?: number; readonly Content?: number }
  readonly ImageData?: { readonly Platform?: Platform; readonly Containers?: readonly string[] | null } | null
}

/** Go's zero time in Unix seconds, which daemons send for an image without a creation date. */
export const NEVER = -62_135_596_800

/** One entry of the response to `DELETE /images/NAME`. */
export interface ImageDeletion {
  readonly Untagged?: string
  readonly Deleted?: string
}

/** One layer of `GET /images/NAME/history`, which lists the newest first. An absent field means its zero value. */
export interface ImageLayer {
  /** `<missing>` for a layer that is not an image itself. */
  readonly Id?: string
  /** Unix seconds. */
  readonly Created?: number
  readonly CreatedBy?: string
  /** Bytes. */
  readonly Size?: number
  readonly Comment?: string
}
