import { CheckpointCommand, checkpointDir } from '../../actions/container/checkpoint-command.ts'
import { one } from '../../flags/arg.ts'

export default class CheckpointRm extends CheckpointCommand {
  static override aliases = ['checkpoint:remove']
  static override summary = 'Remove a checkpoint'
  static override synopsis = '[OPTIONS] CONTAINER CHECKPOINT'
  static override args = { container: one('CONTAINER'), checkpoint: one('CHECKPOINT') }
  static override flags = { 'checkpoint-dir': checkpointDir }

  async run(): Promise<void> {
    const { flags, args } = await this.readForDaemon(CheckpointRm, 'checkpoint rm')
    await this.cli.engine.checkpoints.remove(args.container, args.checkpoint, flags['checkpoint-dir'])
  }
}
