/** When an image is pulled before a container is made of it. */
export type PullPolicy = 'always' | 'missing' | 'never'

/** Reads what `--pull` takes; empty never pulls. @throws Error with docker's reason */
export function parsePullPolicy(text: string): PullPolicy {
  if (text === '') return 'never'
  if (text === 'always' || text === 'missing' || text === 'never') return text
  throw new Error(`invalid pull option: '${text}': must be one of "always", "missing" or "never"`)
}
