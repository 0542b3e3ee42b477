import { type ConfigFile, textAt } from '../../config/config-file.ts'

/** Returns the detach sequence of `--detach-keys` or else of config.json; empty for the default. */
export function selectDetachKeys(flags: { readonly 'detach-keys': string }, config: ConfigFile): string {
  return flags['detach-keys'] || textAt(config.data, 'detachKeys')
}
