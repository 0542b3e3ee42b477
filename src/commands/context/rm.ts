import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { updateConfigFile } from '../../config/config-writer.ts'
import { contextDirectories, readContext, removeContext } from '../../config/context-store.ts'
import { DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import { textIn } from '../../domain/json.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class ContextRm extends DockerCommand {
  static override aliases = ['context:remove']
  static override summary = 'Remove contexts'
  static override examples = [{ description: 'Remove a context', command: 'tug context rm staging' }]
  static override synopsis = 'CONTEXT [CONTEXT...]'
  static override args = { context: many('CONTEXT') }
  static override flags = { force: bool({ char: 'f', summary: 'Remove the context even if it is in use' }) }
  static override completes = 'contexts' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContextRm)
    await removeEach(args.context, (name) => this.#remove(name, flags.force), this.cli)
  }

  async #remove(name: string, isForced: boolean): Promise<void> {
    const { config, contextName } = this.cli
    if (name === DEFAULT_CONTEXT) throw new Error('context "default" cannot be removed')
    if (!isForced && !this.#exists(name)) throw new Error(`context "${name}" does not exist`)
    if (name === contextName) {
      if (!isForced) throw new Error(`context "${name}" is in use, set -f flag to force remove`)
      if (textIn(config.data, 'currentContext') === name)
        await updateConfigFile(config, (data) => delete data.currentContext)
    }
    removeContext({ directories: contextDirectories(config.dir, name) })
  }

  #exists(name: string): boolean {
    try {
      readContext(this.cli.config.dir, name)
      return true
    } catch {
      return false
    }
  }
}
