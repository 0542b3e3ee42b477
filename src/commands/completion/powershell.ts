import { DockerCommand } from '../../cli/command.ts'
import { completionFlags, writeScript } from '../../cli/completion/script.ts'
import { powershellScript } from '../../cli/completion/scripts/powershell.ts'
import { rest } from '../../flags/arg.ts'

export default class CompletionPowershell extends DockerCommand {
  static override summary = 'Print the completion script for PowerShell; pipe it into `Out-String | Invoke-Expression`'
  static override examples = [
    { description: 'Write the completion script to a file', command: 'tug completion powershell > tug.ps1' },
  ]
  static override synopsis = '[flags]'
  // docker has another message than usual for a wrong number of arguments.
  static override args = { words: rest('WORDS') }
  static override flags = completionFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(CompletionPowershell)
    writeScript(this.cli, 'completion powershell', powershellScript, {
      words: args.words,
      plain: flags['no-descriptions'],
    })
  }
}
