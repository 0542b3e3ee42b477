import { BuildCommand } from '../../actions/image/build-command.ts'
import { type ChosenBuilder, chooseBuilder } from '../../builder/builder.ts'
import { objectIn } from '../../domain/json.ts'

export default class ImageBuild extends BuildCommand {
  static override aliases = ['build', 'builder:build']
  static override summary = 'Build an image from a Dockerfile'

  protected override chooseBuilder(): Promise<ChosenBuilder> {
    const { env, config, engine } = this.cli
    return chooseBuilder({
      dockerBuildKit: env.DOCKER_BUILDKIT ?? '',
      isAliased: 'builder' in objectIn(config.data, 'aliases'),
      fetchOsType: async () => (await engine.facts()).osType,
    })
  }
}
