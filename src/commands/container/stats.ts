import { setTimeout as pause } from 'node:timers/promises'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import { StatsFeed } from '../../engine/api/stats-feed.ts'
import { rest } from '../../flags/arg.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { filters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { statsList, timedStatsList } from '../../format/views/container/stats.ts'
import { type Display, listView } from '../../format/views/list.ts'

const flags = {
  all: bool({ char: 'a', summary: 'Show all containers, not just running ones' }),
  filter: filters({
    completes: 'container filters',
    summary: 'Show only what matches a condition, NAME=VALUE or NAME!=VALUE',
  }),
  format: tableFormat(),
  'no-stream': bool({ summary: 'Print the first result only, without streaming' }),
  'no-trunc': bool({ summary: 'Do not truncate output' }),
}
type StatsFlags = ValuesOf<typeof flags>

/** The time between two updates of the screen. */
const INTERVAL_MS = 500
/** The time between two samples of a daemon, and so between the rows of a container in a pipe. */
const SAMPLE_INTERVAL_MS = 1000

export default class ContainerStats extends DockerCommand {
  static override aliases = ['stats']
  static override summary = 'Stream live resource usage of containers'
  static override examples = [
    {
      description: 'Watch all running containers; in a pipe, print a row a second with its time',
      command: 'tug stats',
    },
    { description: 'Print the usage of two containers once', command: 'tug stats --no-stream web db' },
    {
      description: 'Print the usage of the containers of an image once',
      command: 'tug stats --no-stream --filter ancestor=busybox',
    },
    { description: 'Print only names and memory', command: "tug stats --no-stream --format '{{.Name}} {{.MemUsage}}'" },
  ]
  static override synopsis = '[OPTIONS] [CONTAINER...]'
  static override args = { container: rest('CONTAINER') }
  static override flags = flags
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerStats)
    const isFiltered = Object.keys(flags.filter).length > 0
    if (isFiltered && args.container.length > 0) throw new ExitStatus(1, 'names cannot be typed together with --filter')
    await printInFormat(this.cli, 'statsFormat', flags.format, false, (format) =>
      untilInterrupted((signal) => this.#stream(format, flags, args.container, signal)),
    )
  }

  async #stream(format: string, flags: StatsFlags, names: readonly string[], interrupted: AbortSignal): Promise<void> {
    const { engine } = this.cli
    const { osType } = await engine.facts()
    const feed = new StatsFeed(engine.containers, !flags['no-stream'], osType)
    try {
      const events = names.length > 0 ? undefined : await feed.addAll(flags.all, flags.filter)
      for (const name of names) feed.add(name)
      await feed.settled()
      if (names.length > 0 && feed.failures.length > 0) {
        throw new ExitStatus(1, feed.failures.map(describeError).join('\n'))
      }
      const isLog = format === '' && !flags['no-stream'] && !this.cli.out.isTerminal && !this.cli.env.TUG_PLAIN
      const updates = { feed, osType, noTrunc: flags['no-trunc'], end: events?.end, signal: interrupted }
      await (isLog ? this.#appendRows(updates) : this.#draw(updates, format, flags))
    } finally {
      feed.close()
    }
  }

  /** Prints the table, again and again unless `--no-stream` is given. */
  async #draw(updates: Updates, format: string, flags: StatsFlags): Promise<void> {
    const { feed, osType, noTrunc } = updates
    const isPlain = noTrunc || flags.format !== ''
    // The view is created for each table, because the size of the window may have changed.
    const table = async () => {
      const display = displayFor(this.cli, format, isPlain)
      const view = await listView(
        statsList(osType),
        { format, noTrunc },
        flags['no-stream'] ? display : inFrame(display),
      )
      return view.render(feed.usages, this.cli.now())
    }
    if (flags['no-stream']) return this.cli.out.write(printable(await table()))
    for (;;) {
      this.cli.out.write(printable(frame(await table())))
      await pauseBetween(updates, INTERVAL_MS)
    }
  }

  /** Prints a header, then rows with their time again and again, for a stdout that is no terminal. */
  async #appendRows(updates: Updates): Promise<void> {
    const { feed, osType, noTrunc } = updates
    const view = await listView(timedStatsList(osType), { format: '', noTrunc }, displayFor(this.cli, '', true))
    for (let isFirst = true; ; isFirst = false) {
      // A container that has just been started has no usage yet, and not even an id.
      const known = feed.usages.filter(({ id }) => id !== '')
      const table = view.render(known, this.cli.now())
      this.cli.out.write(printable(isFirst ? table : table.slice(table.indexOf('\n') + 1)))
      await pauseBetween(updates, SAMPLE_INTERVAL_MS)
    }
  }
}

/** The usages to print, and what ends the printing. */
interface Updates {
  readonly feed: StatsFeed
  readonly osType: string
  readonly noTrunc: boolean
  /** Rejects when the event stream fails; undefined if the containers were named. */
  readonly end: Promise<never> | undefined
  readonly signal: AbortSignal
}

/** Waits between two updates. @throws the error of the event stream, and AbortError when interrupted */
async function pauseBetween({ end, signal }: Updates, milliseconds: number): Promise<void> {
  await Promise.race([pause(milliseconds, undefined, { signal }), ...(end === undefined ? [] : [end])])
}

/** Returns the display of a table that is updated: without colors, like docker's, and with a space at the end of each line. */
function inFrame({ fitWidth = 0, ...display }: Display): Display {
  return { ...display, colorLevel: 0, fitWidth: Math.max(0, fitWidth - 1) }
}

/** Draws a table over the previous one: from the top left, erasing the rest of each line and of the screen. */
function frame(text: string): string {
  const drawn = `\x1b[H${text}`
  return `${drawn}${drawn.replaceAll('\n', ' \x1b[K\n')} \x1b[K\n\x1b[J`
}
