/** Compares local tags with their registries, which the daemon asks. */
import type { Cli } from '../../cli/cli.ts'
import { settleInOrder } from '../../cli/each.ts'
import { ConnectionError, describeError, EngineError } from '../../domain/errors.ts'
import type { ImageSummary } from '../../domain/image/image.ts'
import { OCI_INDEX, SCHEMA2_LIST } from '../../domain/image/manifest.ts'
import {
  authKey,
  canonicalString,
  familiarString,
  type ImageReference,
  parseFamiliar,
  parseReference,
} from '../../domain/image/reference.ts'
import { isDigest, isRegistryUnreachable } from '../../domain/image/tag-state.ts'
import type { ListImages } from '../../engine/api/list-requests.ts'
import type { TagRow } from '../../format/views/image/outdated.ts'
import { type ImageRow, NONE, toImageRows } from '../../format/views/image/rows.ts'
import { isLocal } from '../../registry/web-url.ts'
import { registryAuths } from '../registry/registry-auth.ts'

/** The number of tags that are looked up in parallel. */
const PARALLEL_LOOKUPS = 8

/** How long a registry may take to respond, in milliseconds. The daemon's own limits are minutes. */
const LOOKUP_TIMEOUT = 15_000

/** What was found about a tag in its registry. */
type TagLookup = Pick<TagRow, 'state' | 'registryDigest'>

/** The tags of images, and why some registries or images could not be looked up. */
export interface TagLookups {
  readonly rows: readonly TagRow[]
  /** A line for each problem. */
  readonly problems: readonly string[]
}

/**
 * Looks up the tags of images in their registries, a few in parallel. Tags whose image has no digest of their repository
 * were neither pulled nor pushed, and are not looked up.
 * @param request the images that are listed
 * @throws EngineError, ConnectionError if the images cannot be listed
 */
export async function lookUpTags(request: Pick<ListImages, 'all' | 'filters'>, cli: Cli): Promise<TagLookups> {
  const images = await listWithDigests(request, cli)
  const tags = toImageRows(images, { ofTags: false, ofUntagged: false })
    .filter(({ tag }) => tag !== NONE)
    .map((row) => ({ row, digests: digestsOf(row), reference: parseReference(`${row.repository}:${row.tag}`) }))
  const pulled = tags.filter(({ digests }) => digests.length > 0)
  const references = pulled.map(({ reference }) => reference)
  const lookup = new RegistryLookup(await registryAuths(references, cli), cli)
  const found = new Map<ImageRow, TagLookup>()
  const lookUp = async ({ row, digests, reference }: (typeof pulled)[number]) => {
    found.set(row, await lookup.run(reference, digests))
  }
  for await (const { error } of settleInOrder(pulled, lookUp, PARALLEL_LOOKUPS)) {
    if (error !== undefined) throw error
  }
  const rows = tags.map(({ row, digests: [digest = NONE] }) => ({ ...row, digest, ...(found.get(row) ?? LOCAL) }))
  return { rows, problems: lookup.problems }
}

/** Lists images with all of their digests, which daemons leave out if a reference with a tag is a filter. */
async function listWithDigests(
  { all, filters }: Pick<ListImages, 'all' | 'filters'>,
  { engine }: Cli,
): Promise<readonly ImageSummary[]> {
  const images = await engine.images.list({ all, manifests: false, filters })
  if (filters.reference === undefined || images.length === 0) return images
  const everything = await engine.images.list({ all, manifests: false, filters: {} })
  const digests = new Map(everything.map(({ Id, RepoDigests }) => [Id, RepoDigests]))
  return images.map((image) => ({ ...image, RepoDigests: digests.get(image.Id) ?? image.RepoDigests ?? [] }))
}

const LOCAL: TagLookup = { state: 'local', registryDigest: '' }
const UNREACHABLE: TagLookup = { state: 'unreachable', registryDigest: '' }

