/** When to pull an image before a container is created from it. */
export type PullPolicy = 'always' | 'missing' | 'never'

/**
 * Parses the value of `--pull`. Empty text means never.
 * @throws Error with docker's reason
 */
export function parsePullPolicy(text: string): PullPolicy {
  if (text === '') return 'never'
  if (text === 'always' || text === 'missing' || text === 'never') return text
  throw new Error(`invalid pull option: '${text}': must be one of "always", "missing" or "never"`)
}
