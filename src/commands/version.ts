import { BUILD_COMMIT, BUILD_TIME, CLIENT_VERSION, RUNTIME } from '../cli/build-info.ts'
import { DockerCommand } from '../cli/command.ts'
import { requireWritten } from '../cli/io/streams.ts'
import type { ClientVersion } from '../domain/system/version.ts'
import { CLIENT_API_VERSION } from '../engine/negotiation.ts'
import { objectFormat } from '../flags/shared.ts'
import { versionView } from '../format/views/system/version.ts'

export default class Version extends DockerCommand {
  static override summary = 'Show the versions of client and daemon'
  static override examples = [
    { description: 'Show the versions of client and daemon', command: 'tug version' },
    { description: 'Print the API version of the daemon', command: "tug version --format '{{.Server.APIVersion}}'" },
  ]
  static override flags = { format: objectFormat() }

  async run(): Promise<void> {
    const { flags } = await this.read(Version)
    const { engine, out } = this.cli
    const view = await versionView(flags.format)
    const [result] = await Promise.allSettled([engine.system.version()])
    const { output, problem } = view.render(
      await this.#client(),
      result.status === 'fulfilled' ? result.value : undefined,
    )
    out.write(output)
    if (result.status === 'rejected') throw result.reason
    if (problem) throw problem
    requireWritten(out)
  }

  async #client(): Promise<ClientVersion> {
    const { engine, platform, contextName } = this.cli
    return {
      version: CLIENT_VERSION,
      apiVersion: await engine.apiVersion(),
      defaultApiVersion: CLIENT_API_VERSION,
      gitCommit: BUILD_COMMIT,
      goVersion: RUNTIME,
      os: platform.os,
      arch: platform.architecture,
      buildTime: BUILD_TIME,
      context: contextName,
    }
  }
}
