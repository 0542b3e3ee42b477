import { endpointFrom } from '../../actions/context/endpoint-settings.ts'
import { DEFAULT_DESCRIPTION, dockerEndpoint, findContext } from '../../actions/context/find-context.ts'
import { DockerCommand } from '../../cli/command.ts'
import {
  checkContextIsNew,
  contextDirectories,
  readTlsFiles,
  type TlsFiles,
  writeContext,
} from '../../config/context-store.ts'
import { checkContextName, DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import { objectIn } from '../../domain/json.ts'
import { one } from '../../flags/arg.ts'
import { contextFlags } from '../../flags/context/endpoint.ts'
import { text, type ValuesOf } from '../../flags/flag.ts'

const flags = { ...contextFlags, from: text({ summary: 'Create the context from another one' }) }

export default class ContextCreate extends DockerCommand {
  static override summary = 'Create a context'
  static override examples = [
    {
      description: 'Create a context for a daemon that is reached with ssh',
      command: 'tug context create build-server --docker host=ssh://deploy@build.example.com',
    },
    {
      description: 'Name the docker on the remote host, where it is not on PATH',
      command: "tug context create nas --docker 'host=ssh://admin@nas.example.com?command=/opt/bin/docker'",
    },
    {
      description: 'Create one for a daemon that is reached with TLS',
      command:
        "tug context create --description 'Test machine' --docker host=tcp://10.0.0.7:2376,ca=ca.pem,cert=cert.pem,key=key.pem test",
    },
  ]
  static override synopsis = '[OPTIONS] CONTEXT'
  static override args = { context: one('CONTEXT') }
  static override flags = flags

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContextCreate)
    const { config, out, err } = this.cli
    const name = args.context
    checkContextName(name)
    checkContextIsNew(config.dir, name)
    const { meta, tls } = this.#metadata(flags)
    await writeContext(
      { name, meta: { Name: name, ...meta }, directories: contextDirectories(config.dir, name) },
      { docker: tls },
    )
    out.write(`${name}\n`)
    err.write(`Successfully created context "${name}"\n`)
  }

  #metadata({ description, docker, from }: ValuesOf<typeof flags>): { meta: object; tls: TlsFiles } {
    const described = description === '' ? {} : { Description: description }
    if (docker.length > 0) {
      if (from !== '') throw new Error('cannot use --docker flag when --from is set')
      const { endpoint, tls } = endpointFrom(docker, this.cli)
      return { meta: { Metadata: described, Endpoints: dockerEndpoint(endpoint) }, tls }
    }
    const source = findContext(from || this.cli.contextName, this.cli)
    const inherited =
      source.name === DEFAULT_CONTEXT ? { Description: DEFAULT_DESCRIPTION } : objectIn(source.meta, 'Metadata')
    const Metadata = { ...inherited, ...described }
    return { meta: { Metadata, Endpoints: objectIn(source.meta, 'Endpoints') }, tls: readTlsFiles(source) }
  }
}
