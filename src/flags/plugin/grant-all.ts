import { bool, type SwitchFlag } from '../flag.ts'

/** `--grant-all-permissions` of the commands that download a plugin. */
export function grantAll(): SwitchFlag {
  return bool({ summary: 'Grant everything that the plugin requests, without a question' })
}
