import { homedir } from 'node:os'
import { join } from 'node:path'

/** Returns the directory for files that take minutes to create: `$TUG_ENGINE_CACHE`, else `~/.cache/tug/engines`. */
export function cacheDirectory(): string {
  return process.env.TUG_ENGINE_CACHE || join(homedir(), '.cache', 'tug', 'engines')
}
