/** How a build is shown. */
export type ProgressMode = 'tty' | 'plain' | 'rawjson' | 'quiet'

/**
 * What `--progress` means here: `auto` is what BUILDKIT_PROGRESS says, else `tty` on a terminal and `plain` off it.
 * @throws Error with docker's reason for what it does not know, and for `tty` off a terminal
 */
export function progressMode(flag: string, environment: string | undefined, isTerminal: boolean): ProgressMode {
  const wanted = flag === 'auto' && environment ? environment : flag
  switch (wanted) {
    case '':
    case 'auto':
      return isTerminal ? 'tty' : 'plain'
    case 'tty':
      if (!isTerminal) throw new Error('failed to get console: provided file is not a console')
      return wanted
    case 'plain':
    case 'rawjson':
    case 'quiet':
      return wanted
    default:
      throw new Error(`invalid progress mode ${wanted}`)
  }
}
