import { DockerCommand } from '../../cli/command.ts'
import { localZone } from '../../config/local-zone.ts'
import { parseTimestamp } from '../../domain/timestamp.ts'
import { text } from '../../flags/flag.ts'
import { eventFormat, filters } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { eventView } from '../../format/views/system/event.ts'

export default class SystemEvents extends DockerCommand {
  static override aliases = ['events']
  static override summary = 'Show what happens to containers, images, networks and volumes, as it happens'
  static override flags = {
    filter: filters(),
    format: eventFormat(),
    since: text({ summary: 'Begin at a time, 2013-01-02T13:23:37Z, or a while ago, 42m' }),
    until: text({ summary: 'End at a time or a while ago' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(SystemEvents)
    const { engine, out, env } = this.cli
    const show = await eventView(flags.format, () => localZone(env))
    const since = this.#time(flags.since)
    const until = this.#time(flags.until)
    for await (const event of await engine.system.events({ since, until, filters: flags.filter })) {
      const { output, problem } = show(event)
      out.write(printable(output))
      if (problem) throw problem
    }
  }

  #time(typed: string): string {
    return typed === '' ? '' : parseTimestamp(typed, this.cli.now())
  }
}
