import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { CHECKPOINT_REQUIREMENTS, checkpointDir } from '../../flags/container/checkpoint.ts'
import { bool } from '../../flags/flag.ts'

export default class CheckpointCreate extends DockerCommand {
  static override summary = 'Create a checkpoint of a running container'
  static override examples = [
    {
      description: "Save the state of a container's processes, and stop it",
      command: 'tug checkpoint create web before-upgrade',
    },
    {
      description: 'Save the state and leave the container running',
      command: 'tug checkpoint create --leave-running web nightly',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER CHECKPOINT'
  static override args = { container: one('CONTAINER'), checkpoint: one('CHECKPOINT') }
  static override flags = {
    'checkpoint-dir': checkpointDir,
    'leave-running': bool({ summary: 'Leave the container running after the checkpoint' }),
  }
  static override requires = CHECKPOINT_REQUIREMENTS

  async run(): Promise<void> {
    const { flags, args } = await this.read(CheckpointCreate)
    const { container, checkpoint } = args
    await this.cli.engine.checkpoints.create(container, checkpoint, flags['checkpoint-dir'], !flags['leave-running'])
    this.cli.out.write(`${checkpoint}\n`)
  }
}
