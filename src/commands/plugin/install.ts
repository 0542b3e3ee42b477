import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { adviseForImage, grantPrivileges } from '../../actions/plugin/remote-plugin.ts'
import { withRegistryHint } from '../../actions/registry/registry-hint.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { familiarString, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { one, rest } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'
import { grantAll } from '../../flags/plugin/grant-all.ts'
import { contentTrust } from '../../flags/shared.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'

export default class PluginInstall extends DockerCommand {
  static override summary = 'Install a plugin from a registry'
  static override examples = [
    {
      description: 'Install a plugin, after a question about what it may do',
      command: 'echo y | tug plugin install --disable localhost:5000/greeter',
    },
    {
      description: 'Install it under another name and with a setting, without a question',
      command: 'tug plugin install --grant-all-permissions --disable --alias hello localhost:5000/greeter NAME=Gordon',
    },
  ]
  static override synopsis = '[OPTIONS] PLUGIN [KEY=VALUE...]'
  static override args = { plugin: one('PLUGIN'), settings: rest('KEY=VALUE') }
  static override flags = {
    alias: text({ completes: 'nothing', summary: "The plugin's name in the engine" }),
    disable: bool({ summary: 'Do not enable the plugin' }),
    'disable-content-trust': contentTrust('verification'),
    'grant-all-permissions': grantAll(),
  }
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(PluginInstall)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { engine, out, now } = this.cli
    const plugins = new PluginApi(engine.connection)
    const localName = flags.alias === '' ? '' : pluginName(flags.alias)
    await withRegistryHint(parseReference(args.plugin).domain, async () => {
      const { name, messages } = await adviseForImage('(image) when fetching', '"', async () =>
        plugins.pull(localName, await grantPrivileges(args.plugin, flags['grant-all-permissions'], this.cli)),
      )
      await displayMessages(messages, new ProgressDisplay(out, now))
      if (args.settings.length > 0) await plugins.set(name, args.settings)
      if (!flags.disable) await plugins.enable(name, 0)
    })
    out.write(`Installed plugin ${args.plugin}\n`)
  }
}

/** Returns the full name for `--alias`. @throws Error, ExitStatus with docker's message */
function pluginName(alias: string): string {
  const reference = withDefaultTag(parseReference(alias))
  if (reference.digest !== undefined) throw new ExitStatus(1, `invalid name: ${alias}`)
  return familiarString(reference)
}
