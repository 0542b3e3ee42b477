import { createManifestClient } from '../../actions/registry/manifest-client.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ManifestStore } from '../../config/manifest-store.ts'
import { messageOf } from '../../domain/errors.ts'
import { type ImageManifest, listEntry, manifestList } from '../../domain/image/manifest.ts'
import { type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { one, optional } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { insecure } from '../../flags/registry/manifest.ts'
import { formatManifest, formatVerboseManifest, formatVerboseManifests } from '../../format/views/registry/manifest.ts'
import { type ManifestClient, NoListError } from '../../registry/manifest-client.ts'

export default class ManifestInspect extends DockerCommand {
  static override summary = 'Display an image manifest or a manifest list'
  static override description =
    'Display an image manifest or a manifest list.\nTwo names select a manifest of a local list; one name is looked up locally, then in the registry.'
  static override examples = [
    {
      description: 'Show the manifest of an image in a registry without TLS',
      command: 'tug manifest inspect --insecure localhost:5000/app:1.0-amd64',
    },
    {
      description: 'Show it with its platform and digest',
      command: 'tug manifest inspect --insecure --verbose localhost:5000/app:1.0-amd64',
    },
  ]
  static override synopsis = '[OPTIONS] [MANIFEST_LIST] MANIFEST'
  static override args = { first: one('MANIFEST_LIST'), second: optional('MANIFEST') }
  static override flags = {
    insecure,
    verbose: bool({ char: 'v', summary: 'Include references and platforms' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestInspect)
    const reference = withDefaultTag(parseReference(args.second ?? args.first))
    const store = new ManifestStore(this.cli.config.dir)
    if (args.second !== undefined && args.first !== '') {
      const list = withDefaultTag(parseReference(args.first))
      return this.#printOne(store.get(list, reference), flags.verbose)
    }
    const localList = storedList(store, reference)
    if (localList !== undefined) return this.#printList(reference, localList, flags.verbose)
    const client = createManifestClient(this.cli, flags.insecure)
    const manifest = await fetchManifestOrList(client, reference)
    if (Array.isArray(manifest)) this.#printList(reference, manifest, flags.verbose)
    else this.#printOne(manifest, flags.verbose)
  }

  #printOne(manifest: ImageManifest, isVerbose: boolean): void {
    this.cli.out.write(isVerbose ? formatVerboseManifest(manifest) : formatManifest(manifest))
  }

  #printList(reference: ImageReference, manifests: readonly ImageManifest[], isVerbose: boolean): void {
    this.cli.out.write(isVerbose ? formatVerboseManifests(manifests) : `${manifestListJson(reference, manifests)}\n`)
  }
}

/**
 * Requests a manifest or a manifest list from the registry. As in docker, the list is requested after any error with the
 * manifest.
 */
async function fetchManifestOrList(
  client: ManifestClient,
  reference: ImageReference,
): Promise<ImageManifest | ImageManifest[]> {
  try {
    return await client.fetchManifest(reference)
  } catch (first) {
    return await client.fetchManifestList(reference).catch((second: unknown) => {
      throw second instanceof NoListError ? first : second
    })
  }
}

/** Returns the local manifest list; undefined if it cannot be read for any reason. */
function storedList(store: ManifestStore, reference: ImageReference): ImageManifest[] | undefined {
  try {
    return store.list(reference)
  } catch {
    return undefined
  }
}

function manifestListJson(reference: ImageReference, manifests: readonly ImageManifest[]): string {
  try {
    return manifestList(manifests.map((manifest) => listEntry(reference, manifest)))
  } catch (error) {
    throw new Error(`failed to assemble ManifestDescriptor: ${messageOf(error)}`, { cause: error })
  }
}
