import { BUILD_COMMIT, BUILD_TIME, CLIENT_VERSION, RUNTIME } from '../../cli/build-info.ts'
import { DockerCommand } from '../../cli/command.ts'
import { requireWritten } from '../../cli/io/streams.ts'
import { findUsernameInFile } from '../../config/credentials.ts'
import { ConnectionError, describeError, ExitStatus } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { INDEX_SERVER } from '../../domain/registry/registry.ts'
import { CLIENT_API_VERSION } from '../../engine/negotiation.ts'
import { objectFormat } from '../../flags/shared.ts'
import { formatClientInfo, formatDaemonInfo, securityOptionsError } from '../../format/views/system/info.ts'
import { formatDate } from '../../format/views/system/version.ts'

export default class SystemInfo extends DockerCommand {
  static override aliases = ['info']
  static override summary = 'Display system-wide information'
  static override examples = [
    { description: 'Show client, daemon and their settings', command: 'tug info' },
    {
      description: "Print the daemon's version and its storage driver",
      command: "tug info --format '{{.ServerVersion}} {{.Driver}}'",
    },
  ]
  static override flags = { format: objectFormat() }

  async run(): Promise<void> {
    const { flags } = await this.read(SystemInfo)
    if (flags.format !== '') return this.#printFormatted(flags.format)
    const { engine, out, err, config, contextName, isDebugging } = this.cli
    const [result] = await Promise.allSettled([engine.system.info()])
    const plugins = await this.cli.listPlugins()
    out.write(`${formatClientInfo({ version: CLIENT_VERSION, context: contextName, isDebugging, plugins })}\nServer:\n`)
    for (const { Path, Err } of plugins) {
      if (Err !== undefined) err.write(`WARNING: Plugin ${goQuote(Path)} is not valid: ${Err}\n`)
    }
    if (result.status === 'rejected') throw infoError(result.reason)
    out.write(formatDaemonInfo(result.value, isDebugging, findUsernameInFile(config, INDEX_SERVER)))
    for (const warning of result.value.Warnings ?? []) err.write(`${warning}\n`)
    const fault = result.value.OSType === 'linux' ? securityOptionsError(result.value.SecurityOptions ?? []) : ''
    if (fault !== '') throw incompleteError(fault)
  }

  async #printFormatted(format: string): Promise<void> {
    const { engine, out, err } = this.cli
    const { infoTemplate } = await import('../../format/templates/info.ts')
    const { needsDaemon, format: formatInfo } = infoTemplate(format, JSON.stringify(await this.#client()))
    const [result] = await Promise.allSettled([needsDaemon ? engine.system.infoText() : '{}'])
    const failure = result.status === 'rejected' ? describeError(result.reason) : ''
    const isUnreachable = result.status === 'rejected' && result.reason instanceof ConnectionError
    // The daemon's error is a field of the output. A daemon that cannot be reached has none.
    const serverErrors = failure === '' || isUnreachable ? [] : [failure]
    const { output, problem } = formatInfo(result.status === 'fulfilled' ? result.value : '{}', serverErrors)
    if (failure !== '' && (problem || !isUnreachable)) err.write(`${failure}\n`)
    if (output !== undefined) out.write(`${output}\n`)
    if (problem) throw problem
    if (result.status === 'rejected' && isUnreachable) throw result.reason
    requireWritten(out)
  }

  async #client() {
    const { contextName, isDebugging, platform } = this.cli
    return {
      Debug: isDebugging,
      Version: CLIENT_VERSION,
      DefaultAPIVersion: CLIENT_API_VERSION,
      GitCommit: BUILD_COMMIT,
      GoVersion: RUNTIME,
      Os: platform.os,
      Arch: platform.architecture,
      BuildTime: formatDate(BUILD_TIME),
      Context: contextName,
      Plugins: await this.cli.listPlugins(),
    }
  }
}

/** Wraps the daemon's error in docker's message for incomplete output. A connection error stays as it is. */
function infoError(reason: unknown): unknown {
  return reason instanceof ConnectionError ? reason : incompleteError(describeError(reason))
}

function incompleteError(why: string): ExitStatus {
  return new ExitStatus(1, `ERROR: ${why}\nerrors pretty printing info`)
}
