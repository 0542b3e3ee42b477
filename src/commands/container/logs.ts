import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { clockOf } from '../../cli/clock.ts'
import { DockerCommand } from '../../cli/command.ts'
import type { Target } from '../../cli/each.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { parseTimestamp } from '../../domain/timestamp.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { bool, boolOr, text, type ValuesOf } from '../../flags/flag.ts'

const flags = {
  ...choiceFlags({
    verb: 'print the logs of',
    participle: 'printed',
    all: 'containers',
    completes: 'container filters',
  }),
  details: bool({ summary: 'Show extra details provided by the log driver' }),
  follow: bool({ char: 'f', summary: 'Follow the log output' }),
  'follow-name': bool({ char: 'F', summary: 'Follow the name, over restarts and new containers' }),
  'no-prefix': bool({ summary: 'Do not print names in front of the lines of several logs' }),
  since: text({ summary: 'Show logs since a timestamp (2013-01-02T13:23:37Z) or a duration (42m)' }),
  tail: text({ char: 'n', summary: 'Number of lines to show from the end of the logs', default: 'all' }),
  timestamps: boolOr('local', { char: 't', summary: 'Show timestamps; --timestamps=local in local time' }),
  until: text({ summary: 'Show logs before a timestamp or a duration', minApi: '1.35' }),
}
type LogFlags = ValuesOf<typeof flags>

export default class ContainerLogs extends DockerCommand {
  static override aliases = ['logs']
  static override summary = 'Fetch the logs of containers'
  static override examples = [
    { description: 'Print everything that a container has printed', command: 'tug logs web' },
    { description: 'Print the last 100 lines and follow the log', command: 'tug logs -f --tail 100 web' },
    {
      description: 'Print the log of the last ten minutes, with times',
      command: 'tug logs --since 10m --timestamps web',
    },
    {
      description: 'Print two logs in the order of their lines, with times of the local zone',
      command: 'tug logs --timestamps=local web db',
    },
    {
      description: 'Print the last lines of each container whose name begins with w',
      command: 'tug logs --tail 5 --filter name=^w',
    },
    { description: 'Follow a log over restarts and new containers', command: 'tug logs -F --tail 10 web' },
    { description: 'Search stdout and stderr for a word', command: 'tug logs web 2>&1 | grep -i running' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = flags
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, targets } = await this.readTargets(ContainerLogs)
    const isChosen = flags.all || Object.keys(flags.filter).length > 0
    const [target, ...others] = targets
    const { timestamps } = flags
    if (target === undefined || others.length > 0 || isChosen || flags['follow-name'] || timestamps === 'local') {
      return this.#printLogs(targets, flags, isChosen)
    }
    const { engine, out, err } = this.cli
    const { Id: id, Config } = await engine.containerStreams.inspect(target.id)
    const output = await engine.containerStreams.logs(id, { ...flags, ...this.#parseTimes(flags), timestamps })
    await copyResponse(output, Config.Tty, { stdout: outputTarget(out), stderr: outputTarget(err) })
    if (out.isLost) throw new ExitStatus(1)
  }

  /** Prints what docker has no form for: several logs, those of a name, or those with local times. */
  async #printLogs(targets: readonly Target[], flags: LogFlags, isChosen: boolean): Promise<void> {
    if (flags['follow-name'] && flags.until !== '') {
      throw new ExitStatus(1, '--follow-name cannot be used together with --until')
    }
    const { engine, out, err } = this.cli
    const request = { ...flags, ...this.#parseTimes(flags) }
    const { printLogs } = await import('../../actions/container/print-logs.ts')
    const hasPrefix = (targets.length > 1 || isChosen) && !flags['no-prefix']
    const isWhole = await printLogs({
      api: engine.containerStreams,
      targets,
      request,
      followsNames: flags['follow-name'],
      timestamps: flags.timestamps === 'local' ? clockOf(this.cli).zone() : flags.timestamps ? 'daemon' : undefined,
      prefixes: hasPrefix ? await this.#prefixes(targets) : undefined,
      report: (message) => err.write(`${message}\n`),
      output: { stdout: outputTarget(out), stderr: outputTarget(err) },
    })
    if (!isWhole || out.isLost) throw new ExitStatus(1)
  }

  /** Returns the names in front of the lines on stdout and stderr. They have colors on terminals only. */
  async #prefixes(targets: readonly Target[]) {
    const { logPrefixes } = await import('../../format/text/log-prefix.ts')
    const { err, colorLevel } = this.cli
    const names = targets.map(({ name }) => name)
    return { stdout: logPrefixes(names, colorLevel), stderr: logPrefixes(names, err.isTerminal ? colorLevel : 0) }
  }

  #parseTimes({ since, until }: LogFlags): { since: string; until: string } {
    return { since: this.#parseTime('since', since), until: this.#parseTime('until', until) }
  }

  #parseTime(flag: string, typed: string): string {
    try {
      return typed === '' ? '' : parseTimestamp(typed, clockOf(this.cli))
    } catch (error) {
      throw new ExitStatus(1, `invalid value for ${JSON.stringify(flag)}: ${messageOf(error)}`)
    }
  }
}
