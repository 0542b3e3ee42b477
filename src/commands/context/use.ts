import { DockerCommand } from '../../cli/command.ts'
import { updateConfigFile } from '../../config/config-writer.ts'
import { readContext } from '../../config/context-store.ts'
import { checkContextName, DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { textIn } from '../../domain/json.ts'
import { rest } from '../../flags/arg.ts'

export default class ContextUse extends DockerCommand {
  static override summary = 'Set the current context'
  static override examples = [
    { description: 'Use another context from now on', command: 'tug context use staging' },
    { description: 'Use the default context again', command: 'tug context use default' },
  ]
  static override synopsis = 'CONTEXT'
  // docker has another message than usual for a wrong number of arguments.
  static override args = { context: rest('CONTEXT') }
  static override completes = ['contexts', 'nothing'] as const

  async run(): Promise<void> {
    const { args } = await this.read(ContextUse)
    const [name = ''] = args.context
    if (args.context.length !== 1) throw new ExitStatus(1, `accepts 1 arg(s), received ${args.context.length}`)
    const { config, out, err, env } = this.cli
    const currentContext = name === DEFAULT_CONTEXT ? '' : name
    if (name !== DEFAULT_CONTEXT) {
      checkContextName(name)
      readContext(config.dir, name)
    }
    if (textIn(config.data, 'currentContext') !== currentContext) await this.#setCurrent(currentContext)
    out.write(`${name}\n`)
    err.write(`Current context is now "${name}"\n`)
    if (env.DOCKER_HOST && currentContext !== '') err.write(overrideWarning(name))
  }

  async #setCurrent(name: string): Promise<void> {
    await updateConfigFile(this.cli.config, (data) => {
      if (name === '') delete data.currentContext
      else data.currentContext = name
    })
  }
}

function overrideWarning(name: string): string {
  return (
    `Warning: DOCKER_HOST environment variable overrides the active context. To use "${name}", either set the global ` +
    '--context flag, or unset DOCKER_HOST environment variable.\n'
  )
}
