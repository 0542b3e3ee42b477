import { clockOf } from '../../cli/clock.ts'
import { DockerCommand } from '../../cli/command.ts'
import { readLocalZone } from '../../config/local-zone.ts'
import { parseTimestamp } from '../../domain/timestamp.ts'
import { text } from '../../flags/flag.ts'
import { eventFormat, filters } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { eventView } from '../../format/views/system/event.ts'

export default class SystemEvents extends DockerCommand {
  static override aliases = ['events']
  static override summary = 'Stream events from the daemon'
  static override examples = [
    { description: 'Print the events of the last ten minutes, then end', command: 'tug events --since 10m --until 0s' },
    {
      description: 'Print when containers ended and will end',
      command: 'tug events --filter type=container --filter event=die --since 10m',
    },
    {
      description: 'Print type, action and object',
      command: "tug events --since 10m --until 0s --format '{{.Type}} {{.Action}} {{.Actor.ID}}'",
    },
  ]
  static override flags = {
    filter: { ...filters(), completes: 'event filters' as const },
    format: eventFormat(),
    since: text({ summary: 'Show events since a timestamp (2013-01-02T13:23:37Z) or a duration (42m)' }),
    until: text({ summary: 'Show events until a timestamp or a duration' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(SystemEvents)
    const { engine, out, env } = this.cli
    const format = await eventView(flags.format, () => readLocalZone(env))
    const since = this.#parseTime(flags.since)
    const until = this.#parseTime(flags.until)
    for await (const events of await engine.system.eventLists({ since, until, filters: flags.filter })) {
      let lines = ''
      try {
        for (const event of events) {
          const { output, problem } = format(event)
          lines += output
          if (problem) throw problem
        }
      } finally {
        out.write(printable(lines))
      }
    }
  }

  #parseTime(typed: string): string {
    return typed === '' ? '' : parseTimestamp(typed, clockOf(this.cli))
  }
}
