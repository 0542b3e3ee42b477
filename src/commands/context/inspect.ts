import { findContext } from '../../actions/context/find-context.ts'
import { inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { listTlsFiles } from '../../config/context-store.ts'
import { rest } from '../../flags/arg.ts'
import { objectFormat } from '../../flags/shared.ts'

export default class ContextInspect extends DockerCommand {
  static override summary = 'Display detailed information on contexts'
  static override examples = [
    { description: 'Show a context', command: 'tug context inspect staging' },
    {
      description: "Print the address of a context's daemon",
      command: "tug context inspect --format '{{.Endpoints.docker.Host}}' staging",
    },
  ]
  static override synopsis = '[OPTIONS] [CONTEXT] [CONTEXT...]'
  static override args = { context: rest('CONTEXT') }
  static override flags = { format: objectFormat() }
  static override completes = 'contexts' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContextInspect)
    const names = args.context.length > 0 ? args.context : [this.cli.contextName]
    await inspectAll(names, flags.format, async (name) => this.#described(name), this.cli, true)
  }

  #described(name: string) {
    const context = findContext(name, this.cli)
    const { meta, directories } = context
    const json = JSON.stringify({
      ...meta,
      Name: name,
      TLSMaterial: listTlsFiles(context),
      Storage: { MetadataPath: directories.meta, TLSPath: directories.tls },
    })
    return { kind: 'context' as const, json }
  }
}
