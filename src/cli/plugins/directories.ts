import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigFile } from '../../config/config-file.ts'

/** The prefix of plugins' file names. */
const PREFIX = 'docker-'

/** The directories that packages install plugins in (docker/cli cli-plugins/manager, defaultSystemPluginDirs). */
const SYSTEM_DIRECTORIES = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map((parent) =>
  join(parent, 'docker/cli-plugins'),
)

/** Returns the directories to search for plugins, in order of precedence. */
function pluginDirectories({ dir, data }: ConfigFile): string[] {
  const extra = Array.isArray(data.cliPluginsExtraDirs) ? data.cliPluginsExtraDirs : []
  return [
    ...extra.filter((directory) => typeof directory === 'string'),
    join(dir, 'cli-plugins'),
    ...SYSTEM_DIRECTORIES,
  ]
}

/** Returns the path of the plugin with this name; undefined if there is none. */
export function pluginPath(name: string, config: ConfigFile): string | undefined {
  return pluginDirectories(config)
    .map((directory) => join(directory, PREFIX + name))
    .find(exists)
}

/** Returns the files of all plugins by name. If a name has several files, the first one is used. */
export function pluginPaths(config: ConfigFile): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const directory of pluginDirectories(config)) {
    for (const entry of entriesOf(directory)) {
      if (!entry.name.startsWith(PREFIX) || !isCandidate(entry, directory)) continue
      const name = entry.name.slice(PREFIX.length)
      found.set(name, [...(found.get(name) ?? []), join(directory, entry.name)])
    }
  }
  return found
}

/** Returns whether an entry can be a plugin. As in docker 29, links whose target is missing are ignored. */
function isCandidate(entry: Dirent, directory: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile()
  return exists(join(directory, entry.name))
}

/** Returns whether a path exists, after following links. */
function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // A link to itself, or a directory that cannot be searched.
    return false
  }
}

/** Returns the entries of a directory; none if it cannot be read, because plugins are optional. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}
