import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { CHECKPOINT_REQUIREMENTS, checkpointDir } from '../../flags/container/checkpoint.ts'

export default class CheckpointRm extends DockerCommand {
  static override aliases = ['checkpoint:remove']
  static override summary = 'Remove a checkpoint'
  static override examples = [{ description: 'Remove a checkpoint', command: 'tug checkpoint rm web before-upgrade' }]
  static override synopsis = '[OPTIONS] CONTAINER CHECKPOINT'
  static override args = { container: one('CONTAINER'), checkpoint: one('CHECKPOINT') }
  static override flags = { 'checkpoint-dir': checkpointDir }
  static override requires = CHECKPOINT_REQUIREMENTS

  async run(): Promise<void> {
    const { flags, args } = await this.read(CheckpointRm)
    await this.cli.engine.checkpoints.remove(args.container, args.checkpoint, flags['checkpoint-dir'])
  }
}
