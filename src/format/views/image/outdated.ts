import type { TagState } from '../../../domain/image/tag-state.ts'
import type { Field } from '../field.ts'
import { type Display, type ListKind, listView, type View } from '../list.ts'
import { createdOrUnknown, type ImageRow, imageFields, NONE } from './rows.ts'

/** A row of `images --outdated`: a tag, and what its registry has by that name. */
export interface TagRow extends ImageRow {
  readonly state: TagState
  /** Empty if it is not known. */
  readonly registryDigest: string
}

/** The fields of `images --outdated`: those of `images`, the state and the registry's digest. */
const fields = {
  ...imageFields,
  State: { header: 'STATE', text: ({ state }) => state },
  RegistryDigest: { header: 'REGISTRY DIGEST', text: ({ registryDigest }) => registryDigest || NONE },
} as const satisfies Record<string, Field<TagRow>>

/** The flags of `images --outdated`. */
export interface TagViewOptions {
  readonly format: string
  readonly quiet: boolean
  readonly noTrunc: boolean
  readonly digests: boolean
}

/**
 * Creates the view of `images --outdated`.
 * @throws FormatError when a template cannot be parsed; `render` throws one when it does not fit a row
 */
export function tagView({ digests, ...options }: TagViewOptions, display: Display): Promise<View<TagRow>> {
  const { Repository, Tag, Digest, ID, Size, State, RegistryDigest } = fields
  const shownDigests = digests ? [Digest, RegistryDigest] : []
  const kind: ListKind<TagRow> = {
    listing: {
      typeName: '*formatter.imageContext',
      fields,
      internals: ({ repository, tag, state }) => ({ repo: repository, tag, state }),
    },
    columns: [Repository, Tag, ...shownDigests, ID, createdOrUnknown, Size, State],
    quiet: 'ID',
  }
  return listView(kind, options, display)
}
