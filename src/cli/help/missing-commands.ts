/** The groups of docker's commands that tug does not have. */
export const NOT_HERE: ReadonlySet<string> = new Set(['plugin', 'stack', 'trust'])

/** What to say of a word that names no command here, but does to docker; empty for any other. */
export function notHere(word: string): string {
  return NOT_HERE.has(word) ? `tug does not have docker's "${word}" commands; call docker itself for them` : ''
}
