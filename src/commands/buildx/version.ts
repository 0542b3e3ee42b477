import { BUILD_COMMIT, BUILDX_VERSION } from '../../cli/build-info.ts'
import { DockerCommand } from '../../cli/command.ts'

export default class BuildxVersion extends DockerCommand {
  static override summary = 'Show the version of buildx whose commands tug has'
  static override examples = [{ description: 'Show the version of buildx', command: 'tug buildx version' }]
  static override synopsis = ''

  async run(): Promise<void> {
    await this.read(BuildxVersion)
    // Programs take the second word for the version.
    this.cli.out.write(`github.com/docker/buildx ${BUILDX_VERSION} ${BUILD_COMMIT}\n`)
  }
}
