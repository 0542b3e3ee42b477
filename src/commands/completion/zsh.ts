import { DockerCommand } from '../../cli/command.ts'
import { completionFlags, writeScript } from '../../cli/completion/script.ts'
import { zshScript } from '../../cli/completion/scripts/zsh.ts'
import { rest } from '../../flags/arg.ts'

export default class CompletionZsh extends DockerCommand {
  static override summary = 'Print the completion script for zsh; load it with `source <(tug completion zsh)`'
  static override examples = [
    { description: 'Write the completion script to a file', command: 'tug completion zsh > _tug' },
  ]
  static override synopsis = ''
  // docker has another message than usual for a wrong number of arguments.
  static override args = { words: rest('WORDS') }
  static override flags = completionFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(CompletionZsh)
    writeScript(this.cli, 'completion zsh', zshScript, { words: args.words, plain: flags['no-descriptions'] })
  }
}
