import { credentialsFor } from '../actions/registry/registry-auth.ts'
import { withRegistryHint } from '../actions/registry/registry-hint.ts'
import { DockerCommand } from '../cli/command.ts'
import { displayFor } from '../cli/io/list-format.ts'
import { DOCKER_HUB, encodeRegistryAuth, INDEX_SERVER, searchAuthKey } from '../domain/registry/registry.ts'
import { one } from '../flags/arg.ts'
import { bool, int } from '../flags/flag.ts'
import { filters, listFormat } from '../flags/shared.ts'
import { printable } from '../format/output.ts'
import { listView } from '../format/views/list.ts'
import { searchList } from '../format/views/registry/search.ts'

export default class Search extends DockerCommand {
  static override summary = 'Search a registry for images'
  static override description =
    'Search a registry for images.\nTERM may begin with a registry, which defaults to Docker Hub.'
  static override examples = [
    {
      description: 'Search the registry that the term begins with',
      command: 'tug search localhost:5000/friendlyhello',
    },
    {
      description: 'List at most five images with three stars or more',
      command: 'tug search --filter stars=3 --limit 5 localhost:5000/hello',
    },
    {
      description: 'Print only names and stars',
      command: "tug search --format '{{.Name}} {{.StarCount}}' localhost:5000/hello",
    },
  ]
  static override synopsis = '[OPTIONS] TERM'
  static override args = { term: one('TERM') }
  static override flags = {
    filter: filters(),
    format: listFormat(),
    limit: int({ summary: 'Maximum number of results' }),
    'no-trunc': bool({ summary: 'Do not truncate output' }),
  }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(Search)
    const { engine, out, err, now } = this.cli
    const { filter, format, limit } = flags
    const noTrunc = flags['no-trunc']
    const view = await listView(searchList, { format, noTrunc }, displayFor(this.cli, format, noTrunc || format !== ''))
    if ('is-automated' in filter) err.write(IS_AUTOMATED_DEPRECATED)
    const server = searchAuthKey(args.term)
    const auth = encodeRegistryAuth(await credentialsFor(server, this.cli))
    const request = { term: args.term, limit, filters: filter, auth }
    const registry = server === INDEX_SERVER ? DOCKER_HUB : server
    const results = await withRegistryHint(registry, () => engine.images.search(request))
    out.write(printable(view.render(results, now())))
  }
}

const IS_AUTOMATED_DEPRECATED =
  'WARNING: the "is-automated" filter is deprecated, and searching for "is-automated=true" will not yield any results in future.\n'
