import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { clockOf } from '../../cli/clock.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { parseTimestamp } from '../../domain/timestamp.ts'
import { one } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'

export default class ContainerLogs extends DockerCommand {
  static override aliases = ['logs']
  static override summary = 'Fetch the logs of a container'
  static override examples = [
    { description: 'Print everything that a container has printed', command: 'tug logs web' },
    { description: 'Print the last 100 lines and follow the log', command: 'tug logs -f --tail 100 web' },
    {
      description: 'Print the log of the last ten minutes, with times',
      command: 'tug logs --since 10m --timestamps web',
    },
    { description: 'Search stdout and stderr for a word', command: 'tug logs web 2>&1 | grep -i running' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER'
  static override args = { container: one('CONTAINER') }
  static override flags = {
    details: bool({ summary: 'Show extra details provided by the log driver' }),
    follow: bool({ char: 'f', summary: 'Follow the log output' }),
    since: text({ summary: 'Show logs since a timestamp (2013-01-02T13:23:37Z) or a duration (42m)' }),
    tail: text({ char: 'n', summary: 'Number of lines to show from the end of the logs', default: 'all' }),
    timestamps: bool({ char: 't', summary: 'Show timestamps' }),
    until: text({ summary: 'Show logs before a timestamp or a duration', minApi: '1.35' }),
  }
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerLogs)
    const { engine, out, err } = this.cli
    const { Id: id, Config } = await engine.containerStreams.inspect(args.container)
    const since = this.#parseTime('since', flags.since)
    const until = this.#parseTime('until', flags.until)
    const output = await engine.containerStreams.logs(id, { ...flags, since, until })
    await copyResponse(output, Config.Tty, { stdout: outputTarget(out), stderr: outputTarget(err) })
    if (out.isLost) throw new ExitStatus(1)
  }

  #parseTime(flag: string, typed: string): string {
    try {
      return typed === '' ? '' : parseTimestamp(typed, clockOf(this.cli))
    } catch (error) {
      throw new ExitStatus(1, `invalid value for ${JSON.stringify(flag)}: ${messageOf(error)}`)
    }
  }
}
