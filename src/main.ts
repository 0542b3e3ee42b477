import { FlagError, parseArgv } from './cli/argv.ts'
import { versionLine } from './cli/build-info.ts'
import { HelpRequested } from './cli/command.ts'
import { type CommandTarget, findCommand, type GroupTarget, isBuiltin, topLevelWords } from './cli/dispatch.ts'
import { type GlobalFlags, globalFlagSet } from './cli/global-flags.ts'
import type { PluginCall } from './cli/plugins/run.ts'
import { defaultConfigDir, ProcessCli } from './cli/process-cli.ts'
import { reportError } from './cli/report-error.ts'
import { DescriptorOutput, type Output } from './cli/streams.ts'
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
    cli = new ProcessCli(globals.flags, process.env, builtins)
    checkLogLevel(globals.flags)
    if (!(await runsPlugin(globals, argv, cli))) await start(globals, cli)
  } catch (error) {
    process.exitCode = await reportError(error, cli?.err ?? new DescriptorOutput(2), cli)
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

/** The words that no plugin can have. */
function builtins(): readonly string[] {
  return ['help', ...topLevelWords(commandTable)]
}

/**
 * Hands everything over to the plugin that the words ask for, if they do and there is one: `compose up`, `help compose`.
 * @throws ExitStatus when the plugin fails
 */
async function runsPlugin({ rest }: Globals, argv: readonly string[], cli: ProcessCli): Promise<boolean> {
  const call = await pluginCall(rest, argv, cli)
  if (call === undefined) return false
  const { runPlugin } = await import('./cli/plugins/run.ts')
  const exitCode = await runPlugin(call, builtins(), cli)
  if (exitCode !== undefined && exitCode !== 0) throw new ExitStatus(exitCode)
  return exitCode !== undefined
}

/** @param rest what of argv follows the global flags */
async function pluginCall(
  rest: readonly string[],
  argv: readonly string[],
  cli: ProcessCli,
): Promise<PluginCall | undefined> {
  const [first, second] = rest
  const word = first === 'help' ? second : first
  if (word === undefined) return undefined
  if (!isBuiltin(word, commandTable)) return { name: word, argv, env: {} }
  const isBuild = first === 'builder' || first === 'build' || (first === 'image' && second === 'build')
  if (!isBuild) return undefined
  const { forwardedBuild } = await import('./cli/plugins/forwarded-build.ts')
  return forwardedBuild({ globals: argv.slice(0, argv.length - rest.length), rest, isOwn: namesCommand(rest) }, cli)
}

const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

function checkLogLevel(flags: GlobalFlags): void {
  const level = flags['log-level'] || 'info'
  if (!LOG_LEVELS.includes(level.toLowerCase())) throw new ExitStatus(1, `Unable to parse logging level: ${level}`)
}

async function start({ flags, rest, helpRequested }: Globals, cli: ProcessCli): Promise<void> {
  if (helpRequested) return help(rest, cli, cli.out)
  if (rest[0] === 'help') return help(helpTopic(rest.slice(1)), cli, cli.out)
  if (flags.version && !namesCommand(rest)) return cli.out.write(`${versionLine()}\n`)
  if (rest.includes('--help') && !namesCommand(rest)) return help(groupOf(rest), cli, cli.out)
  const target = findCommand(rest, commandTable)
  if (target.kind === 'command') return run(target, cli)
  if (target.kind === 'group') parseGroupFlags(target)
  // Somebody who names no command needs the help, and a script that does must not take it for a result.
  return help(rest, cli, target.kind === 'group' && target.argv.length > 0 ? cli.out : cli.err)
}

function namesCommand(words: readonly string[]): boolean {
  try {
    return findCommand(words, commandTable).kind === 'command'
  } catch {
    return false
  }
}

/** The group that the first word names, if any: `container bogus --help` is about `container`. */
function groupOf([word]: readonly string[]): readonly string[] {
  return word !== undefined && commandTable.groups.some(({ name }) => name === word) ? [word] : []
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

/** Writes the help about the words: a command's, a group's or tug's own. */
async function help(words: readonly string[], cli: ProcessCli, out: Output): Promise<void> {
  const target = findCommand(words, commandTable)
  const { commandHelp, groupHelp, rootHelp } = await import('./cli/help.ts')
  if (target.kind === 'command') {
    const { default: Command } = await target.entry.load()
    return out.write(commandHelp(Command, target.entry, target.path, helpWidth(out)))
  }
  if (target.kind === 'group') return out.write(groupHelp(target.group, commandTable))
  const globals = globalFlagSet(defaultConfigDir(process.env))
  out.write(rootHelp({ table: commandTable, globals, plugins: await cli.listPlugins(), width: helpWidth(out) }))
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
function helpWidth(out: Output): number {
  return out.columns || 80
}

await main(process.argv.slice(2))
