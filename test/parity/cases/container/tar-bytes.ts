import { padding, TAR_END, type TarEntry, tarHeader } from '../../../../src/archive/tar-header.ts'

/** A file of an archive: the relevant fields of its header and its content. */
export type TarFile = Partial<Omit<TarEntry, 'size'>> & Pick<TarEntry, 'name'> & { readonly content?: string }

/** Returns an archive as daemons send it. */
export function tarBytes(files: readonly TarFile[]): Buffer {
  const entries = files.flatMap(({ content = '', ...entry }) => {
    const bytes = Buffer.from(content)
    const isDirectory = entry.name.endsWith('/')
    const header = tarHeader({
      type: isDirectory ? 'directory' : 'file',
      mode: isDirectory ? 0o755 : 0o644,
      mtime: 1_500_000_000,
      ...entry,
      size: bytes.length,
    })
    return [header, bytes, Buffer.alloc(padding(bytes.length))]
  })
  return Buffer.concat([...entries, TAR_END])
}
