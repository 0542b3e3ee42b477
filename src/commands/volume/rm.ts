import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { bool } from '../../flags/flag.ts'

export default class VolumeRm extends DockerCommand {
  static override aliases = ['volume:remove']
  static override summary = 'Remove volumes'
  static override examples = [
    { description: 'Remove a volume', command: 'tug volume rm cache' },
    {
      description: 'Remove volumes, and ignore those that do not exist',
      command: 'tug volume rm --force cache nosuch',
    },
    {
      description: 'List which volumes would be removed that no container uses',
      command: 'tug volume rm --filter dangling=true --dry-run',
    },
  ]
  static override synopsis = '[OPTIONS] VOLUME [VOLUME...]'
  static override args = { volume: many('VOLUME') }
  static override flags = {
    force: bool({ char: 'f', minApi: '1.25', summary: 'Force removal of the volume' }),
    ...choiceFlags({ verb: 'remove', participle: 'removed', all: 'volumes', completes: 'volume filters' }),
  }
  static override completes = 'volumes' as const

  async run(): Promise<void> {
    const { flags, targets } = await this.readTargets(VolumeRm)
    await removeEach(
      targets.map(({ id }) => id),
      (name) => this.cli.engine.volumes.remove(name, flags.force),
      this.cli,
    )
  }
}
