import { BuildCommand } from '../../actions/image/build-command.ts'
import { type ChosenBuilder, chooseBuilder } from '../../builder/builder.ts'
import { objectIn } from '../../domain/json.ts'

export default class ImageBuild extends BuildCommand {
  static override aliases = ['build', 'builder:build']
  static override summary = 'Build an image from a Dockerfile'
  static override examples = [
    {
      description: 'Build the Dockerfile of the working directory and name the image',
      command: 'tug build -t friendlyhello .',
    },
    {
      description: 'Build another Dockerfile with a build argument',
      command: 'tug build -t friendlyhello:test -f Dockerfile.test --build-arg NAME=Gordon .',
    },
    {
      description: 'Build every step again, and print the output of all steps',
      command: 'tug build --no-cache --progress plain -t friendlyhello .',
    },
    {
      description: 'Build a Dockerfile from stdin that needs no other files',
      command: 'tug build -t friendlyhello:slim - < Dockerfile.slim',
    },
    { description: 'List the files that a build would send to the daemon', command: 'tug build --show-context .' },
  ]

  protected override chooseBuilder(): Promise<ChosenBuilder> {
    const { env, config, engine } = this.cli
    return chooseBuilder({
      dockerBuildKit: env.DOCKER_BUILDKIT ?? '',
      isAliased: 'builder' in objectIn(config.data, 'aliases'),
      fetchOsType: async () => (await engine.facts()).osType,
    })
  }
}
