import { unknownBuilder } from '../../actions/builder/own-builder.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { rest } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { builderFlags } from '../../flags/image/builder.ts'
import { skipConfirmation } from '../../flags/shared.ts'

export default class BuildxRm extends DockerCommand {
  static override summary = 'Remove builders; those of contexts cannot be removed'
  static override examples = [
    {
      description: 'Remove inactive builders, of which an engine has none',
      command: 'tug buildx rm --all-inactive --force',
    },
  ]
  static override synopsis = '[OPTIONS] [NAME...]'
  static override args = { names: rest('NAME') }
  static override flags = {
    ...builderFlags,
    'all-inactive': bool({ summary: 'Remove all inactive builders' }),
    force: skipConfirmation(),
    'keep-daemon': bool({ summary: 'Keep the BuildKit daemon running' }),
    'keep-state': bool({ summary: 'Keep the state of BuildKit' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(BuildxRm)
    const { contextName, env, err } = this.cli
    // There are no builders that could be inactive.
    if (flags['all-inactive']) return
    const names = args.names.length > 0 ? args.names : [flags.builder || env.BUILDX_BUILDER || contextName]
    for (const name of names) err.write(`failed to remove ${name}: ${reason(name, contextName)}\n`)
    throw new ExitStatus(1, 'ERROR: failed to remove one or more builders')
  }
}

function reason(name: string, contextName: string): string {
  if (name !== contextName) return unknownBuilder(name)
  return `context builder cannot be removed, run \`docker context rm ${name}\` to remove this context`
}
