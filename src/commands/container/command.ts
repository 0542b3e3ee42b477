import { type ContainerLine, containerLine, lineRows } from '../../actions/container/recreation/container-line.ts'
import { OriginReader } from '../../actions/container/recreation/origin.ts'
import { DockerCommand } from '../../cli/command.ts'
import { failuresInTurn, throwFailures } from '../../cli/each.ts'
import { programName } from '../../cli/program-name.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { many } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'

export default class ContainerCommand extends DockerCommand {
  static override summary = 'Print the run command line that makes a container again'
  static override examples = [
    { description: 'Print how to run such a container again', command: 'tug container command web' },
    { description: 'Print one flag a line', command: 'tug container command --pretty web' },
    {
      description: 'Keep the command lines of two containers in a script',
      command: 'tug container command web db > run.sh',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    format: text({
      completes: ['json'],
      summary: "Output format:\n'json':             one JSON object per container, with the words of the command line",
    }),
    pretty: bool({ summary: 'Print one flag a line' }),
  }
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerCommand)
    const { env, out, err } = this.cli
    if (!['', 'json'].includes(flags.format)) throw new ExitStatus(1, `--format takes json, not "${flags.format}"`)
    if (flags.format === 'json' && flags.pretty) throw new ExitStatus(1, '--pretty cannot be used with --format')
    const reader = new OriginReader(this.cli)
    const failures = await failuresInTurn(args.container, async (name) => {
      const line = await containerLine(await reader.read(name), reader, { program: programName(), env })
      if (flags.format === 'json') out.write(`${formatJson(line)}\n`)
      else out.write(`${flags.pretty ? formatPretty(line) : formatLine(line)}\n`)
      if (flags.format === '') for (const warning of line.warnings) err.write(`WARNING: ${line.name}: ${warning}\n`)
    })
    throwFailures(failures)
  }
}

function formatLine(line: ContainerLine): string {
  return lineRows(line).flat().map(quoteShellWord).join(' ')
}

function formatPretty(line: ContainerLine): string {
  return lineRows(line)
    .map((words) => words.map(quoteShellWord).join(' '))
    .join(' \\\n  ')
}

function formatJson(line: ContainerLine): string {
  const { name: Name, body, warnings: Warnings } = line
  return JSON.stringify({ Name, Image: body.Image, Command: lineRows(line).flat(), Warnings })
}
