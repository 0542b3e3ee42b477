import type { ConfigFile } from '../../config/config-file.ts'
import { parseDetachKeys } from '../../domain/container/detach-keys.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { textIn } from '../../domain/json.ts'

/**
 * Returns the detach sequence of `--detach-keys` or else of config.json; empty for the default. It is checked before the
 * first request, as in docker 29: docker 28 leaves that to the daemon, which refuses it when the container exists.
 * @param config undefined when nothing will be attached. Then only a sequence on the command line is checked.
 * @throws ExitStatus with the message of docker 29 (docker/cli cli/command/container/hijack.go)
 */
export function selectDetachKeys(flags: { readonly 'detach-keys': string }, config: ConfigFile | undefined): string {
  const keys = flags['detach-keys'] || (config ? textIn(config.data, 'detachKeys') : '')
  if (keys === '') return ''
  try {
    parseDetachKeys(keys)
  } catch (error) {
    throw new ExitStatus(1, `invalid detach keys (${keys}): ${messageOf(error)}`)
  }
  return keys
}
