import { DockerCommand } from '../../cli/command.ts'
import { ManifestStore } from '../../config/manifest-store.ts'
import { messageOf } from '../../domain/errors.ts'
import { type ImageManifest, listEntry, manifestList } from '../../domain/image/manifest.ts'
import { type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { one, optional } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { insecure } from '../../flags/registry/manifest.ts'
import { formatManifest, formatVerboseManifest, formatVerboseManifests } from '../../format/views/registry/manifest.ts'
import { ManifestClient, NoListError } from '../../registry/manifest-client.ts'

export default class ManifestInspect extends DockerCommand {
  static override summary = 'Show the manifest of an image or of several platforms'
  static override description =
    'Show the manifest of an image, or a list of manifests for several platforms.\nWith two names, one manifest of a list that is being made; else what the registry has.'
  static override synopsis = '[OPTIONS] [MANIFEST_LIST] MANIFEST'
  static override args = { first: one('MANIFEST_LIST'), second: optional('MANIFEST') }
  static override flags = {
    insecure,
    verbose: bool({ char: 'v', summary: 'Show where each manifest is, and its platform, too' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestInspect)
    const reference = withDefaultTag(parseReference(args.second ?? args.first))
    const store = new ManifestStore(this.cli.config.dir)
    if (args.second !== undefined && args.first !== '') {
      const list = withDefaultTag(parseReference(args.first))
      return this.#printOne(store.get(list, reference), flags.verbose)
    }
    const kept = keptList(store, reference)
    if (kept !== undefined) return this.#printList(reference, kept, flags.verbose)
    const client = new ManifestClient(this.cli, flags.insecure)
    const found = await eitherKind(client, reference)
    if (Array.isArray(found)) this.#printList(reference, found, flags.verbose)
    else this.#printOne(found, flags.verbose)
  }

  #printOne(manifest: ImageManifest, isVerbose: boolean): void {
    this.cli.out.write(isVerbose ? formatVerboseManifest(manifest) : formatManifest(manifest))
  }

  #printList(reference: ImageReference, manifests: readonly ImageManifest[], isVerbose: boolean): void {
    this.cli.out.write(isVerbose ? formatVerboseManifests(manifests) : `${assembled(reference, manifests)}\n`)
  }
}

/** What a registry has by a name. It is asked for a list after whatever went wrong with a manifest, as docker does. */
async function eitherKind(client: ManifestClient, reference: ImageReference): Promise<ImageManifest | ImageManifest[]> {
  try {
    return await client.manifest(reference)
  } catch (first) {
    return await client.manifestList(reference).catch((second: unknown) => {
      throw second instanceof NoListError ? first : second
    })
  }
}

/** A list that is being made; whatever keeps it from being read, the registry is asked then. */
function keptList(store: ManifestStore, reference: ImageReference): ImageManifest[] | undefined {
  try {
    return store.list(reference)
  } catch {
    return undefined
  }
}

function assembled(reference: ImageReference, manifests: readonly ImageManifest[]): string {
  try {
    return manifestList(manifests.map((manifest) => listEntry(reference, manifest)))
  } catch (error) {
    throw new Error(`failed to assemble ManifestDescriptor: ${messageOf(error)}`, { cause: error })
  }
}
