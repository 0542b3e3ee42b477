export interface RestartPolicy {
  readonly Name: string
  readonly MaximumRetryCount: number
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
  if (count !== '' && !isInteger(count)) {
    throw new Error('invalid restart policy format: maximum retry count must be an integer')
  }
  return { Name: name, MaximumRetryCount: count === '' ? 0 : Number(count) }
}

/** Whether Go's `strconv.Atoi` accepts a text. */
function isInteger(text: string): boolean {
  if (!/^[+-]?\d+$/.test(text)) return false
  const number = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, number) === number
}
