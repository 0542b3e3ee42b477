import { homedir } from 'node:os'
import { join } from 'node:path'

/** What costs minutes to make is kept here between runs: `$TUG_ENGINE_CACHE`, else `~/.cache/tug/engines`. */
export function cacheDirectory(): string {
  return process.env.TUG_ENGINE_CACHE || join(homedir(), '.cache', 'tug', 'engines')
}
