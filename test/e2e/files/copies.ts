/** Sources and destinations of copies: names in a small tree that exists on both sides. */
const sources: readonly string[] = ['f', 'd', 'd/.', 'lf', 'ld', 'ld/', '-L ld']
const destinations: readonly string[] = ['', 'd', 'f', 'lf', 'ld', 'new', 'new/']

/** Creates the tree with commands that busybox has. The times of files are fixed so that they can be compared. */
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

/** Lists a directory: name, type, mode, owner and links, and for files size and time, which are fixed. */
export const LIST_TREE = [
  'find . -type f -exec stat -c "%n %a %u:%g %h %s %Y" {} +',
  'find . -type d -exec stat -c "%n/ %a %u:%g" {} +',
  'find . -type l -exec stat -c "%N" {} + | tr -d "\'"',
].join('; ')

export interface Copy {
  /** The separate directory of this copy on both sides. */
  readonly directory: string
  readonly line: string
}

/**
 * Returns copies of every source to every destination.
 * @param from the prefix of sources: a local path, or one in the container
 * @param to returns the prefix of destinations in a directory
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
