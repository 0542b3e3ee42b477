import type { ConfigFile } from '../../config/config-file.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import type { Plugin } from '../../domain/system/plugin.ts'
import { pluginPaths } from './directories.ts'
import { readPlugin } from './metadata.ts'

/** Every plugin there is, usable or not, in the order of their names. Starts each program to ask what it is. */
export async function listPlugins(config: ConfigFile, builtins: readonly string[]): Promise<Plugin[]> {
  const asked = [...pluginPaths(config)].map(async ([name, [path = '', ...shadowed]]): Promise<Plugin> => {
    const plugin = await readPlugin(name, path, builtins)
    return shadowed.length === 0 ? plugin : { ...plugin, ShadowedPaths: shadowed }
  })
  return (await Promise.all(asked)).sort((a, b) => compareNaturally(a.Name, b.Name))
}
