import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { adviseForImage, grantPrivileges } from '../../actions/plugin/remote-plugin.ts'
import { withRegistryHint } from '../../actions/registry/registry-hint.ts'
import { DockerCommand } from '../../cli/command.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { describeError, ExitStatus, messageOf } from '../../domain/errors.ts'
import {
  canonicalString,
  familiarString,
  type ImageReference,
  parseReference,
  withDefaultTag,
} from '../../domain/image/reference.ts'
import type { EnginePlugin } from '../../domain/plugin/engine-plugin.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { one, optional } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { grantAll } from '../../flags/plugin/grant-all.ts'
import { contentTrust } from '../../flags/shared.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'

export default class PluginUpgrade extends DockerCommand {
  static override summary = 'Replace a plugin by another version of it'
  static override examples = [
    {
      description: 'Download the current version of a plugin that is disabled',
      command: 'tug plugin upgrade --grant-all-permissions localhost:5000/greeter',
    },
  ]
  static override synopsis = '[OPTIONS] PLUGIN [REMOTE]'
  static override args = { plugin: one('PLUGIN'), remote: optional('REMOTE') }
  static override flags = {
    'disable-content-trust': contentTrust('verification'),
    'grant-all-permissions': grantAll(),
    'skip-remote-check': bool({ summary: 'Replace the plugin even by one with another name' }),
  }
  static override requires = { minApi: '1.26' }
  static override completes = ['disabled plugins', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(PluginUpgrade)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { engine, out, now } = this.cli
    const plugins = new PluginApi(engine.connection)
    const {
      Name: name = '',
      Enabled: isEnabled = false,
      PluginReference: current = '',
    } = await findPlugin(plugins, args.plugin)
    if (isEnabled) throw new ExitStatus(1, 'the plugin must be disabled before upgrading')
    const typed = args.remote || current
    const remote = parseWithTag(typed, 'error parsing remote upgrade image reference')
    const old = parseWithTag(current, 'error parsing current image reference')
    out.write(`Upgrading plugin ${name} from ${familiarString(old)} to ${familiarString(remote)}\n`)
    const isSame = canonicalString(remote) === canonicalString(old)
    if (!isSame && !flags['skip-remote-check'] && !(await confirm(OTHER_PLUGIN, this.cli))) return
    await withRegistryHint(remote.domain, async () => {
      const messages = await adviseForImage('target is image', '`', async () =>
        plugins.upgrade(name, await grantPrivileges(typed, flags['grant-all-permissions'], this.cli)),
      )
      await displayMessages(messages, new ProgressDisplay(out, now))
    })
    out.write(`Upgraded plugin ${name} to ${typed}\n`)
  }
}

async function findPlugin(plugins: PluginApi, name: string): Promise<EnginePlugin> {
  try {
    return await plugins.inspect(name)
  } catch (error) {
    throw new Error(`error reading plugin data: ${describeError(error)}`, { cause: error })
  }
}

const OTHER_PLUGIN = 'Plugin images do not match, are you sure?'

/** @throws Error with docker's message, which begins with `failure` */
function parseWithTag(text: string, failure: string): ImageReference {
  try {
    return withDefaultTag(parseReference(text))
  } catch (error) {
    throw new Error(`${failure}: ${messageOf(error)}`, { cause: error })
  }
}
