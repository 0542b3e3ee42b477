import { FlagError, type FlagSet, parseArgv } from './cli/argv.ts'
import { versionLine } from './cli/build-info.ts'
import { HelpRequested } from './cli/command.ts'
import { COMPLETE, COMPLETE_PLAINLY } from './cli/completion/request.ts'
import { type CommandTarget, findCommand, type GroupTarget, type Target, type UnknownTarget } from './cli/dispatch.ts'
import { type GlobalFlags, globalFlagSet } from './cli/global-flags.ts'
import { defaultConfigDir, ProcessCli } from './cli/process-cli.ts'
import { reportError } from './cli/report-error.ts'
import { DescriptorOutput, type Output } from './cli/streams.ts'
import { flagUsageError, HELP_USAGE, ROOT_USAGE, type Usage } from './cli/usage.ts'
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
    for (const notice of parsed.notices) new DescriptorOutput(2).write(`${notice}\n`)
    return { flags: parsed.flags, rest: parsed.positionals, helpRequested: parsed.helpRequested }
  } catch (error) {
    throw error instanceof FlagError ? flagUsageError(error.message, ROOT_USAGE) : error
  }
}

const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

async function start({ flags, rest, helpRequested }: Globals, cli: ProcessCli): Promise<void> {
  const level = flags['log-level'] || 'info'
  if (!LOG_LEVELS.includes(level.toLowerCase())) throw new ExitStatus(1, `Unable to parse logging level: ${level}`)
  if (rest[0] === COMPLETE || rest[0] === COMPLETE_PLAINLY) return complete(rest[0], rest.slice(1), cli)
  if (helpRequested) return help(findCommand(rest, commandTable), cli.out)
  if (rest[0] === 'help') return helpCommand(rest.slice(1), cli.out)
  const target = findCommand(rest, commandTable)
  if (target.kind === 'command') return run(target, cli)
  if (flags.version) return cli.out.write(`${versionLine()}\n`)
  if (target.kind === 'unknown') return withoutCommand(target, cli.out)
  if (target.kind === 'group') readGroupFlags(target, cli.out)
  // Somebody who names no command needs the help, and a script that does must not take it for a result.
  return help(target, target.kind === 'group' && target.argv.length > 0 ? cli.out : cli.err)
}

/** What completion scripts ask for: see src/cli/completion. */
async function complete(request: string, line: readonly string[], outer: ProcessCli): Promise<void> {
  if (line.length === 0) throw new ExitStatus(1, 'requires at least 1 arg(s), only received 0')
  const { complete: completionOf } = await import('./cli/completion/complete.ts')
  const { answerOf } = await import('./cli/completion/answer.ts')
  const globals = globalFlagSet(defaultConfigDir(process.env))
  const cli = cliOfLine(line, outer)
  try {
    const withSummaries = request === COMPLETE
    const answer = await answerOf(withSummaries, () => completionOf(line, commandTable, globals, cli))
    outer.out.write(answer.stdout)
    outer.err.write(answer.stderr)
  } finally {
    await cli.close()
  }
}

/** Flags in the line that is completed may name another daemon. */
function cliOfLine(line: readonly string[], outer: ProcessCli): ProcessCli {
  try {
    const { flags, given } = parseArgv(line.slice(0, -1), globalFlagSet(defaultConfigDir(process.env)), false)
    return given.size === 0 ? outer : new ProcessCli(flags, process.env)
  } catch {
    return outer
  }
}

async function run(target: CommandTarget, cli: ProcessCli): Promise<void> {
  const { default: Command } = await target.entry.load()
  try {
    await new Command({ argv: target.argv, path: target.path, cli }).run()
  } catch (error) {
    if (!(error instanceof HelpRequested)) throw error
    const { commandHelp } = await import('./cli/help.ts')
    cli.out.write(commandHelp(Command, target.entry, target.path, helpWidth(cli.out)))
  }
}

/** Writes the help: a command's, a group's or tug's own. @throws UsageError for words that name no command */
async function help(target: Target, out: Output): Promise<void> {
  if (target.kind === 'unknown') throw target.error
  const { commandHelp, groupHelp, rootHelp } = await import('./cli/help.ts')
  if (target.kind === 'command') {
    const { default: Command } = await target.entry.load()
    return out.write(commandHelp(Command, target.entry, target.path, helpWidth(out)))
  }
  const globals = globalFlagSet(defaultConfigDir(process.env))
  const text =
    target.kind === 'group' ? groupHelp(target.group, commandTable) : rootHelp(commandTable, globals, helpWidth(out))
  out.write(text)
}

/** `tug help WORDS`. @throws ExitStatus for words that name nothing; UsageError for a flag */
async function helpCommand(argv: readonly string[], out: Output): Promise<void> {
  const { positionals, helpRequested } = readFlags(argv, {}, HELP_USAGE, out)
  const [word, ...rest] = positionals
  if (helpRequested || (word === 'help' && rest.length === 0)) {
    const { helpHelp } = await import('./cli/help.ts')
    return out.write(helpHelp())
  }
  const target = findCommand(positionals, commandTable)
  const unknown = word === 'help' ? rest : target.kind === 'command' || target.kind === 'unknown' ? target.argv : []
  if (unknown.length > 0) throw new ExitStatus(1, `unknown help topic: ${unknown.join(' ')}`)
  return help(target, out)
}

/**
 * What there is to say to words that name no command: flags among them are read as those of what they belong to, so
 * `tug compose -f x up` fails at its `-f`, as it does with docker.
 */
async function withoutCommand({ group, argv, error }: UnknownTarget, out: Output): Promise<void> {
  if (group) {
    const { helpRequested } = readFlags(argv, {}, { path: group.name, synopsis: '' }, out)
    if (helpRequested) return help({ kind: 'group', group, argv }, out)
    throw error
  }
  const { flags, helpRequested } = readFlags(argv, globalFlagSet(defaultConfigDir(process.env)), ROOT_USAGE, out)
  if (helpRequested) return help({ kind: 'root' }, out)
  if (flags.version) return out.write(`${versionLine()}\n`)
  throw error
}

function readGroupFlags({ group, argv }: GroupTarget, out: Output): void {
  readFlags(argv, {}, { path: group.name, synopsis: '' }, out)
}

/** @throws UsageError */
function readFlags<S extends FlagSet>(argv: readonly string[], set: S, usage: Usage, out: Output) {
  try {
    const parsed = parseArgv(argv, set)
    for (const notice of parsed.notices) out.write(`${notice}\n`)
    return parsed
  } catch (error) {
    throw error instanceof FlagError ? flagUsageError(error.message, usage) : error
  }
}

/** docker wraps help for 80 columns where there is no terminal. */
function helpWidth(out: Output): number {
  return out.columns || 80
}

await main(process.argv.slice(2))
