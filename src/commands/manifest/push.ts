import { createManifestClient } from '../../actions/registry/manifest-client.ts'
import { pushManifestList } from '../../actions/registry/push-manifest-list.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ManifestStore } from '../../config/manifest-store.ts'
import { canonicalString, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { insecure } from '../../flags/registry/manifest.ts'

export default class ManifestPush extends DockerCommand {
  static override summary = 'Push a manifest list to a registry'
  static override examples = [
    {
      description: 'Upload a list to a registry without TLS',
      command: 'tug manifest push --insecure localhost:5000/app:1.0',
    },
    {
      description: 'Upload it and remove the local copy',
      command: 'tug manifest push --insecure --purge localhost:5000/app:1.0',
    },
  ]
  static override synopsis = '[OPTIONS] MANIFEST_LIST'
  static override args = { list: one('MANIFEST_LIST') }
  static override flags = {
    insecure,
    purge: bool({ char: 'p', summary: 'Remove the local manifest list after the push' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ManifestPush)
    const list = withDefaultTag(parseReference(args.list))
    const store = new ManifestStore(this.cli.config.dir)
    const manifests = store.list(list)
    if (manifests.length === 0) throw new Error(`${canonicalString(list)} not found`)
    await pushManifestList(list, manifests, createManifestClient(this.cli, flags.insecure), this.cli.out)
    if (flags.purge) store.remove(list)
  }
}
