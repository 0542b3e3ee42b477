import { credentialsFor } from '../actions/registry/registry-auth.ts'
import type { Cli } from '../cli/cli.ts'
import { goJsonError } from '../domain/go/json.ts'
import {
  type ImageManifest,
  listedManifests,
  memberOf,
  OCI_INDEX,
  OCI_MANIFEST,
  platformIn,
  SCHEMA2_LIST,
  SCHEMA2_MANIFEST,
  textIn,
} from '../domain/image/manifest.ts'
import { authKey, canonicalString, type ImageReference } from '../domain/image/reference.ts'
import { type SendWeb, webClient } from './http-client.ts'
import { pullAddresses, pushAddress } from './registry-address.ts'
import { RegistryRefusal, registryRefusal } from './registry-refusal.ts'
import { PlainHttpError, Repository, type RepositoryAccess } from './repository.ts'

/** Types of manifests that docker knows, in an order that its own client makes up each time. */
const ACCEPTED = [SCHEMA2_LIST, OCI_INDEX, OCI_MANIFEST, SCHEMA2_MANIFEST].join(', ')

/** A manifest as a registry responds it. */
interface FetchedManifest {
  readonly mediaType: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly text: string
}

/** There is a manifest where a list was asked for. docker prints the manifest's bytes as numbers. */
export class NoListError extends Error {
  override name = 'NoListError'

  constructor() {
    super('unsupported manifest format')
  }
}

/** Asks registries for manifests and puts them there, without a daemon (docker/cli registry/client). */
export class ManifestClient {
  readonly #cli: Cli
  readonly #send: SendWeb
  readonly #isInsecure: boolean

  /** @param isInsecure whether a registry may do without TLS, or without a certificate that is known */
  constructor(cli: Cli, isInsecure: boolean) {
    this.#cli = cli
    this.#send = webClient(cli.env)
    this.#isInsecure = isInsecure
  }

