import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import type { DiskUsage } from '../../domain/system/disk-usage.ts'
import { bool } from '../../flags/flag.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { isTable } from '../../format/views/format-text.ts'
import { listView } from '../../format/views/list.ts'
import { usageByKind, usageList } from '../../format/views/system/disk-usage.ts'
import { zoneOf } from '../../format/views/view.ts'

export default class SystemDf extends DockerCommand {
  static override summary = 'Show disk usage of containers, images, volumes and build cache'
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
    out.write(printable(view.render(usageByKind(usage), now())))
  }

  async #printObjects(format: string, usage: DiskUsage): Promise<void> {
    const { out } = this.cli
    const display = displayFor(this.cli, format, true)
    const options = { truncate: format === '' || isTable(format), now: this.cli.now().getTime(), zone: zoneOf(display) }
    const { usageRaw, usageTables } = await import('../../format/views/system/disk-usage-objects.ts')
    if (format === '' || format === 'table') {
      return out.write(printable(usageTables(usage, options, display.eastAsian ?? false)))
    }
    const { writeUsage } = await import('../../format/templates/disk-usage.ts')
    const { output, problem } = writeUsage(format === 'raw' ? usageRaw : format, usage, options)
    out.write(printable(output))
    if (problem) throw problem
  }
}
