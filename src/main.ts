/** The entry point: turns argv into a command and its result into the exit code. */
import { FlagError, parseArgv } from './cli/argv/argv.ts'
import { DEFAULT_GLOBAL_FLAGS, type GlobalFlags, globalFlagSet } from './cli/argv/global-flags.ts'
import { flagUsageError, ROOT_USAGE } from './cli/argv/usage.ts'
import { versionLine } from './cli/build-info.ts'
import { HelpRequested } from './cli/command.ts'
import {
  COMPLETE,
  COMPLETE_WITHOUT_SUMMARIES,
  type CommandTarget,
  findCommand,
  mayBePlugin,
  unreplaceableWords,
} from './cli/dispatch.ts'
import { DescriptorOutput, hasDeferredOutput, requireWritten } from './cli/io/streams.ts'
import { adaptCompilerLater } from './cli/jit-policy.ts'
import { type PluginCall, pluginCall } from './cli/plugins/call.ts'
import { defaultConfigDir, ProcessCli } from './cli/process-cli.ts'
import { rememberProgramName } from './cli/program-name.ts'
import { reportError } from './cli/report-error.ts'
import { commandTable } from './command-table.ts'
import { ExitStatus } from './domain/errors.ts'
import { goQuote } from './domain/go/quote.ts'
import { objectIn, textIn } from './domain/json.ts'

/** docker's exit codes for the signals that interrupt a command. */
const INTERRUPT_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** How long responses that have already arrived may take to be printed: an interrupted `stop a b` still prints `a`. */
const GRACE_MS = 20

/** How long most commands take to send their first request, in milliseconds. */
const FIRST_REQUEST_MS = 3

/** Whether a signal will end the process, with an exit code of its own. */
let isInterrupted = false

/** What can wait until a request is on its way. */
function whileWaiting(): void {
  handleSignals()
  adaptCompilerLater()
}

function handleSignals(): void {
  exitWhenInterrupted()
  ignoreHarmlessSignals()
}

/**
 * Exits on SIGINT and SIGTERM with docker's exit codes. A script goes on after an exit code, but not after a signal.
 * Commands that handle the signal themselves add a listener, and are left alone.
 */
function exitWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (process.listenerCount(signal) !== 1) return
      isInterrupted = true
      setTimeout(() => process.exit(INTERRUPT_EXIT_CODES[signal]), GRACE_MS)
    })
  }
}

/**
 * The signals that Go's runtime catches without any effect (os/signal, "Default behavior of signals in Go programs").
 * Without a handler they would end the process, and SIGUSR1 would open Node's debugger.
 */
const IGNORED_SIGNALS = [
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGVTALRM',
  'SIGPROF',
  'SIGIO',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGPWR',
] as const

/**
 * Ignores the signals that docker ignores. Commands that forward them to a container add a listener. A handler is used
 * rather than the disposition SIG_IGN, which the programs that tug starts would inherit.
 */
function ignoreHarmlessSignals(): void {
  for (const signal of IGNORED_SIGNALS) process.on(signal, () => {})
}

/** Returns arguments of which some may not be UTF-8, with their bytes. */
async function readBytesOf(decoded: readonly string[]): Promise<readonly string[]> {
  const { rawArguments } = await import('./cli/argv/raw-argv.ts')
  return rawArguments(decoded)
}

