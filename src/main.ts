import { FlagError, parseArgv } from './cli/argv/argv.ts'
import { type GlobalFlags, globalFlagSet } from './cli/argv/global-flags.ts'
import { flagUsageError, ROOT_USAGE } from './cli/argv/usage.ts'
import { versionLine } from './cli/build-info.ts'
import { HelpRequested } from './cli/command.ts'
import { COMPLETE, COMPLETE_PLAINLY } from './cli/completion/request.ts'
import { type CommandTarget, findCommand, isBuiltin, topLevelWords } from './cli/dispatch.ts'
import { DescriptorOutput, requireWritten } from './cli/io/streams.ts'
import { pluginCall } from './cli/plugins/call.ts'
import { defaultConfigDir, ProcessCli } from './cli/process-cli.ts'
import { reportError } from './cli/report-error.ts'
import { commandTable } from './command-table.ts'
import { ExitStatus } from './domain/errors.ts'

/** Ends that a person or the system asks for, with the exit codes that docker's client has for them. */
const INTERRUPTS = { SIGINT: 130, SIGTERM: 143 } as const

/** Time for what the daemon has already responded to be read and printed: `stop a b` says that a was stopped. */
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
    await start(globals, argv, cli)
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

const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

async function start({ flags, rest, helpRequested }: Globals, argv: readonly string[], cli: ProcessCli): Promise<void> {
  const level = flags['log-level'] || 'info'
  if (!LOG_LEVELS.includes(level.toLowerCase())) throw new ExitStatus(1, `Unable to parse logging level: ${level}`)
  const [word] = rest
  if (word === COMPLETE || word === COMPLETE_PLAINLY) return complete(word, rest.slice(1), cli)
  if (await runsPlugin(rest, argv, cli)) return
  const target = findCommand(rest, commandTable)
  if (target.kind === 'command' && !helpRequested) return run(target, cli)
  if (flags.version && !helpRequested && word !== 'help') return showVersion(cli)
  const { handleUnknownWord, helpCommand, readGroupFlags, showHelp } = await import('./cli/help/show-help.ts')
  const source = helpSource(cli)
  if (helpRequested) return showHelp(target, source)
  if (word === 'help') return helpCommand(rest.slice(1), source)
  if (target.kind === 'unknown') return handleUnknownWord(target, source)
  if (target.kind === 'group') readGroupFlags(target, cli.out)
  // Somebody who names no command needs the help, and a script that does must not take it for a result.
  return showHelp(target, source, target.kind === 'group' && target.argv.length > 0 ? cli.out : cli.err)
}

function showVersion({ out }: ProcessCli): void {
  out.write(`${versionLine()}\n`)
  requireWritten(out)
}

function helpSource(cli: ProcessCli) {
  return { table: commandTable, globals: globalFlagSet(defaultConfigDir(process.env)), cli }
}

/**
 * Hands everything over to the plugin that the words ask for, if they do and there is one.
 * @throws ExitStatus when the plugin fails
 */
async function runsPlugin(rest: readonly string[], argv: readonly string[], cli: ProcessCli): Promise<boolean> {
  const call = pluginCall(rest, argv, commandTable, cli)
  if (call === undefined) return false
  const { runPlugin } = await import('./cli/plugins/run.ts')
  const exitCode = await runPlugin(call, builtins(), cli)
  if (exitCode !== undefined && exitCode !== 0) throw new ExitStatus(exitCode)
  return exitCode !== undefined
}

/** What completion scripts ask for: see src/cli/completion. A plugin knows itself what comes behind its name. */
async function complete(request: string, line: readonly string[], outer: ProcessCli): Promise<void> {
  if (line.length === 0) throw new ExitStatus(1, 'requires at least 1 arg(s), only received 0')
  const { cli, words } = clientEnvironment(line, outer)
  try {
    const [name] = words
    if (name !== undefined && !isBuiltin(name, commandTable)) {
      const { runPlugin } = await import('./cli/plugins/run.ts')
      const call = { name, argv: [COMPLETE, ...words, line.at(-1) ?? ''], env: {} }
      if ((await runPlugin(call, builtins(), cli)) !== undefined) return
    }
    const { complete: completionOf } = await import('./cli/completion/complete.ts')
    const { responseOf } = await import('./cli/completion/response.ts')
    const globals = globalFlagSet(defaultConfigDir(process.env))
    const withSummaries = request === COMPLETE
    const response = await responseOf(withSummaries, () => completionOf(line, commandTable, globals, cli))
    outer.out.write(response.stdout)
    outer.err.write(response.stderr)
  } finally {
    await cli.close()
  }
}

/** Flags in the line that is completed may name another daemon. @returns the words behind them too, but for the last */
function clientEnvironment(line: readonly string[], outer: ProcessCli): { cli: ProcessCli; words: readonly string[] } {
  try {
    const globals = globalFlagSet(defaultConfigDir(process.env))
    const { flags, typedFlags, positionals: words } = parseArgv(line.slice(0, -1), globals, false)
    return { cli: typedFlags.size === 0 ? outer : new ProcessCli(flags, process.env, builtins), words }
  } catch {
    return { cli: outer, words: [] }
  }
}

async function run(target: CommandTarget, cli: ProcessCli): Promise<void> {
  const { default: Command } = await target.entry.load()
  try {
    await new Command({ argv: target.argv, path: target.path, cli }).run()
  } catch (error) {
    if (!(error instanceof HelpRequested)) throw error
    const { showHelp } = await import('./cli/help/show-help.ts')
    await showHelp(target, helpSource(cli))
  }
}

await main(process.argv.slice(2))
