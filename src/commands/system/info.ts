import { BUILD_COMMIT, BUILD_TIME, CLIENT_VERSION, RUNTIME } from '../../cli/build-info.ts'
import { DockerCommand } from '../../cli/command.ts'
import { requireWritten } from '../../cli/io/streams.ts'
import { describeError } from '../../cli/report-error.ts'
import { usernameInFile } from '../../config/credentials.ts'
import { ConnectionError, ExitStatus } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { INDEX_SERVER } from '../../domain/registry/registry.ts'
import { CLIENT_API_VERSION } from '../../engine/connection.ts'
import { objectFormat } from '../../flags/shared.ts'
import { formatClientInfo, formatDaemonInfo, securityOptionsError } from '../../format/views/system/info.ts'
import { formatDate } from '../../format/views/system/version.ts'

export default class SystemInfo extends DockerCommand {
  static override aliases = ['info']
  static override summary = 'Show how the daemon is set up and what it has'
  static override flags = { format: objectFormat() }

  async run(): Promise<void> {
    const { flags } = await this.read(SystemInfo)
    if (flags.format !== '') return this.#printFormatted(flags.format)
    const { engine, out, err, config, contextName, isDebugging } = this.cli
    const [asked] = await Promise.allSettled([engine.system.info()])
    const plugins = await this.cli.listPlugins()
    out.write(`${formatClientInfo({ version: CLIENT_VERSION, context: contextName, isDebugging, plugins })}\nServer:\n`)
    for (const { Path, Err } of plugins) {
      if (Err !== undefined) err.write(`WARNING: Plugin ${goQuote(Path)} is not valid: ${Err}\n`)
    }
    if (asked.status === 'rejected') throw refusal(asked.reason)
    out.write(formatDaemonInfo(asked.value, isDebugging, usernameInFile(config, INDEX_SERVER)))
    for (const warning of asked.value.Warnings ?? []) err.write(`${warning}\n`)
    const fault = asked.value.OSType === 'linux' ? securityOptionsError(asked.value.SecurityOptions ?? []) : ''
    if (fault !== '') throw incomplete(fault)
  }

  async #printFormatted(format: string): Promise<void> {
    const { engine, out, err } = this.cli
    const { infoTemplate } = await import('../../format/templates/info.ts')
    const { needsDaemon, format: formatInfo } = infoTemplate(format, JSON.stringify(await this.#client()))
    const [asked] = await Promise.allSettled([needsDaemon ? engine.system.infoText() : '{}'])
    const failure = asked.status === 'rejected' ? describeError(asked.reason) : ''
    const isUnreachable = asked.status === 'rejected' && asked.reason instanceof ConnectionError
    // What a daemon responds is part of the picture, its refusal too; without a response there is no picture.
    const serverErrors = failure === '' || isUnreachable ? [] : [failure]
    const { output, problem } = formatInfo(asked.status === 'fulfilled' ? asked.value : '{}', serverErrors)
    if (failure !== '' && (problem || !isUnreachable)) err.write(`${failure}\n`)
    if (output !== undefined) out.write(`${output}\n`)
    if (problem) throw problem
    if (asked.status === 'rejected' && isUnreachable) throw asked.reason
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

/** How docker tells that the picture of a daemon is not complete, unless there is no daemon to be seen. */
function refusal(reason: unknown): unknown {
  return reason instanceof ConnectionError ? reason : incomplete(describeError(reason))
}

function incomplete(why: string): ExitStatus {
  return new ExitStatus(1, `ERROR: ${why}\nerrors pretty printing info`)
}
