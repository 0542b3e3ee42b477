import { type CreateRequest, clientEnvironment, createContainer, warnOfMounts } from '../../actions/container/create.ts'
import { translateFor } from '../../actions/container/run-failure.ts'
import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { windowSize } from '../../attach/window-size.ts'
import { DockerCommand } from '../../cli/command.ts'
import { parsePullPolicy } from '../../domain/image/pull-policy.ts'
import { one, rest } from '../../flags/arg.ts'
import { type CreateCommandLine, type CreateFlags, createBody, createFlags } from '../../flags/container/create.ts'

export default class ContainerCreate extends DockerCommand {
  static override aliases = ['create']
  static override summary = 'Create a new container'
  static override examples = [
    {
      description: 'Create a container to start later with tug start hello',
      command: 'tug create --name hello -p 4000:5000 friendlyhello',
    },
    {
      description: 'Create an interactive container, to start with tug start -ai shell',
      command: 'tug create --name shell -it busybox sh',
    },
  ]
  static override synopsis = '[OPTIONS] IMAGE [COMMAND] [ARG...]'
  static override interspersed = false
  static override args = { image: one('IMAGE'), command: rest('COMMAND') }
  static override flags = createFlags
  static override completes = 'images' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerCreate)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const request = await this.#request(flags, { flags, typedFlags, ...args })
    this.cli.out.write(`${await createContainer(request, this.cli)}\n`)
  }

  async #request(flags: CreateFlags, line: CreateCommandLine): Promise<CreateRequest> {
    const pull = translateFor('create', () => parsePullPolicy(flags.pull))
    const client = await clientEnvironment(this.cli, () => windowSize(this.cli.out))
    warnOfMounts(flags.mount, this.cli)
    const { name, platform, quiet } = flags
    return {
      body: translateFor('create', () => createBody(line, client)),
      name,
      platform,
      pull,
      quiet,
      useApiSocket: flags['use-api-socket'],
    }
  }
}
