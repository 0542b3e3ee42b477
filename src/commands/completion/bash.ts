import { DockerCommand } from '../../cli/command.ts'
import { completionFlags, writeScript } from '../../cli/completion/script.ts'
import { bashScript } from '../../cli/completion/scripts/bash.ts'
import { rest } from '../../flags/arg.ts'

export default class CompletionBash extends DockerCommand {
  static override summary = 'Print the completion script for bash; load it with `source <(tug completion bash)`'
  static override examples = [
    { description: 'Write the completion script to a file', command: 'tug completion bash > tug.bash' },
  ]
  static override synopsis = ''
  // docker has another message than usual for a wrong number of arguments.
  static override args = { words: rest('WORDS') }
  static override flags = completionFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(CompletionBash)
    writeScript(this.cli, 'completion bash', bashScript, { words: args.words, plain: flags['no-descriptions'] })
  }
}
