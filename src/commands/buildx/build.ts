import { BuildCommand } from '../../actions/image/build-command.ts'
import type { ChosenBuilder } from '../../builder/builder.ts'

export default class BuildxBuild extends BuildCommand {
  static override aliases = ['buildx:b']
  static override summary = 'Build an image with BuildKit, whatever DOCKER_BUILDKIT says'
  static override examples = [
    {
      description: 'Build the Dockerfile of the working directory and name the image',
      command: 'tug buildx build -t friendlyhello .',
    },
  ]

  protected override async chooseBuilder(): Promise<ChosenBuilder> {
    return { kind: 'buildkit', isEnforced: true, notice: '' }
  }
}
