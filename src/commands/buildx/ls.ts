import { describeBuilder } from '../../builder/buildkit/describe-builder.ts'
import { reportErrors } from '../../builder/buildkit/errors.ts'
import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import { describeError } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import { builderFlags } from '../../flags/image/builder.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { type BuilderRow, builderList, formatBuilderJson } from '../../format/views/builder/list.ts'
import { listView } from '../../format/views/list.ts'

export default class BuildxLs extends DockerCommand {
  static override summary = 'List the builder of the current context'
  static override examples = [{ description: 'List the builder of the current context', command: 'tug buildx ls' }]
  static override synopsis = ''
  static override flags = {
    ...builderFlags,
    // It has no effect in buildx either: all builders are listed.
    builder: { ...builderFlags.builder, hidden: true },
    format: tableFormat(),
    'no-trunc': bool({ summary: 'Show all platforms' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(BuildxLs)
    const { out, err, now } = this.cli
    const options = { format: flags.format, noTrunc: flags['no-trunc'] }
    const display = displayFor(this.cli, flags.format, flags.format !== '' || flags['no-trunc'])
    const view = await reportErrors(() => listView(builderList, options, display))
    const [builder, node] = await this.#rows()
    if (flags.format === 'json') return out.write(formatBuilderJson(builder, node))
    const rows = node === undefined ? [builder] : [builder, node]
    out.write(printable(await reportErrors(() => view.render(rows, now()))))
    const isTable = flags.format === '' || flags.format === 'table'
    if (isTable && builder.problem !== '') err.write(`\nCannot load builder ${builder.name}: ${builder.problem}\n`)
  }

  async #rows(): Promise<[builder: BuilderRow, node?: BuilderRow]> {
    const { engine, contextName: name } = this.cli
    const row = {
      name,
      isCurrent: true,
      status: '',
      version: '',
      platforms: [],
      workerIds: [],
      labels: {},
      gcPolicy: [],
      problem: '',
    }
    try {
      const node = await describeBuilder(engine, new AbortController().signal)
      return [
        { ...row, kind: 'builder', driverEndpoint: 'docker' },
        { ...row, ...node, kind: 'node', driverEndpoint: name, status: 'running' },
      ]
    } catch (error) {
      return [{ ...row, kind: 'builder', driverEndpoint: '', status: 'error', problem: describeError(error) }]
    }
  }
}
