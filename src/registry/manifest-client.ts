import { goJsonError } from '../domain/go/json.ts'
import {
  type ImageManifest,
  listedManifests,
  OCI_INDEX,
  OCI_MANIFEST,
  platformIn,
  SCHEMA2_LIST,
  SCHEMA2_MANIFEST,
} from '../domain/image/manifest.ts'
import { authKey, canonicalString, type ImageReference } from '../domain/image/reference.ts'
import { memberOf, textIn } from '../domain/json.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { resolvePullAddresses, resolvePushAddress } from './registry-address.ts'
import { RegistryError, registryErrorFrom } from './registry-error.ts'
import { PlainHttpError, Repository, type RepositoryAccess } from './repository.ts'

/** The media types of manifests that docker accepts. docker's own order differs from request to request. */
const ACCEPTED = [SCHEMA2_LIST, OCI_INDEX, OCI_MANIFEST, SCHEMA2_MANIFEST].join(', ')

/** A manifest as the registry sent it. */
interface FetchedManifest {
  readonly mediaType: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly text: string
}

/** A list was requested, but the reference names a manifest. docker prints the manifest's bytes as numbers instead. */
export class NoListError extends Error {
  override name = 'NoListError'

  constructor() {
    super('unsupported manifest format')
  }
}

/** The dependencies of a manifest client. */
export interface ManifestClientEnvironment extends Pick<RepositoryAccess, 'send' | 'userAgent' | 'now'> {
  /** Looks up the credentials for a registry. @param server as {@link RegistryAuth.serveraddress} names it */
  credentialsFor(server: string): Promise<RegistryAuth>
}

/** Reads and writes manifests of registries without a daemon (docker/cli registry/client). */
export class ManifestClient {
  readonly #environment: ManifestClientEnvironment
  readonly #isInsecure: boolean

  /** @param isInsecure whether registries without TLS or with an unknown certificate are accepted (--insecure) */
  constructor(environment: ManifestClientEnvironment, isInsecure: boolean) {
    this.#environment = environment
    this.#isInsecure = isInsecure
  }

