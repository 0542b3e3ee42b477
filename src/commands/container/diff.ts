import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one } from '../../flags/arg.ts'

/** docker's letters for the daemon's kinds of changes: changed, added, deleted. */
const LETTERS = ['C', 'A', 'D']

export default class ContainerDiff extends DockerCommand {
  static override aliases = ['diff']
  static override summary = "List the changes to a container's file system"
  static override examples = [
    { description: 'List files that were added (A), changed (C) and deleted (D)', command: 'tug diff web' },
  ]
  static override synopsis = 'CONTAINER'
  static override args = { container: one('CONTAINER') }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerDiff)
    if (args.container === '') throw new ExitStatus(1, 'Container name cannot be empty')
    const changes = await this.cli.engine.containers.changes(args.container)
    const lines = changes.map(({ Kind = 0, Path = '' }) => `${LETTERS[Kind] ?? ''} ${Path}\n`)
    this.cli.out.write(lines.join(''))
  }
}
