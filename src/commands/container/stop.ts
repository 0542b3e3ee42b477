import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { many } from '../../options/arg.ts'
import { int, text } from '../../options/flag.ts'

export default class ContainerStop extends DockerCommand {
  static override aliases = ['stop']
  static override summary = 'Stop running containers'
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    signal: text({ char: 's', summary: 'Signal to ask the container to end with' }),
    time: int({ hidden: true, summary: 'Old name of --timeout', deprecation: 'use --timeout instead' }),
    timeout: int({ char: 't', summary: 'Seconds to wait before killing the container' }),
  }

  async run(): Promise<void> {
    const { flags, args, given } = await this.read(ContainerStop)
    if (given.has('time') && given.has('timeout')) {
      throw new ExitStatus(1, 'conflicting options: cannot specify both --timeout and --time')
    }
    const timeout = given.has('time') ? flags.time : given.has('timeout') ? flags.timeout : undefined
    const request = {
      ...(flags.signal === '' ? {} : { signal: flags.signal }),
      ...(timeout === undefined ? {} : { timeout }),
    }
    await forEachParallel(args.container, (name) => this.cli.engine.containers.stop(name, request), this.cli)
  }
}