/** Runs the command line and sets the exit code. */
async function main(argv: readonly string[]): Promise<void> {
  let cli: ProcessCli | undefined
  // Handlers are installed while a request is on its way. Until then a signal ends the process as it does while the runtime
  // starts.
  setTimeout(whileWaiting, FIRST_REQUEST_MS).unref()
  try {
    const globals = readGlobals(argv)
    cli = new ProcessCli(globals.flags, process.env, builtins)
    await start(globals, argv, cli)
    if (hasDeferredOutput()) await cli.flush()
    // To end by itself would take longer: connections would be closed first, and Node creates process.stderr before it
    // destroys a socket. A command that has failed or was interrupted may still clean up, so it ends by itself.
    else if (!cli.needsClosing && !isInterrupted) process.exit()
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
  const isFirstWordFlag = argv[0]?.startsWith('-') ?? false
  if (!isFirstWordFlag) return { flags: DEFAULT_GLOBAL_FLAGS, rest: argv, helpRequested: false }
  const set = globalFlagSet(defaultConfigDir(process.env))
  try {
    const parsed = parseGlobals(argv, set)
    for (const notice of parsed.notices) new DescriptorOutput(2).write(`${notice}\n`)
    return { flags: parsed.flags, rest: parsed.positionals, helpRequested: parsed.helpRequested }
  } catch (error) {
    if (!(error instanceof FlagError)) throw error
    const known = ['help', ...Object.keys(set)].map((name) => `--${name}`)
    throw flagUsageError(error.message, ROOT_USAGE, { typed: `--${error.unknown}`, known })
  }
}

/** As in docker, global flags are also read behind a first double dash: `-- -D ps`. */
function parseGlobals(argv: readonly string[], set: ReturnType<typeof globalFlagSet>) {
  const parsed = parseArgv(argv, set, false)
  const { positionals: rest } = parsed
  const isFlag = /^-[^-]|^--./.test(rest[0] ?? '')
  return isFlag ? parseArgv([...argv.slice(0, -rest.length - 1), ...rest], set, false) : parsed
}

/** Returns the words that cannot be names of plugins. */
function builtins(): readonly string[] {
  return unreplaceableWords(commandTable)
}

const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

/** Dispatches to completion, a plugin, a command or help. */
async function start({ flags, rest, helpRequested }: Globals, argv: readonly string[], cli: ProcessCli): Promise<void> {
  const level = flags['log-level'] || 'info'
  if (!LOG_LEVELS.includes(level.toLowerCase())) throw new ExitStatus(1, `Unable to parse logging level: ${level}`)
  const [word] = rest
  if (word === COMPLETE || word === COMPLETE_WITHOUT_SUMMARIES) return complete(word, rest.slice(1), cli)
  checkAliases(cli)
  const call = pluginCall(rest, argv, commandTable, cli)
  if (call !== undefined && (await runsPlugin(call, cli))) return
  const target = findCommand(rest, commandTable)
  if (flags.explain) await cli.explainRequests()
  if (target.kind === 'command' && !helpRequested) return run(target, cli)
  if (flags.version && !helpRequested && word !== 'help') return showVersion(cli)
  const { handleUnknownWord, helpCommand, readGroupFlags, showHelp } = await import('./cli/help/show-help.ts')
  const source = helpSource(cli)
  if (helpRequested) return showHelp(target, source)
  if (word === 'help') return helpCommand(rest.slice(1), source)
  if (target.kind === 'unknown') return handleUnknownWord(target, source)
  if (target.kind === 'group') readGroupFlags(target, cli.out)
  // Without a command, help goes to stderr, so that scripts do not take it for a result.
  return showHelp(target, source, target.kind === 'group' && target.argv.length > 0 ? cli.out : cli.err)
}

/**
 * Refuses the aliases of config.json that docker does not allow (docker/cli cmd/docker/aliases.go).
 * @throws ExitStatus with docker's message
 */
function checkAliases({ config }: ProcessCli): void {
  const aliases = objectIn(config.data, 'aliases')
  for (const name in aliases) {
    if (name !== 'builder') {
      const allowed = 'map[string]struct {}{"builder":struct {}{}}'
      throw new ExitStatus(1, `not allowed to alias ${goQuote(name)} (allowed: ${allowed})`)
    }
    const target = textIn(aliases, name)
    const [word = ''] = target.split(' ')
    if (word !== '' && mayBePlugin(word, commandTable)) continue
    throw new ExitStatus(1, `not allowed to alias with builtin ${goQuote(target)} as target`)
  }
}

function showVersion({ out }: ProcessCli): void {
  out.write(`${versionLine()}\n`)
  requireWritten(out)
}

function helpSource(cli: ProcessCli) {
  return { table: commandTable, globals: globalFlagSet(defaultConfigDir(process.env)), cli }
}

/**
 * Runs a plugin. @returns false if it does not exist
 * @throws ExitStatus with the plugin's exit code if that is not 0
 */
async function runsPlugin(call: PluginCall, cli: ProcessCli): Promise<boolean> {
  const { runPlugin } = await import('./cli/plugins/run.ts')
  const exitCode = await runPlugin(call, builtins(), cli)
  if (exitCode !== undefined && exitCode !== 0) throw new ExitStatus(exitCode)
  return exitCode !== undefined
}

/** Completes a line for a completion script (src/cli/completion). Words after a plugin's name are left to the plugin. */
async function complete(request: string, line: readonly string[], outer: ProcessCli): Promise<void> {
  if (line.length === 0) throw new ExitStatus(1, 'requires at least 1 arg(s), only received 0')
  const { cli, words } = cliForLine(line, outer)
  try {
    const [name] = words
    if (name !== undefined && mayBePlugin(name, commandTable)) {
      const { runPlugin } = await import('./cli/plugins/run.ts')
      const call = { name, argv: [COMPLETE, ...words, line.at(-1) ?? ''], isHelp: false, env: {} }
      if ((await runPlugin(call, builtins(), cli)) !== undefined) return
    }
    const { complete: completionOf } = await import('./cli/completion/complete.ts')
    const { completionOutput } = await import('./cli/completion/output.ts')
    const globals = globalFlagSet(defaultConfigDir(process.env))
    const withSummaries = request === COMPLETE
    const { stdout, stderr } = await completionOutput(withSummaries, () =>
      completionOf(line, commandTable, globals, cli),
    )
    outer.out.write(stdout)
    outer.err.write(stderr)
  } finally {
    await cli.close()
  }
}

/**
 * Applies the global flags of a line that is completed, since they may select another daemon. @returns also the words
 * after them, without the last one
 */
function cliForLine(line: readonly string[], outer: ProcessCli): { cli: ProcessCli; words: readonly string[] } {
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
    const { showCommandHelp } = await import('./cli/help/show-help.ts')
    showCommandHelp(target, { texts: Command, grammar: error.facts }, cli.out)
  }
}

rememberProgramName(process)
const words = process.argv.slice(2)
await main(words.join('').includes('\ufffd') ? await readBytesOf(words) : words)
