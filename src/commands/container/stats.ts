import { setTimeout as pause } from 'node:timers/promises'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import { StatsFeed } from '../../engine/api/stats-feed.ts'
import { rest } from '../../flags/arg.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { statsList } from '../../format/views/container/stats.ts'
import { listView } from '../../format/views/list.ts'

const flags = {
  all: bool({ char: 'a', summary: 'Show all containers, not just running ones' }),
  format: tableFormat(),
  'no-stream': bool({ summary: 'Print the first result only, without streaming' }),
  'no-trunc': bool({ summary: 'Do not truncate output' }),
}
type StatsFlags = ValuesOf<typeof flags>

/** The time between two updates of the screen. */
const INTERVAL_MS = 500

export default class ContainerStats extends DockerCommand {
  static override aliases = ['stats']
  static override summary = 'Stream live resource usage of containers'
  static override examples = [
    { description: 'Watch the resource usage of all running containers', command: 'tug stats' },
    { description: 'Print the usage of two containers once', command: 'tug stats --no-stream web db' },
    { description: 'Print only names and memory', command: "tug stats --no-stream --format '{{.Name}} {{.MemUsage}}'" },
  ]
  static override synopsis = '[OPTIONS] [CONTAINER...]'
  static override args = { container: rest('CONTAINER') }
  static override flags = flags
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerStats)
    await printInFormat(this.cli, 'statsFormat', flags.format, false, (format) =>
      untilInterrupted((signal) => this.#stream(format, flags, args.container, signal)),
    )
  }

  async #stream(format: string, flags: StatsFlags, names: readonly string[], interrupted: AbortSignal): Promise<void> {
    const { engine } = this.cli
    const { osType } = await engine.facts()
    const feed = new StatsFeed(engine.containers, !flags['no-stream'], osType)
    try {
      const events = names.length > 0 ? undefined : await feed.addAll(flags.all)
      for (const name of names) feed.add(name)
      await feed.settled()
      if (names.length > 0 && feed.failures.length > 0) {
        throw new ExitStatus(1, feed.failures.map(describeError).join('\n'))
      }
      await this.#draw(feed, osType, format, flags, events, interrupted)
    } finally {
      feed.close()
    }
  }

  /**
   * Prints the table, again and again unless `--no-stream` is given.
   * @param events rejects when the event stream fails; undefined if the containers were named
   */
  async #draw(
    feed: StatsFeed,
    osType: string,
    format: string,
    flags: StatsFlags,
    events: { readonly end: Promise<never> } | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const display = displayFor(this.cli, format, flags['no-trunc'] || flags.format !== '' || !flags['no-stream'])
    const view = await listView(statsList(osType), { format, noTrunc: flags['no-trunc'] }, display)
    const table = () => view.render(feed.usages, this.cli.now())
    if (flags['no-stream']) return this.cli.out.write(printable(table()))
    for (;;) {
      this.cli.out.write(printable(frame(table())))
      await Promise.race([pause(INTERVAL_MS, undefined, { signal }), ...(events === undefined ? [] : [events.end])])
    }
  }
}

/** Draws a table over the previous one: from the top left, erasing the rest of each line and of the screen. */
function frame(text: string): string {
  const drawn = `\x1b[H${text}`
  return `${drawn}${drawn.replaceAll('\n', ' \x1b[K\n')} \x1b[K\n\x1b[J`
}
