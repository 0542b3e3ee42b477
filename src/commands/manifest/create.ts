import { DockerCommand } from '../../cli/command.ts'
import { ManifestNotFoundError, ManifestStore } from '../../config/manifest-store.ts'
import { messageOf } from '../../domain/errors.ts'
import type { ImageManifest } from '../../domain/image/manifest.ts'
import { canonicalString, type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { many, one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { insecure } from '../../flags/registry/manifest.ts'
import { encodeManifest } from '../../format/views/registry/manifest.ts'
import { ManifestClient } from '../../registry/manifest-client.ts'

export default class ManifestCreate extends DockerCommand {
  static override summary = 'Begin a list of manifests, to be pushed later'
  static override synopsis = 'MANIFEST_LIST MANIFEST [MANIFEST...]'
  static override args = { list: one('MANIFEST_LIST'), manifest: many('MANIFEST') }
  static override flags = {
    amend: bool({ char: 'a', summary: 'Add to a list that there is already' }),
    insecure,
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestCreate)
    const list = listReference(args.list)
    const store = new ManifestStore(this.cli.config.dir)
    if (found(() => store.list(list)) && !flags.amend) {
      throw new Error('refusing to amend an existing manifest list with no --amend flag')
    }
    const client = new ManifestClient(this.cli, flags.insecure)
    for (const typed of args.manifest) {
      const image = withDefaultTag(parseReference(typed))
      const manifest = keptManifest(store, list, image) ?? (await client.manifest(image))
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

/** What the list has of an image already; what an older client kept without its bytes is asked for again. */
function keptManifest(store: ManifestStore, list: ImageReference, image: ImageReference): ImageManifest | undefined {
  const kept = found(() => store.get(list, image))
  return kept?.raw === undefined ? undefined : kept
}

function found<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof ManifestNotFoundError) return undefined
    throw error
  }
}
