import type { ConfigFile } from '../../config/config-file.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import type { Plugin } from '../../domain/system/plugin.ts'
import { pluginPaths } from './directories.ts'
import { readPlugin } from './metadata.ts'

/** Lists all plugins, valid or not, sorted by name. It runs each of them to read its metadata. */
export async function listPlugins(config: ConfigFile, builtins: readonly string[]): Promise<Plugin[]> {
  const plugins = [...pluginPaths(config)].map(async ([name, [path = '', ...shadowed]]): Promise<Plugin> => {
    const plugin = await readPlugin(name, path, builtins)
    return shadowed.length === 0 ? plugin : { ...plugin, ShadowedPaths: shadowed }
  })
  return (await Promise.all(plugins)).sort((a, b) => compareNaturally(a.Name, b.Name))
}
