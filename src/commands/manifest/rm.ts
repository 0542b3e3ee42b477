import { DockerCommand } from '../../cli/command.ts'
import { forEachInTurn } from '../../cli/each.ts'
import { ManifestStore } from '../../config/manifest-store.ts'
import { parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { many } from '../../flags/arg.ts'

export default class ManifestRm extends DockerCommand {
  static override summary = 'Remove local manifest lists'
  static override examples = [{ description: 'Remove a local list', command: 'tug manifest rm localhost:5000/app:1.0' }]
  static override synopsis = 'MANIFEST_LIST [MANIFEST_LIST...]'
  static override args = { list: many('MANIFEST_LIST') }

  async run(): Promise<void> {
    const { args } = await this.read(ManifestRm)
    const store = new ManifestStore(this.cli.config.dir)
    await forEachInTurn(args.list, async (typed) => {
      const list = withDefaultTag(parseReference(typed))
      store.list(list)
      store.remove(list)
    })
  }
}