  /** One image's manifest. @throws Error in docker's words: `no such manifest: …`, or what the registry said */
  manifest(reference: ImageReference): Promise<ImageManifest> {
    return this.#firstResponse(reference, async (repository) => {
      const fetched = await fetchManifest(repository, reference.tag ?? reference.digest ?? '')
      return imageManifest(repository, reference, fetched)
    })
  }

  /** The manifests of a list, each fetched by itself. @throws Error as `manifest` does */
  manifestList(reference: ImageReference): Promise<ImageManifest[]> {
    return this.#firstResponse(reference, async (repository) => {
      const { mediaType, bytes, text } = await fetchManifest(repository, reference.tag ?? reference.digest ?? '')
      if (!isList(mediaType)) throw new NoListError()
      checkDigest(reference, bytes)
      const manifests: ImageManifest[] = []
      for (const { digest, platform } of listedManifests(text)) {
        const member = { ...reference, digest }
        const fetched = await fetchManifest(repository, digest)
        const manifest = await imageManifest(repository, member, fetched)
        manifests.push({ ...manifest, descriptor: { ...manifest.descriptor, platform } })
      }
      return manifests.length === 0 ? undefined : manifests
    })
  }

  /**
   * Makes a blob of one repository known in another; nothing is copied.
   * @param source `library/busybox`
   * @returns whether the registry did so; if not, it would take an upload
   * @throws Error in docker's words
   */
  async mountBlob(source: string, digest: string, target: ImageReference): Promise<boolean> {
    const repository = await this.#openForPush(target)
    try {
      const query = new URLSearchParams({ from: source, mount: digest })
      const response = await repository.ask('POST', `blobs/uploads/?${query}`, { readsFrom: source })
      if (response.statusCode === 201) {
        const stat = await repository.ask('HEAD', `blobs/${digest}`)
        if (!isSuccess(stat.statusCode))
          throw stat.statusCode === 404 ? new Error('unknown blob') : registryRefusal(stat)
        return true
      }
      if (response.statusCode !== 202) throw registryRefusal(response)
      const upload = response.header('location')
      if (upload !== '') await repository.ask('DELETE', upload)
      return false
    } catch (error) {
      const place = `${source}@${digest} to ${canonicalString(target)}`
      throw prefixed(`failed to mount blob ${place}`, error)
    }
  }

  /** Puts a manifest under a tag or its digest, and returns the digest that the registry has for it. @throws Error */
  async put(reference: ImageReference, mediaType: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const repository = await this.#openForPush(reference)
    try {
      const response = await repository.ask('PUT', `manifests/${reference.tag ?? reference.digest}`, {
        headers: { 'Content-Type': mediaType },
        body: typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : content,
      })
      if (!isSuccess(response.statusCode)) throw registryRefusal(response)
      const digest = response.header('docker-content-digest')
      if (!/^[a-z\d]+:[a-f\d]{32,}$/.test(digest)) throw new Error('invalid checksum digest format')
      return digest
    } catch (error) {
      throw prefixed(`failed to put manifest ${canonicalString(reference)}`, error)
    }
  }

  async #openForPush(target: ImageReference): Promise<Repository> {
    const address = await pushAddress(target.domain, this.#isInsecure)
    return Repository.open(address, target.path, await this.#access(target, 'pull,push'))
  }

  async #access(reference: ImageReference, actions: RepositoryAccess['actions']): Promise<RepositoryAccess> {
    const auth = await credentialsFor(authKey(reference), this.#cli)
    return { auth, actions, send: this.#send, now: () => this.#cli.now() }
  }

  /**
   * What the first of a registry's addresses has that has anything. Which refusals mean that something is not there,
   * and which end the search, is docker's choice.
   */
  async #firstResponse<T>(
    reference: ImageReference,
    ask: (repository: Repository) => Promise<T | undefined>,
  ): Promise<T> {
    const access = await this.#access(reference, 'pull')
    let hasTls = false
    for (const address of await pullAddresses(reference.domain, this.#isInsecure)) {
      if (address.scheme === 'http' && hasTls) continue
      const repository = await Repository.open(address, reference.path, access).catch(unlessPlain)
      if (repository === undefined || (!repository.isSecure && !this.#isInsecure)) continue
      try {
        const response = await ask(repository)
        if (response !== undefined) return response
      } catch (error) {
        if (!(error instanceof RegistryRefusal) || !error.meansMissing) throw error
        hasTls ||= repository.isSecure
      }
    }
    throw new Error(`no such manifest: ${canonicalString(reference)}`)
  }
}

function unlessPlain(error: unknown): undefined {
  if (!(error instanceof PlainHttpError)) throw error
}

/** @param name a tag or a digest */
async function fetchManifest(repository: Repository, name: string): Promise<FetchedManifest> {
  const response = await repository.ask('GET', `manifests/${name}`, { headers: { Accept: ACCEPTED } })
  if (!isSuccess(response.statusCode)) throw registryRefusal(response)
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

/** A manifest must call itself what the registry calls it. */
function checkMediaType(expected: string, found: string): void {
  const isOci = expected === OCI_MANIFEST || expected === OCI_INDEX
  if (found === expected || (isOci && found === '')) return
  const subject = expected === SCHEMA2_LIST ? 'manifest list' : expected === OCI_INDEX ? 'image index' : 'manifest'
  throw new Error(`${isOci ? 'if present, ' : ''}mediaType in ${subject} should be '${expected}' not '${found}'`)
}

/** A manifest with the platform that its image's configuration names. */
async function imageManifest(
  repository: Repository,
  reference: ImageReference,
  { mediaType, bytes, text }: FetchedManifest,
): Promise<ImageManifest> {
  if (isList(mediaType)) throw new Error(`${canonicalString(reference)} is a manifest list`)
  const digest = checkDigest(reference, bytes)
  const config = await fetchConfig(repository, textIn(memberOf(JSON.parse(text), 'config'), 'digest'))
  return {
    reference: canonicalString(reference),
    descriptor: { mediaType, digest, size: bytes.length, platform: platformIn(config) },
    raw: bytes,
    kind: mediaType === OCI_MANIFEST ? 'oci' : 'schema2',
    json: text,
  }
}

async function fetchConfig(repository: Repository, digest: string): Promise<unknown> {
  const response = await repository.ask('GET', `blobs/${digest}`)
  if (response.statusCode === 404) throw new Error('unknown blob')
  if (!isSuccess(response.statusCode)) throw registryRefusal(response)
  if (digestOf(response.bytes) !== digest) throw new Error(`image config verification failed for digest ${digest}`)
  const syntax = goJsonError(response.text, 'unexpected end of JSON input')
  if (syntax !== '') throw new Error(syntax)
  return JSON.parse(response.text)
}

/** The digest of a manifest; what was asked for by a digest must have it. */
function checkDigest({ digest }: ImageReference, bytes: Uint8Array): string {
  const found = digestOf(bytes)
  if (digest !== undefined && digest !== found) throw new Error(`manifest verification failed for digest ${digest}`)
  return found
}

/** A digest of bytes, as registries make them. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')}`
}

function isList(mediaType: string): boolean {
  return mediaType === SCHEMA2_LIST || mediaType === OCI_INDEX
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode <= 399
}

function prefixed(words: string, error: unknown): Error {
  return new Error(`${words}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
}
