/** The hint for a shell that ended at once because nobody could type. */

/** The programs that read commands from stdin when they have no arguments. */
const SHELLS: ReadonlySet<string> = new Set([
  ...['sh', 'bash', 'ash', 'dash', 'zsh', 'fish', 'python', 'python3', 'node', 'irb'],
])

/** Returns the shell that a command starts without arguments; undefined for another command. */
export function shellOf(command: readonly string[]): string | undefined {
  const name = command.at(-1)?.replace(/^.*\//, '')
  // An image may start its shell with another program: `docker-entrypoint.sh node`.
  return command.length <= 2 && name !== undefined && SHELLS.has(name) ? name : undefined
}

/** @param example the command line that keeps stdin open */
export function interactiveAdvice(shell: string, example: string): string {
  return `${shell} ended at once, because its stdin is closed; to type commands, run: ${example}`
}
