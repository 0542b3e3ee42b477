import { findLogSource, LogPrefixes, withPrefixes } from '../../actions/service/logs.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { clockOf } from '../../cli/clock.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { parseTimestamp } from '../../domain/timestamp.ts'
import { one } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'

export default class ServiceLogs extends DockerCommand {
  static override summary = 'Fetch the logs of a service or task'
  static override examples = [
    { description: 'Print the last lines of each task', command: 'tug service logs --tail 10 clock' },
    {
      description: 'Print the log of the last ten minutes without the names of tasks',
      command: 'tug service logs --raw --since 10m clock',
    },
  ]
  static override synopsis = '[OPTIONS] SERVICE|TASK'
  static override args = { service: one('SERVICE|TASK') }
  static override flags = {
    details: bool({ summary: 'Show extra details provided by the log driver', minApi: '1.30' }),
    follow: bool({ char: 'f', summary: 'Follow the log output' }),
    'no-resolve': bool({ summary: 'Do not map IDs to names' }),
    'no-task-ids': bool({ summary: 'Do not include task IDs' }),
    'no-trunc': bool({ summary: 'Do not truncate IDs' }),
    raw: bool({ summary: 'Print the lines as they are, without a prefix', minApi: '1.30' }),
    since: text({ summary: 'Show logs since a timestamp (2013-01-02T13:23:37Z) or a duration (42m)' }),
    tail: text({ char: 'n', summary: 'Number of lines to show from the end of the logs', default: 'all' }),
    timestamps: bool({ char: 't', summary: 'Show timestamps' }),
  }
  static override completes = 'services' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ServiceLogs)
    const { out, err } = this.cli
    const { services } = this.cli.engine
    const { kind, isTerminal, slotWidth } = await findLogSource(args.service, services)
    if (isTerminal && !flags.raw) throw new ExitStatus(1, 'tty service logs only supported with --raw')
    const details = flags.details || !flags.raw
    const request = { ...flags, details, since: this.#parseTime(flags.since) }
    const output = await services.logs(kind, args.service, request)
    const prefixes = new LogPrefixes(this.cli, {
      isUnresolved: flags['no-resolve'],
      hasTaskIds: !flags['no-task-ids'],
      isTruncated: !flags['no-trunc'],
      slotWidth,
    })
    const lines = flags.raw ? output : withPrefixes(output, flags, prefixes)
    await copyResponse(lines, isTerminal, { stdout: outputTarget(out), stderr: outputTarget(err) })
    if (out.isLost) throw new ExitStatus(1)
  }

  #parseTime(typed: string): string {
    try {
      return typed === '' ? '' : parseTimestamp(typed, clockOf(this.cli))
    } catch (error) {
      throw new ExitStatus(1, `invalid value for "since": ${messageOf(error)}`)
    }
  }
}
