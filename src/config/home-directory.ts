import { homedir } from 'node:os'

/**
 * Returns the user's home directory: HOME, else that of the user's account.
 *
 * A user without both, as in a container with an arbitrary user id, has `/`, which is what container engines set HOME to
 * then. docker reads `.docker` in the working directory instead, whose owner could name programs in it.
 */
export function homeDirectory(env: Readonly<Record<string, string | undefined>>): string {
  if (env.HOME) return env.HOME
  try {
    return homedir()
  } catch {
    return '/'
  }
}
