import { createManifestClient } from '../../actions/registry/manifest-client.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ManifestNotFoundError, ManifestStore } from '../../config/manifest-store.ts'
import { messageOf } from '../../domain/errors.ts'
import type { ImageManifest } from '../../domain/image/manifest.ts'
import { canonicalString, type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { many, one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { insecure } from '../../flags/registry/manifest.ts'
import { encodeManifest } from '../../format/views/registry/manifest.ts'

export default class ManifestCreate extends DockerCommand {
  static override summary = 'Create a local manifest list to annotate and push'
  static override examples = [
    {
      description: 'Create a list of two images in a registry without TLS',
      command:
        'tug manifest create --insecure localhost:5000/app:2.0 localhost:5000/app:1.0-amd64 localhost:5000/app:1.0-arm64',
    },
    {
      description: 'Add an image to a list that exists',
      command: 'tug manifest create --insecure --amend localhost:5000/app:1.0 localhost:5000/app:1.0-arm64',
    },
  ]
  static override synopsis = 'MANIFEST_LIST MANIFEST [MANIFEST...]'
  static override args = { list: one('MANIFEST_LIST'), manifest: many('MANIFEST') }
  static override flags = {
    amend: bool({ char: 'a', summary: 'Amend an existing manifest list' }),
    insecure,
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestCreate)
    const list = listReference(args.list)
    const store = new ManifestStore(this.cli.config.dir)
    if (ifFound(() => store.list(list)) && !flags.amend) {
      throw new Error('refusing to amend an existing manifest list with no --amend flag')
    }
    const client = createManifestClient(this.cli, flags.insecure)
    for (const typed of args.manifest) {
      const image = withDefaultTag(parseReference(typed))
      const manifest = storedManifest(store, list, image) ?? (await client.fetchManifest(image))
      store.save(list, image, encodeManifest(manifest))
    }
    this.cli.out.write(`Created manifest list ${canonicalString(list)}\n`)
  }
}

function listReference(typed: string): ImageReference {
  try {
    return withDefaultTag(parseReference(typed))
  } catch (error) {
    throw new Error(`error parsing name for manifest list ${typed}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Returns the manifest of an image that the local list already has. Manifests that an older client stored without their
 * bytes are requested again.
 */
function storedManifest(store: ManifestStore, list: ImageReference, image: ImageReference): ImageManifest | undefined {
  const stored = ifFound(() => store.get(list, image))
  return stored?.raw === undefined ? undefined : stored
}

/** Returns undefined instead of throwing ManifestNotFoundError. */
function ifFound<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof ManifestNotFoundError) return undefined
    throw error
  }
}
