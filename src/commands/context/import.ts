import { contextFromArchive } from '../../actions/context/context-archive.ts'
import { openArchive } from '../../archive/input-file.ts'
import { DockerCommand } from '../../cli/command.ts'
import { checkContextIsNew, contextDirectories, writeContext } from '../../config/context-store.ts'
import { checkContextName } from '../../domain/context/name.ts'
import { one } from '../../flags/arg.ts'

export default class ContextImport extends DockerCommand {
  static override summary = 'Import a context from a tar or zip archive'
  static override examples = [
    {
      description: 'Create a context from an exported file',
      command: 'tug context import staging-copy staging.dockercontext',
    },
  ]
  static override synopsis = 'CONTEXT FILE|-'
  static override args = { context: one('CONTEXT'), file: one('FILE') }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContextImport)
    const { config, in: input, out, err } = this.cli
    const name = args.context
    checkContextName(name)
    checkContextIsNew(config.dir, name)
    const { meta, tls } = await contextFromArchive(args.file === '-' ? input.stream : openArchive(args.file))
    await writeContext({ name, meta: { Name: name, ...meta }, directories: contextDirectories(config.dir, name) }, tls)
    out.write(`${name}\n`)
    err.write(`Successfully imported context "${name}"\n`)
  }
}
