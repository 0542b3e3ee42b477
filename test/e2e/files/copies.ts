/** What can be copied, and where to, on either side: the names of a small tree that both have. */
const sources: readonly string[] = ['f', 'd', 'd/.', 'lf', 'ld', 'ld/', '-L ld']
const destinations: readonly string[] = ['', 'd', 'f', 'lf', 'ld', 'new', 'new/']

/** The tree, made by a shell that may be busybox's; times of files are fixed so that they can be compared. */
export const MAKE_TREE = [
  'mkdir -p d/sub',
  'echo file > f',
  'echo inner > d/a',
  'echo deeper > d/sub/b',
  'chmod 4751 d/a',
  'chmod 700 d/sub',
  'chown 12:34 d/sub/b',
  'ln -s f lf',
  'ln -s d ld',
  'ln -s sub/b d/l',
  'ln d/a d/h',
  'touch -d @1577934245 f d/a d/sub/b',
].join('; ')

/** Lists what a directory holds: name, type, mode, owner, links; size and time of files only, which alone are fixed. */
export const LIST_TREE = [
  'find . -type f -exec stat -c "%n %a %u:%g %h %s %Y" {} +',
  'find . -type d -exec stat -c "%n/ %a %u:%g" {} +',
  'find . -type l -exec stat -c "%N" {} + | tr -d "\'"',
].join('; ')

export interface Copy {
  /** The directory of its own that a copy is made in, on either side. */
  readonly directory: string
  readonly line: string
}

/**
 * Every source to every destination.
 * @param from what comes before a source's name: a path of ours, or one in the container
 * @param to what comes before a destination's, in a directory of its own
 */
export function copies(from: string, to: (directory: string) => string, options = ''): Copy[] {
  return sources.flatMap((source, row) =>
    destinations.map((destination, column) => {
      const directory = `${row}-${column}`
      const [name = '', option = ''] = source.split(' ').reverse()
      const words = ['tug', 'cp', option, options, `${from}${name}`, `${to(directory)}${destination}`]
      return { directory, line: words.filter((word) => word !== '').join(' ') }
    }),
  )
}
