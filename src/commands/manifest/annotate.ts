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
  static override summary = 'Set the platform of a manifest in a local manifest list'
  static override examples = [
    {
      description: 'Set the platform of one image of the list',
      command: 'tug manifest annotate --arch arm64 --variant v8 localhost:5000/app:1.0 localhost:5000/app:1.0-arm64',
    },
  ]
  static override synopsis = '[OPTIONS] MANIFEST_LIST MANIFEST'
  static override args = { list: one('MANIFEST_LIST'), manifest: one('MANIFEST') }
  static override flags = annotationFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestAnnotate)
    const list = parseName(args.list, 'manifest list')
    const image = parseName(args.manifest, 'manifest')
    const store = new ManifestStore(this.cli.config.dir)
    const manifest = orNotFound(
      () => store.get(list, image),
      `manifest for image ${args.manifest} does not exist in ${args.list}`,
    )
    const platform = annotatePlatform(manifest.descriptor.platform, flags)
    if (!isKnownPlatform(platform.os, platform.architecture)) {
      throw new Error(`manifest entry for image has unsupported os/arch combination: ${flags.os}/${flags.arch}`)
    }
    store.save(list, image, encodeManifest({ ...manifest, descriptor: { ...manifest.descriptor, platform } }))
  }
}

/** Applies the flags to a manifest's platform. Features are added to the existing ones. */
export function annotatePlatform(
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

function parseName(typed: string, what: string): ImageReference {
  try {
    return withDefaultTag(parseReference(typed))
  } catch (error) {
    throw new Error(`annotate: error parsing name for ${what} ${typed}: ${messageOf(error)}`, { cause: error })
  }
}

/** Replaces ManifestNotFoundError by an error with docker's message. */
function orNotFound<T>(read: () => T, message: string): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ManifestNotFoundError ? new Error(message) : error
  }
}