/** Returns the digests that an image has in the repository of a row. */
function digestsOf({ image, repository }: ImageRow): string[] {
  return (image.RepoDigests ?? []).flatMap((text) => {
    const reference = parseFamiliar(text)
    return reference?.name === repository && reference.digest !== '' ? [reference.digest] : []
  })
}

/** Looks up tags, and remembers which registries cannot be reached. */
class RegistryLookup {
  readonly problems: string[] = []
  readonly #auths: ReadonlyMap<string, string>
  readonly #cli: Cli
  readonly #unreachable = new Set<string>()

  constructor(auths: ReadonlyMap<string, string>, cli: Cli) {
    this.#auths = auths
    this.#cli = cli
  }

  async run(reference: ImageReference, digests: readonly string[]): Promise<TagLookup> {
    if (this.#unreachable.has(reference.domain)) return UNREACHABLE
    try {
      const registryDigest = await this.#digestOf(reference)
      const isCurrent = digests.includes(registryDigest) || (await this.#isInIndex(reference, digests))
      return { state: isCurrent ? 'current' : 'outdated', registryDigest }
    } catch (error) {
      if (error instanceof ConnectionError) throw error
      if (error instanceof EngineError && error.isNotFound) return { state: 'missing', registryDigest: '' }
      return this.#problem(reference, error)
    }
  }

  /** Returns the digest of a tag in its registry. @throws EngineError, Error with what is wrong */
  async #digestOf(reference: ImageReference): Promise<string> {
    const { Descriptor } = await this.#distribution(reference)
    const digest = Descriptor?.digest ?? ''
    if (!isDigest(digest)) throw new Error('the registry sent no valid digest')
    return digest
  }

  async #distribution(reference: ImageReference) {
    const auth = this.#auths.get(authKey(reference)) ?? ''
    const signal = AbortSignal.timeout(LOOKUP_TIMEOUT)
    try {
      return await this.#cli.engine.services.distribution(canonicalString(reference), auth, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      throw new RegistryTimeoutError(`no response within ${LOOKUP_TIMEOUT / 1000} seconds`)
    }
  }

  /**
   * Returns whether a digest is that of a manifest in the index that the tag names. Daemons do not return the contents of
   * an index, so tug requests it from the registry itself, but only if the digest is not that of another index.
   */
  async #isInIndex(reference: ImageReference, digests: readonly string[]): Promise<boolean> {
    // The daemon's registry on a loopback address is another one than this machine's, unless the daemon runs here.
    if (isLocal(reference.domain) && this.#cli.engine.connection.endpoint.address.kind !== 'unix') return false
    try {
      const { domain, path } = reference
      const found = await Promise.all(digests.map((digest) => this.#distribution({ domain, path, digest })))
      if (found.every(({ Descriptor }) => isIndex(Descriptor?.mediaType ?? ''))) return false
      const { createManifestClient } = await import('../registry/manifest-client.ts')
      const client = createManifestClient(this.#cli, isLocal(domain))
      const members = await client.fetchListedDigests(reference, AbortSignal.timeout(LOOKUP_TIMEOUT))
      return digests.some((digest) => members.includes(digest))
    } catch (error) {
      if (error instanceof ConnectionError) throw error
      return false
    }
  }

  /** Records why a tag could not be looked up. A registry that cannot be reached is recorded once. */
  #problem(reference: ImageReference, error: unknown): TagLookup {
    const message = describeError(error)
    const { domain } = reference
    if (!(error instanceof RegistryTimeoutError || isRegistryUnreachable(message))) {
      this.problems.push(`${familiarString(reference)}: ${message}`)
      return { state: 'unknown', registryDigest: '' }
    }
    if (!this.#unreachable.has(domain)) this.problems.push(`${domain}: ${message}`)
    this.#unreachable.add(domain)
    return UNREACHABLE
  }
}

/** A registry took too long to respond. */
class RegistryTimeoutError extends Error {
  override name = 'RegistryTimeoutError'
}

function isIndex(mediaType: string): boolean {
  return mediaType === SCHEMA2_LIST || mediaType === OCI_INDEX
}
