import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { CHECKPOINT_REQUIREMENTS, checkpointDir } from '../../flags/container/checkpoint.ts'
import { columns } from '../../format/table/columns.ts'

export default class CheckpointLs extends DockerCommand {
  static override aliases = ['checkpoint:list']
  static override summary = 'List the checkpoints of a container'
  static override examples = [{ description: 'List the checkpoints of a container', command: 'tug checkpoint ls web' }]
  static override synopsis = '[OPTIONS] CONTAINER'
  static override args = { container: one('CONTAINER') }
  static override flags = { 'checkpoint-dir': checkpointDir }
  static override completes = 'running containers' as const
  static override requires = CHECKPOINT_REQUIREMENTS

  async run(): Promise<void> {
    const { flags, args } = await this.read(CheckpointLs)
    const checkpoints = await this.cli.engine.checkpoints.list(args.container, flags['checkpoint-dir'])
    this.cli.out.write(columns([['CHECKPOINT NAME'], ...checkpoints.map(({ Name = '' }) => [Name])]))
  }
}
