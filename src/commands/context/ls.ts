import { DEFAULT_DESCRIPTION } from '../../actions/context/find-context.ts'
import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import { readContext, readContexts, requireEndpoint, type StoredContext } from '../../config/context-store.ts'
import { DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import { messageOf } from '../../domain/errors.ts'
import { objectIn, textIn } from '../../domain/json.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { bool } from '../../flags/flag.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { type ContextRow, contextList } from '../../format/views/context/list.ts'
import { listView } from '../../format/views/list.ts'

export default class ContextLs extends DockerCommand {
  static override aliases = ['context:list']
  static override summary = 'List contexts'
  static override examples = [
    { description: 'List all contexts; the current one has a star', command: 'tug context ls' },
    { description: 'Print names and addresses', command: "tug context ls --format '{{.Name}} {{.DockerEndpoint}}'" },
  ]
  static override flags = {
    format: tableFormat(),
    quiet: bool({ char: 'q', summary: 'Print names only' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(ContextLs)
    const { out, err, env, now } = this.cli
    const rows = this.#rows()
    const format = flags.quiet ? '' : flags.format
    const view = await listView(
      contextList,
      { format, quiet: flags.quiet },
      displayFor(this.cli, format, format !== ''),
    )
    out.write(printable(view.render(rows, now())))
    if (env.DOCKER_HOST) err.write(OVERRIDE_WARNING)
  }

  #rows(): ContextRow[] {
    const { config, contextName, defaultHost } = this.cli
    const rows = [
      row(DEFAULT_CONTEXT, DEFAULT_DESCRIPTION, () => defaultHost),
      ...readContexts(config.dir).map((context) =>
        row(context.name, descriptionOf(context), () => requireEndpoint(context).host),
      ),
    ]
    if (!rows.some(({ name }) => name === contextName)) {
      rows.push(row(contextName, '', () => requireEndpoint(readContext(config.dir, contextName)).host))
    }
    return rows
      .map((each) => ({ ...each, isCurrent: each.name === contextName }))
      .sort((a, b) => compareNaturally(a.name, b.name))
  }
}

const OVERRIDE_WARNING =
  'Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global ' +
  '--context flag, or unset DOCKER_HOST environment variable.\n'

function row(name: string, description: string, host: () => string): ContextRow {
  try {
    return { name, description, host: host(), isCurrent: false, problem: '' }
  } catch (error) {
    return { name, description, host: '', isCurrent: false, problem: messageOf(error) }
  }
}

function descriptionOf({ meta }: StoredContext): string {
  return textIn(objectIn(meta, 'Metadata'), 'Description')
}
