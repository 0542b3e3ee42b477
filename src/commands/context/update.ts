import { endpointFrom } from '../../actions/context/endpoint-settings.ts'
import { dockerEndpoint } from '../../actions/context/find-context.ts'
import { DockerCommand } from '../../cli/command.ts'
import { readContext, writeContext } from '../../config/context-store.ts'
import { checkContextName } from '../../domain/context/name.ts'
import { objectIn } from '../../domain/json.ts'
import { one } from '../../flags/arg.ts'
import { contextFlags } from '../../flags/context/endpoint.ts'

export default class ContextUpdate extends DockerCommand {
  static override summary = 'Update a context'
  static override examples = [
    {
      description: 'Change the description of a context',
      command: "tug context update --description 'Staging servers' staging",
    },
    {
      description: 'Change the address of its daemon',
      command: 'tug context update --docker host=ssh://deploy@staging2.example.com staging',
    },
  ]
  static override synopsis = '[OPTIONS] CONTEXT'
  static override args = { context: one('CONTEXT') }
  static override flags = contextFlags
  static override completes = ['contexts', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContextUpdate)
    const { config, out, err } = this.cli
    const name = args.context
    checkContextName(name)
    const context = readContext(config.dir, name)
    const metadata = flags.description === '' ? {} : { Description: flags.description }
    const typedEndpoint = flags.docker.length > 0 ? endpointFrom(flags.docker, this.cli) : undefined
    const meta = {
      ...context.meta,
      Metadata: { ...objectIn(context.meta, 'Metadata'), ...metadata },
      Endpoints: {
        ...objectIn(context.meta, 'Endpoints'),
        ...(typedEndpoint ? dockerEndpoint(typedEndpoint.endpoint) : {}),
      },
    }
    await writeContext({ ...context, meta }, typedEndpoint && { docker: typedEndpoint.tls })
    out.write(`${name}\n`)
    err.write(`Successfully updated context "${name}"\n`)
  }
}
