import { DockerCommand } from '../../cli/command.ts'
import { completionFlags, writeScript } from '../../cli/completion/script.ts'
import { fishScript } from '../../cli/completion/scripts/fish.ts'
import { rest } from '../../flags/arg.ts'

export default class CompletionFish extends DockerCommand {
  static override summary = 'Print the completion script for fish; load it with `tug completion fish | source`'
  static override examples = [
    { description: 'Write the completion script to a file', command: 'tug completion fish > tug.fish' },
  ]
  static override synopsis = ''
  // docker has another message than usual for a wrong number of arguments.
  static override args = { words: rest('WORDS') }
  static override flags = completionFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(CompletionFish)
    writeScript(this.cli, 'completion fish', fishScript, { words: args.words, plain: flags['no-descriptions'] })
  }
}
