import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import type { DiskUsage } from '../../domain/system/disk-usage.ts'
import { bool } from '../../flags/flag.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView, zoneOf } from '../../format/views/list.ts'
import { isTableFormat } from '../../format/views/row-format.ts'
import { summarizeUsage, usageList } from '../../format/views/system/disk-usage.ts'

export default class SystemDf extends DockerCommand {
  static override summary = 'Show disk usage of containers, images, volumes and build cache'
  static override examples = [
    { description: 'Show how much disk images, containers, volumes and build cache use', command: 'tug system df' },
    { description: 'List every object with its size', command: 'tug system df -v' },
  ]
  static override flags = {
    format: tableFormat(),
    verbose: bool({ char: 'v', summary: 'Show each object' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(SystemDf)
    const { engine, out, now } = this.cli
    const usage = await engine.system.diskUsage()
    if (flags.verbose) return this.#printObjects(flags.format, usage)
    const view = await listView(
      usageList,
      { format: flags.format },
      displayFor(this.cli, flags.format, flags.format !== ''),
    )
    out.write(printable(view.render(summarizeUsage(usage), now())))
  }

  async #printObjects(format: string, usage: DiskUsage): Promise<void> {
    const { out } = this.cli
    const display = displayFor(this.cli, format, format !== '')
    const options = {
      truncate: format === '' || isTableFormat(format),
      now: this.cli.now().getTime(),
      zone: zoneOf(display),
    }
    const { usageRaw, formatUsageTables } = await import('../../format/views/system/disk-usage-objects.ts')
    if (format === '' || format === 'table') {
      return out.write(printable(await formatUsageTables(usage, options, display)))
    }
    const { formatUsage } = await import('../../format/templates/disk-usage.ts')
    const { output, problem } = formatUsage(format === 'raw' ? usageRaw : format, usage, options)
    out.write(printable(output))
    if (problem) throw problem
  }
}
