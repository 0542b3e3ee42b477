import { DockerCommand } from '../../cli/command.ts'
import { ManifestNotFoundError, ManifestStore } from '../../config/manifest-store.ts'
import { messageOf } from '../../domain/errors.ts'
import { isKnownPlatform, type ManifestPlatform } from '../../domain/image/manifest.ts'
import { type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { one } from '../../flags/arg.ts'
import type { ValuesOf } from '../../flags/flag.ts'
import { annotationFlags } from '../../flags/registry/manifest.ts'
import { encodeManifest } from '../../format/views/registry/manifest.ts'

export default class ManifestAnnotate extends DockerCommand {
  static override summary = 'Say for which platform a manifest of a list is'
  static override synopsis = '[OPTIONS] MANIFEST_LIST MANIFEST'
  static override args = { list: one('MANIFEST_LIST'), manifest: one('MANIFEST') }
  static override flags = annotationFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestAnnotate)
    const list = named(args.list, 'manifest list')
    const image = named(args.manifest, 'manifest')
    const store = new ManifestStore(this.cli.config.dir)
    const manifest = found(
      () => store.get(list, image),
      `manifest for image ${args.manifest} does not exist in ${args.list}`,
    )
    const platform = annotated(manifest.descriptor.platform, flags)
    if (!isKnownPlatform(platform.os, platform.architecture)) {
      throw new Error(`manifest entry for image has unsupported os/arch combination: ${flags.os}/${flags.arch}`)
    }
    store.save(list, image, encodeManifest({ ...manifest, descriptor: { ...manifest.descriptor, platform } }))
  }
}

/** What is typed goes over what was there; features are added to those there were. */
export function annotated(
  before: ManifestPlatform | undefined,
  flags: ValuesOf<typeof annotationFlags>,
): ManifestPlatform {
  const version = flags['os-version'] || (before?.['os.version'] ?? '')
  const features = [...new Set([...(before?.['os.features'] ?? []), ...flags['os-features']])]
  const variant = flags.variant || (before?.variant ?? '')
  return {
    architecture: flags.arch || (before?.architecture ?? ''),
    os: flags.os || (before?.os ?? ''),
    ...(version === '' ? {} : { 'os.version': version }),
    ...(features.length === 0 ? {} : { 'os.features': features }),
    ...(variant === '' ? {} : { variant }),
  }
}

function named(typed: string, what: string): ImageReference {
  try {
    return withDefaultTag(parseReference(typed))
  } catch (error) {
    throw new Error(`annotate: error parsing name for ${what} ${typed}: ${messageOf(error)}`, { cause: error })
  }
}

function found<T>(read: () => T, otherwise: string): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ManifestNotFoundError ? new Error(otherwise) : error
  }
}
