import { type Int64, parseDecimalInt } from '../go/int.ts'

export interface RestartPolicy {
  readonly Name: string
  readonly MaximumRetryCount: Int64
}

/**
 * Parses `no`, `always`, `unless-stopped` or `on-failure[:max-retries]`. The daemon checks the name.
 * @throws Error with docker's reason
 */
export function parseRestartPolicy(text: string): RestartPolicy {
  const colon = text.indexOf(':')
  if (colon < 0) return { Name: text, MaximumRetryCount: 0 }
  const name = text.slice(0, colon)
  const count = text.slice(colon + 1)
  if (name === '') throw new Error('invalid restart policy format: no policy provided before colon')
  const retries = parseDecimalInt(count || '0', 'int64')
  if (typeof retries === 'string') {
    throw new Error('invalid restart policy format: maximum retry count must be an integer')
  }
  return { Name: name, MaximumRetryCount: retries }
}
