import { LogPrefixes } from '../../actions/service/log-prefix.ts'
import { findLogSource, withPrefixes } from '../../actions/service/logs.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { parseTimestamp } from '../../domain/timestamp.ts'
import { one } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'

export default class ServiceLogs extends DockerCommand {
  static override summary = 'Show what the tasks of a service have written'
  static override synopsis = '[OPTIONS] SERVICE|TASK'
  static override args = { service: one('SERVICE|TASK') }
  static override flags = {
    details: bool({ summary: 'Show what the log driver added to each line', minApi: '1.30' }),
    follow: bool({ char: 'f', summary: 'Go on showing what they write' }),
    'no-resolve': bool({ summary: 'Show IDs in the place of names' }),
    'no-task-ids': bool({ summary: "Leave out the tasks' IDs" }),
    'no-trunc': bool({ summary: "Don't shorten IDs" }),
    raw: bool({ summary: 'Show the lines as they are, without where they come from', minApi: '1.30' }),
    since: text({ summary: 'Leave out what is older than a time, 2013-01-02T13:23:37Z, or than a while, 42m' }),
    tail: text({ char: 'n', summary: 'Show this many of the last lines', default: 'all' }),
    timestamps: bool({ char: 't', summary: 'Show when each line was written' }),
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
    const request = { ...flags, details, since: this.#time(flags.since) }
    const output = await services.logs(kind, args.service, request)
    const prefixes = new LogPrefixes(this.cli, {
      isUnresolved: flags['no-resolve'],
      hasTaskIds: !flags['no-task-ids'],
      isTruncated: !flags['no-trunc'],
      slotWidth,
    })
    const shown = flags.raw ? output : withPrefixes(output, flags, prefixes)
    await copyResponse(shown, isTerminal, { stdout: outputTarget(out), stderr: outputTarget(err) })
    if (out.isLost) throw new ExitStatus(1)
  }

  #time(typed: string): string {
    try {
      return typed === '' ? '' : parseTimestamp(typed, this.cli.now())
    } catch (error) {
      throw new ExitStatus(1, `invalid value for "since": ${messageOf(error)}`)
    }
  }
}
