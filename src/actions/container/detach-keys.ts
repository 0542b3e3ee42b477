import type { ConfigFile } from '../../config/config-file.ts'
import { textIn } from '../../domain/json.ts'

/** Returns the detach sequence of `--detach-keys` or else of config.json; empty for the default. */
export function selectDetachKeys(flags: { readonly 'detach-keys': string }, config: ConfigFile): string {
  return flags['detach-keys'] || textIn(config.data, 'detachKeys')
}
