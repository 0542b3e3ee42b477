import { DockerCommand } from '../../cli/command.ts'
import { parsePrivatePort } from '../../domain/container/port.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one, optional } from '../../flags/arg.ts'
import { formatPublishedAddresses, formatPublishedPorts } from '../../format/views/container/ports.ts'

export default class ContainerPort extends DockerCommand {
  static override aliases = ['port']
  static override summary = 'List the published ports of a container'
  static override examples = [
    { description: 'List all published ports of a container', command: 'tug port web' },
    { description: 'Print the address where one port is published', command: 'tug port web 5000/tcp' },
  ]
  static override synopsis = 'CONTAINER [PRIVATE_PORT[/PROTO]]'
  static override args = { container: one('CONTAINER'), port: optional('PRIVATE_PORT') }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerPort)
    const { container, port } = args
    const ports = await this.cli.engine.containers.publishedPorts(container)
    const lines = port ? formatPublishedAddresses(ports, parsePrivatePort(port)) : formatPublishedPorts(ports)
    if (port && lines.length === 0) {
      throw new ExitStatus(1, `Error: No public port '${port}' published for ${container}`)
    }
    if (lines.length > 0) this.cli.out.write(`${lines.join('\n')}\n`)
  }
}
