import type { Cli } from '../../cli/cli.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import type { SwarmFile } from '../../domain/swarm/file.ts'
import type { SwarmFileApi, SwarmFileKind } from '../../engine/api/swarm-files.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { filters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { type ListKind, listView } from '../../format/views/list.ts'
import { configList, secretList } from '../../format/views/swarm/file.ts'

/** The flags of `secret ls`, `config ls` and `node ls`. */
export const swarmListFlags = {
  filter: filters(),
  format: tableFormat(),
  quiet: bool({ char: 'q', summary: 'Print IDs only' }),
}

const LISTS = {
  secret: { key: 'secretFormat', list: secretList },
  config: { key: 'configFormat', list: configList },
} as const

function apiFor(kind: SwarmFileKind, { engine }: Pick<Cli, 'engine'>): SwarmFileApi {
  return kind === 'secret' ? engine.secrets : engine.configs
}

/** Prints the secrets or the configs of the swarm. @throws FormatError, EngineError, ConnectionError */
export async function printSwarmFiles(
  kind: SwarmFileKind,
  { filter, format: typed, quiet }: ValuesOf<typeof swarmListFlags>,
  cli: Cli,
): Promise<void> {
  const { key, list }: { key: 'secretFormat' | 'configFormat'; list: ListKind<SwarmFile> } = LISTS[kind]
  await printInFormat(cli, key, typed, quiet, async (format) => {
    const view = await listView(list, { format, quiet }, displayFor(cli, format, typed !== ''))
    const files = await apiFor(kind, cli).list(filter)
    files.sort((a, b) => compareNaturally(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))
    cli.out.write(printable(view.render(files, cli.now())))
  })
}
