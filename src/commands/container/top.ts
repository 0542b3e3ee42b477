import { DockerCommand } from '../../cli/command.ts'
import { fitWidthFor } from '../../cli/io/list-format.ts'
import { one, rest } from '../../flags/arg.ts'
import { isEastAsian } from '../../format/text/width.ts'
import { formatProcesses } from '../../format/views/container/top.ts'

export default class ContainerTop extends DockerCommand {
  static override aliases = ['top']
  static override summary = 'List the running processes of a container'
  static override examples = [
    { description: 'List the processes of a container', command: 'tug top web' },
    { description: 'Choose the columns with options of ps', command: 'tug top web -o pid,args' },
  ]
  static override synopsis = 'CONTAINER [ps OPTIONS]'
  static override interspersed = false
  static override args = { container: one('CONTAINER'), psArgs: rest('ps OPTIONS') }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerTop)
    const { engine, out, env } = this.cli
    const psArgs = args.psArgs.length > 0 ? args.psArgs.join(' ') : undefined
    const processes = await engine.containers.processes(args.container, psArgs)
    const fitWidth = fitWidthFor(this.cli)
    out.write(await formatProcesses(processes, { eastAsian: isEastAsian(env), fitWidth }))
  }
}
