import { DockerCommand } from '../../cli/command.ts'
import { ManifestStore } from '../../config/manifest-store.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { many } from '../../flags/arg.ts'

export default class ManifestRm extends DockerCommand {
  static override summary = 'Remove lists of manifests that were begun here'
  static override synopsis = 'MANIFEST_LIST [MANIFEST_LIST...]'
  static override args = { list: many('MANIFEST_LIST') }

  async run(): Promise<void> {
    const { args } = await this.read(ManifestRm)
    const store = new ManifestStore(this.cli.config.dir)
    const failures: string[] = []
    for (const typed of args.list) {
      try {
        const list = withDefaultTag(parseReference(typed))
        store.list(list)
        store.remove(list)
      } catch (error) {
        failures.push(messageOf(error))
      }
    }
    if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
  }
}
