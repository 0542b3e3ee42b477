import { readContent } from '../../actions/swarm/secret-content.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one, optional } from '../../flags/arg.ts'
import { secretCreateFlags, swarmFileSpec } from '../../flags/swarm/file.ts'

export default class SecretCreate extends DockerCommand {
  static override summary = 'Create a secret from a file or stdin'
  static override examples = [
    { description: 'Create a secret from a file', command: 'tug secret create token token.txt' },
    {
      description: 'Create one with a label from stdin',
      command: 'head -c 16 /dev/urandom | base64 | tug secret create --label app=web session-key -',
    },
  ]
  static override synopsis = '[OPTIONS] SECRET [file|-]'
  static override args = { secret: one('SECRET'), file: optional('file|-') }
  static override flags = secretCreateFlags
  static override completes = ['nothing', 'files', 'nothing'] as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args } = await this.read(SecretCreate)
    const content = flags.driver === '' ? await readContent('secret', args.file ?? '', this.cli.in) : undefined
    if (content === undefined && args.file) throw new ExitStatus(1, DRIVER_HAS_IT)
    const id = await this.cli.engine.secrets.create(swarmFileSpec(args.secret, flags, content))
    this.cli.out.write(`${id}\n`)
  }
}

const DRIVER_HAS_IT = 'When using secret driver secret data must be empty'
