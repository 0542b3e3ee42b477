import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { registryAuthFor } from '../../actions/registry/registry-auth.ts'
import { withRegistryHint } from '../../actions/registry/registry-hint.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { familiarString, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { one } from '../../flags/arg.ts'
import { contentTrust } from '../../flags/shared.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'

export default class PluginPush extends DockerCommand {
  static override summary = 'Upload a plugin to a registry'
  static override examples = [
    { description: 'Upload a plugin to the registry in its name', command: 'tug plugin push localhost:5000/greeter' },
  ]
  static override synopsis = '[OPTIONS] PLUGIN[:TAG]'
  static override args = { plugin: one('PLUGIN[:TAG]') }
  static override flags = { 'disable-content-trust': contentTrust('signing') }
  static override requires = { minApi: '1.25' }
  static override completes = ['plugins', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(PluginPush)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { engine, out, now } = this.cli
    const reference = withDefaultTag(parseReference(args.plugin))
    if (reference.digest !== undefined) throw new ExitStatus(1, `invalid name: ${args.plugin}`)
    await withRegistryHint(reference.domain, async () => {
      const messages = await new PluginApi(engine.connection).push(
        familiarString(reference),
        await registryAuthFor(reference, this.cli),
      )
      await displayMessages(messages, new ProgressDisplay(out, now))
    })
  }
}
