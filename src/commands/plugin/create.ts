import { archivePluginDirectory, checkPluginDirectory } from '../../actions/plugin/plugin-directory.ts'
import { gzipArchive } from '../../archive/gzip.ts'
import { DockerCommand } from '../../cli/command.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
import { absolutePath } from '../../domain/go/path.ts'
import { parseReference } from '../../domain/image/reference.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { one, rest } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class PluginCreate extends DockerCommand {
  static override summary = 'Create a plugin from a directory with config.json and rootfs'
  static override examples = [
    { description: 'Create a plugin', command: 'tug plugin create localhost:5000/welcome greeter' },
  ]
  static override synopsis = '[OPTIONS] PLUGIN PLUGIN-DATA-DIR'
  // As in docker, further arguments are ignored.
  static override args = { plugin: one('PLUGIN'), directory: one('PLUGIN-DATA-DIR'), ignored: rest('ARG') }
  static override flags = { compress: bool({ summary: 'Compress the directory with gzip' }) }
  static override requires = { minApi: '1.25' }
  static override completes = ['nothing', 'directories', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(PluginCreate)
    parseReference(args.plugin)
    const root = absolutePath(args.directory, logicalWorkingDirectory(this.cli.env))
    checkPluginDirectory(root, args.directory)
    const archive = archivePluginDirectory(root, this.cli)
    const body = flags.compress ? gzipArchive(archive) : archive
    await new PluginApi(this.cli.engine.connection).create(args.plugin, body)
    this.cli.out.write(`${args.plugin}\n`)
  }
}
