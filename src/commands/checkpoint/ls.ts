import { CheckpointCommand, checkpointDir } from '../../actions/container/checkpoint-command.ts'
import { one } from '../../flags/arg.ts'
import { columns } from '../../format/table/columns.ts'

export default class CheckpointLs extends CheckpointCommand {
  static override aliases = ['checkpoint:list']
  static override summary = 'List the checkpoints of a container'
  static override synopsis = '[OPTIONS] CONTAINER'
  static override args = { container: one('CONTAINER') }
  static override flags = { 'checkpoint-dir': checkpointDir }

  async run(): Promise<void> {
    const { flags, args } = await this.readForDaemon(CheckpointLs, 'checkpoint ls')
    const checkpoints = await this.cli.engine.checkpoints.list(args.container, flags['checkpoint-dir'])
    this.cli.out.write(columns([['CHECKPOINT NAME'], ...checkpoints.map(({ Name = '' }) => [Name])]))
  }
}
