import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { EngineError } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { bool } from '../../flags/flag.ts'

export default class ContainerRm extends DockerCommand {
  static override aliases = ['container:remove', 'rm']
  static override summary = 'Remove containers'
  static override examples = [
    { description: 'Remove a stopped container', command: 'tug rm job' },
    { description: 'Kill and remove a running container', command: 'tug rm -f web' },
    {
      description: 'Remove containers that a filter selects, with their anonymous volumes',
      command: 'tug rm -f -v --filter name=job',
    },
    {
      description: 'List which stopped containers would be removed, except those with a label',
      command: "tug rm --filter status=exited --filter 'label!=keep' --dry-run",
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    force: bool({ char: 'f', summary: 'Kill and remove a running container' }),
    link: bool({ char: 'l', summary: 'Remove the specified link instead of a container' }),
    ...choiceFlags({ verb: 'remove', participle: 'removed', all: 'containers', completes: 'container filters' }),
    volumes: bool({ char: 'v', summary: 'Remove anonymous volumes of the container' }),
  }
  static override completes = 'removable containers' as const

  async run(): Promise<void> {
    const { flags, targets } = await this.readTargets(ContainerRm)
    const { engine } = this.cli
    const remove = (name: string) => engine.containers.remove(trimSlashes(name), flags)
    const isIgnored = (error: unknown) => flags.force && error instanceof EngineError && error.isNotFound
    await forEachParallel(targets, async (id) => remove(id), this.cli, isIgnored)
  }
}

/** Removes slashes around a name: older versions of `ps` printed them, and scripts still pass such names. */
function trimSlashes(name: string): string {
  const trimmed = name.replace(/^\/+|\/+$/g, '')
  if (trimmed === '') throw new Error('container name cannot be empty')
  return trimmed
}