  /** Fetches the manifest of one image. @throws Error with docker's message: `no such manifest: …`, or the registry's */
  fetchManifest(reference: ImageReference): Promise<ImageManifest> {
    return this.#tryAddresses(reference, async (repository) => {
      const fetched = await requestManifest(repository, reference.tag ?? reference.digest ?? '')
      return toImageManifest(repository, reference, fetched)
    })
  }

  /** Fetches a list and each of its manifests. @throws NoListError @throws Error as `fetchManifest` does */
  fetchManifestList(reference: ImageReference): Promise<ImageManifest[]> {
    return this.#tryAddresses(reference, async (repository) => {
      const { mediaType, bytes, text } = await requestManifest(repository, reference.tag ?? reference.digest ?? '')
      if (!isList(mediaType)) throw new NoListError()
      checkDigest(reference, bytes)
      const manifests: ImageManifest[] = []
      for (const { digest, platform } of listedManifests(text)) {
        const member = { ...reference, digest }
        const fetched = await requestManifest(repository, digest)
        const manifest = await toImageManifest(repository, member, fetched)
        manifests.push({ ...manifest, descriptor: { ...manifest.descriptor, platform } })
      }
      return manifests.length === 0 ? undefined : manifests
    })
  }

  /**
   * Fetches a list and returns the digests of its manifests.
   * @param signal ends the wait for the registry
   * @throws NoListError @throws Error as `fetchManifest` does
   */
  async fetchListedDigests(reference: ImageReference, signal: AbortSignal): Promise<string[]> {
    const digests = this.#tryAddresses(reference, async (repository) => {
      const { mediaType, text } = await requestManifest(repository, reference.tag ?? reference.digest ?? '')
      if (!isList(mediaType)) throw new NoListError()
      return listedManifests(text).map(({ digest }) => digest)
    })
    const ended = Promise.withResolvers<never>()
    signal.addEventListener('abort', () => ended.reject(signal.reason))
    return Promise.race([digests, ended.promise])
  }

  /**
   * Mounts a blob of one repository in another of the same registry, without copying it.
   * @param source the path of the repository that has the blob: `library/busybox`
   * @returns whether the registry mounted it; if not, the blob would have to be uploaded
   * @throws Error with docker's message
   */
  async mountBlob(source: string, digest: string, target: ImageReference): Promise<boolean> {
    const repository = await this.#openForPush(target)
    try {
      const query = new URLSearchParams({ from: source, mount: digest })
      const response = await repository.request('POST', `blobs/uploads/?${query}`, { otherRepository: source })
      if (response.statusCode === 201) {
        const stat = await repository.request('HEAD', `blobs/${digest}`)
        if (!isSuccess(stat.statusCode))
          throw stat.statusCode === 404 ? new Error('unknown blob') : registryErrorFrom(stat)
        return true
      }
      if (response.statusCode !== 202) throw registryErrorFrom(response)
      const upload = response.header('location')
      if (upload !== '') await repository.request('DELETE', upload)
      return false
    } catch (error) {
      const place = `${source}@${digest} to ${canonicalString(target)}`
      throw withPrefix(`failed to mount blob ${place}`, error)
    }
  }

  /**
   * Uploads a manifest under its tag or digest and returns the digest that the registry computed.
   * @throws Error with docker's message
   */
  async put(reference: ImageReference, mediaType: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const repository = await this.#openForPush(reference)
    try {
      const response = await repository.request('PUT', `manifests/${reference.tag ?? reference.digest}`, {
        headers: { 'Content-Type': mediaType },
        body: typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : content,
      })
      if (!isSuccess(response.statusCode)) throw registryErrorFrom(response)
      const digest = response.header('docker-content-digest')
      if (!/^[a-z\d]+:[a-f\d]{32,}$/.test(digest)) throw new Error('invalid checksum digest format')
      return digest
    } catch (error) {
      throw withPrefix(`failed to put manifest ${canonicalString(reference)}`, error)
    }
  }

  async #openForPush(target: ImageReference): Promise<Repository> {
    const address = await resolvePushAddress(target.domain, this.#isInsecure)
    return Repository.open(address, target.path, await this.#access(target, 'pull,push'))
  }

  async #access(reference: ImageReference, actions: RepositoryAccess['actions']): Promise<RepositoryAccess> {
    const auth = await this.#environment.credentialsFor(authKey(reference))
    return { ...this.#environment, auth, actions }
  }

  /**
   * Tries the addresses of a registry in order and returns the first result. Like docker, it continues after errors that
   * mean that the manifest was not found, and gives up after any other.
   */
  async #tryAddresses<T>(
    reference: ImageReference,
    fetch: (repository: Repository) => Promise<T | undefined>,
  ): Promise<T> {
    const access = await this.#access(reference, 'pull')
    let hasSecureAddress = false
    for (const address of await resolvePullAddresses(reference.domain, this.#isInsecure)) {
      if (address.scheme === 'http' && hasSecureAddress) continue
      const repository = await Repository.open(address, reference.path, access).catch(ignorePlainHttp)
      if (repository === undefined || (!repository.isSecure && !this.#isInsecure)) continue
      try {
        const result = await fetch(repository)
        if (result !== undefined) return result
      } catch (error) {
        if (!(error instanceof RegistryError) || !error.isNotFound) throw error
        hasSecureAddress ||= repository.isSecure
      }
    }
    throw new Error(`no such manifest: ${canonicalString(reference)}`)
  }
}

function ignorePlainHttp(error: unknown): undefined {
  if (!(error instanceof PlainHttpError)) throw error
}

/** @param name a tag or a digest */
async function requestManifest(repository: Repository, name: string): Promise<FetchedManifest> {
  const response = await repository.request('GET', `manifests/${name}`, { headers: { Accept: ACCEPTED } })
  if (!isSuccess(response.statusCode)) throw registryErrorFrom(response)
  const mediaType = response.header('content-type').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (![SCHEMA2_MANIFEST, OCI_MANIFEST].includes(mediaType) && !isList(mediaType)) {
    throw new Error(`unsupported manifest media type and no default available: ${mediaType}`)
  }
  const { bytes, text } = response
  const syntax = goJsonError(text, 'unexpected end of JSON input')
  if (syntax !== '') throw new Error(syntax)
  checkMediaType(mediaType, textIn(JSON.parse(text), 'mediaType'))
  return { mediaType, bytes, text }
}

/** Checks that the media type in a manifest is that of the response. @throws Error with docker's message */
function checkMediaType(expected: string, actual: string): void {
  const isOci = expected === OCI_MANIFEST || expected === OCI_INDEX
  if (actual === expected || (isOci && actual === '')) return
  const subject = expected === SCHEMA2_LIST ? 'manifest list' : expected === OCI_INDEX ? 'image index' : 'manifest'
  throw new Error(`${isOci ? 'if present, ' : ''}mediaType in ${subject} should be '${expected}' not '${actual}'`)
}

/** Returns a manifest together with the platform from its image's configuration. */
async function toImageManifest(
  repository: Repository,
  reference: ImageReference,
  { mediaType, bytes, text }: FetchedManifest,
): Promise<ImageManifest> {
  if (isList(mediaType)) throw new Error(`${canonicalString(reference)} is a manifest list`)
  const digest = checkDigest(reference, bytes)
  const config = await requestConfig(repository, textIn(memberOf(JSON.parse(text), 'config'), 'digest'))
  return {
    reference: canonicalString(reference),
    descriptor: { mediaType, digest, size: bytes.length, platform: platformIn(config) },
    raw: bytes,
    kind: mediaType === OCI_MANIFEST ? 'oci' : 'schema2',
    json: text,
  }
}

async function requestConfig(repository: Repository, digest: string): Promise<unknown> {
  const response = await repository.request('GET', `blobs/${digest}`)
  if (response.statusCode === 404) throw new Error('unknown blob')
  if (!isSuccess(response.statusCode)) throw registryErrorFrom(response)
  if (digestOf(response.bytes) !== digest) throw new Error(`image config verification failed for digest ${digest}`)
  const syntax = goJsonError(response.text, 'unexpected end of JSON input')
  if (syntax !== '') throw new Error(syntax)
  return JSON.parse(response.text)
}

/** Returns the digest of a manifest. @throws Error if the reference has another digest */
function checkDigest({ digest }: ImageReference, bytes: Uint8Array): string {
  const actual = digestOf(bytes)
  if (digest !== undefined && digest !== actual) throw new Error(`manifest verification failed for digest ${digest}`)
  return actual
}

/** Returns the digest of a manifest or blob: `sha256:…`. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')}`
}

function isList(mediaType: string): boolean {
  return mediaType === SCHEMA2_LIST || mediaType === OCI_INDEX
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode <= 399
}

function withPrefix(prefix: string, error: unknown): Error {
  return new Error(`${prefix}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
}
