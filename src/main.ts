import { FlagError, parseArgv } from './cli/argv.ts'
import { versionLine } from './cli/build-info.ts'
import { HelpRequested } from './cli/command.ts'
import { type CommandTarget, findCommand, type GroupTarget } from './cli/dispatch.ts'
import { type GlobalFlags, globalFlagSet } from './cli/global-flags.ts'
import { defaultConfigDir, ProcessCli } from './cli/process-cli.ts'
import { reportError } from './cli/report-error.ts'
import { DescriptorOutput } from './cli/streams.ts'
import { flagUsageError, ROOT_USAGE } from './cli/usage.ts'
import { commandTable } from './command-table.ts'
import { ExitStatus } from './domain/errors.ts'

/** Ends that a person or the system asks for, with the exit codes that docker's client has for them. */
const INTERRUPTS = { SIGINT: 130, SIGTERM: 143 } as const

/** Time for what the daemon has already answered to be read and printed: `stop a b` says that a was stopped. */
const GRACE_MS = 20

/**
 * Ends at once, as docker's client does, with an exit code instead of a signal: a shell script then goes on. A command
 * that wants the signal for itself listens to it, and is left alone.
 */
function endWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) setTimeout(() => process.exit(INTERRUPTS[signal]), GRACE_MS)
    })
  }
}

/** argv to exit code. Leaves by itself once output is written and connections are closed. */
async function main(argv: readonly string[]): Promise<void> {
  let cli: ProcessCli | undefined
  endWhenInterrupted()
  try {
    const globals = readGlobals(argv)
    cli = new ProcessCli(globals.flags, process.env)
    await start(globals, cli)
  } catch (error) {
    process.exitCode = await reportError(error, cli?.err ?? new DescriptorOutput(2))
  } finally {
    await cli?.close()
  }
}

interface Globals {
  readonly flags: GlobalFlags
  readonly rest: readonly string[]
  readonly helpRequested: boolean
}

function readGlobals(argv: readonly string[]): Globals {
  const set = globalFlagSet(defaultConfigDir(process.env))
  try {
    const parsed = parseArgv(argv, set, false)
    for (const notice of parsed.notices) new DescriptorOutput(1).write(`${notice}\n`)
    return { flags: parsed.flags, rest: parsed.positionals, helpRequested: parsed.helpRequested }
  } catch (error) {
    throw error instanceof FlagError ? flagUsageError(error.message, ROOT_USAGE) : error
  }
}

const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

async function start({ flags, rest, helpRequested }: Globals, cli: ProcessCli): Promise<void> {
  const level = flags['log-level']
  if (!LOG_LEVELS.includes(level.toLowerCase())) throw new ExitStatus(1, `Unable to parse logging level: ${level}`)
  if (helpRequested) return help(rest, cli)
  if (rest[0] === 'help') return help(helpTopic(rest.slice(1)), cli)
  if (flags.version && rest.length === 0) return cli.out.write(`${versionLine()}\n`)
  const target = findCommand(rest, commandTable)
  if (target.kind === 'command') return run(target, cli)
  if (target.kind === 'group') parseGroupFlags(target)
  return help(rest, cli)
}

async function run(target: CommandTarget, cli: ProcessCli): Promise<void> {
  const { default: Command } = await target.entry.load()
  try {
    await new Command({ argv: target.argv, path: target.path, cli }).run()
  } catch (error) {
    if (!(error instanceof HelpRequested)) throw error
    const { commandHelp } = await import('./cli/help.ts')
    cli.out.write(commandHelp(Command, target.entry, target.path, helpWidth(cli)))
  }
}

async function help(words: readonly string[], cli: ProcessCli): Promise<void> {
  const target = findCommand(words, commandTable)
  if (target.kind === 'command') return run({ ...target, argv: ['--help'] }, cli)
  const { groupHelp, rootHelp } = await import('./cli/help.ts')
  const globals = globalFlagSet(defaultConfigDir(process.env))
  cli.out.write(
    target.kind === 'group' ? groupHelp(target.group, commandTable) : rootHelp(commandTable, globals, helpWidth(cli)),
  )
}

/** What `tug help WORDS` asks about. @throws ExitStatus for words that name nothing */
function helpTopic(words: readonly string[]): readonly string[] {
  try {
    findCommand(words, commandTable)
    return words
  } catch {
    throw new ExitStatus(1, `unknown help topic: ${words.join(' ')}`)
  }
}

function parseGroupFlags({ group, argv }: GroupTarget): void {
  try {
    parseArgv(argv, {})
  } catch (error) {
    throw error instanceof FlagError ? flagUsageError(error.message, { path: group.name, synopsis: '' }) : error
  }
}

/** docker wraps help for 80 columns where there is no terminal. */
function helpWidth(cli: ProcessCli): number {
  return cli.out.columns || 80
}

await main(process.argv.slice(2))
