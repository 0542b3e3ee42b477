import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigFile } from '../../config/config-file.ts'

/** What the file names of plugins begin with. */
const PREFIX = 'docker-'

/** Where packages install plugins (docker/cli cli-plugins/manager, defaultSystemPluginDirs). */
const SYSTEM_DIRECTORIES = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map((parent) =>
  join(parent, 'docker/cli-plugins'),
)

/** The directories that plugins are looked for in, the first one first. */
function pluginDirectories({ dir, data }: ConfigFile): string[] {
  const extra = Array.isArray(data.cliPluginsExtraDirs) ? data.cliPluginsExtraDirs : []
  return [
    ...extra.filter((directory) => typeof directory === 'string'),
    join(dir, 'cli-plugins'),
    ...SYSTEM_DIRECTORIES,
  ]
}

/** The first file that could be the plugin of this name. */
export function pluginPath(name: string, config: ConfigFile): string | undefined {
  return pluginDirectories(config)
    .map((directory) => join(directory, PREFIX + name))
    .find((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
}

/** Every file that looks like a plugin, by the plugin's name; of one name, the file that counts comes first. */
export function pluginPaths(config: ConfigFile): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const directory of pluginDirectories(config)) {
    for (const entry of entriesOf(directory)) {
      if (!entry.name.startsWith(PREFIX) || !(entry.isFile() || entry.isSymbolicLink())) continue
      const name = entry.name.slice(PREFIX.length)
      found.set(name, [...(found.get(name) ?? []), join(directory, entry.name)])
    }
  }
  return found
}

/** Nothing of a directory that cannot be read: nobody needs to have plugins. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}
