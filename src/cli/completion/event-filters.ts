import { DIRECTIVES, type Query, type Source, words } from './completion.ts'
import { containerNames, daemonInfo, imageNames, networkNames, volumeNames } from './object-names.ts'
import { EVENT_ACTIONS, EVENT_FILTERS, EVENT_SCOPES, EVENT_TYPES } from './values.ts'

type ValueList = (query: Query) => readonly string[] | Promise<readonly string[]>

/** How the values of each filter are listed. */
const VALUES: Readonly<Record<string, ValueList>> = {
  container: (query) => containerNames(query, true),
  daemon: daemonNames,
  event: () => EVENT_ACTIONS,
  image: imageNames,
  label: () => [],
  network: networkNames,
  node: hostnames,
  scope: () => EVENT_SCOPES,
  type: () => EVENT_TYPES,
  volume: volumeNames,
}

/** Completes `events --filter`: first `type=`, then `type=container`. */
export const eventFilters: Source = async (query) => {
  const [key = '', ...value] = query.typed.split('=')
  const list = Object.hasOwn(VALUES, key) ? VALUES[key] : undefined
  if (value.length > 0 && list) return words((await list(query)).map((name) => `${key}=${name}`))
  const keys = EVENT_FILTERS.map((name) => `${name}=`)
  return words(keys, value.length > 0 ? DIRECTIVES.NoSpace | DIRECTIVES.NoFileComp : DIRECTIVES.NoSpace)
}

async function daemonNames({ cli }: Query): Promise<string[]> {
  const info = await daemonInfo(cli)
  return info === undefined ? [] : [info.Name ?? '', info.ID ?? '']
}

async function hostnames({ cli }: Query): Promise<string[]> {
  const nodes = await cli.engine.nodes.list({}).catch(() => [])
  return nodes.map(({ Description }) => Description?.Hostname ?? '')
}
