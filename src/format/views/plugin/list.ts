import type { EnginePlugin } from '../../../domain/plugin/engine-plugin.ts'
import { truncateId, truncateText } from '../../text/truncate.ts'
import type { Field, RowOptions } from '../field.ts'
import type { ListKind } from '../list.ts'

const DESCRIPTION_WIDTH = 45

/** The fields of `plugin ls` (docker/cli plugin.pluginContext). */
const pluginFields = {
  ID: { header: 'ID', text: ({ Id = '' }, { truncate }) => (truncate ? truncateId(Id) : Id) },
  Name: { header: 'NAME', text: ({ Name = '' }) => Name },
  Description: { header: 'DESCRIPTION', text: description },
  Enabled: { header: 'ENABLED', isBool: true, text: ({ Enabled = false }) => String(Enabled) },
  PluginReference: { header: 'IMAGE', text: ({ PluginReference = '' }) => PluginReference },
} as const satisfies Record<string, Field<EnginePlugin>>

function description({ Config }: EnginePlugin, { truncate }: RowOptions): string {
  const line = (Config?.Description ?? '').replaceAll(/[\r\n]/g, '')
  return truncate ? truncateText(line, DESCRIPTION_WIDTH) : line
}

export const pluginList: ListKind<EnginePlugin> = {
  listing: {
    typeName: '*plugin.pluginContext',
    fields: pluginFields,
    internals: (p, { truncate: trunc }) => ({ trunc, p }),
  },
  columns: [pluginFields.ID, pluginFields.Name, pluginFields.Description, pluginFields.Enabled],
  quiet: 'ID',
  raw: {
    format: 'plugin_id: {{.ID}}\nname: {{.Name}}\ndescription: {{.Description}}\nenabled: {{.Enabled}}\n',
    quiet: 'plugin_id: {{.ID}}',
  },
}
