import { type BytePath, bytePath } from './byte-path.ts'
import { type Rename, renameEntry } from './copy-path.ts'
import { padding, paxHeader, TAR_END, writeChecksum } from './tar-header.ts'
import { type ArchiveFile, readTar } from './tar-reader.ts'

const NAME = { at: 0, size: 100 }
const PREFIX = { at: 345, size: 155 }
const MAGIC_AT = 257
const USTAR = Buffer.from('ustar\0')

/**
 * Renames the entries of an archive while it is transferred, one after the other. Everything else about an entry stays as it
 * is: its owner, modes, times, extended attributes and content.
 * @throws Error with Go's message for an archive that is malformed or cut
 */
export async function* renameTar(
  archive: AsyncIterable<Uint8Array>,
  renames: readonly Rename[],
): AsyncGenerator<Buffer> {
  const changes = renames.map(({ from, to }) => ({ from: bytePath(from), to: bytePath(to) }))
  const rename = (name: BytePath) => changes.reduce(renameEntry, name)
  for await (const file of readTar(archive)) {
    yield renamedHeader(file, rename)
    yield* file.content()
    yield Buffer.alloc(padding(file.entry.size))
  }
  yield TAR_END
}

/** Returns the header blocks of an entry. PAX records have the new name, because it may not fit into the header. */
function renamedHeader({ entry, header, paxRecords }: ArchiveFile, rename: (name: BytePath) => BytePath): Buffer {
  const name = rename(entry.name)
  const linkName = entry.type === 'link' ? rename(entry.linkName) : entry.linkName
  const records = new Map([
    ...paxRecords,
    ['path', name],
    ...(linkName === '' ? [] : ([['linkpath', linkName]] as const)),
  ])
  const renamed = Buffer.from(header)
  renamed.fill(0, NAME.at, NAME.at + NAME.size)
  renamed.write(name, NAME.at, NAME.size, 'latin1')
  // In GNU's format, other values are in the place of the prefix.
  if (header.subarray(MAGIC_AT, MAGIC_AT + USTAR.length).equals(USTAR)) {
    renamed.fill(0, PREFIX.at, PREFIX.at + PREFIX.size)
  }
  writeChecksum(renamed)
  return Buffer.concat([paxHeader(name, records), renamed])
}
