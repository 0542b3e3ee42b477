/** Finds the files of a container that match a pattern, without running anything in it. */
import { displayPath } from '../../archive/byte-path.ts'
import { readTar } from '../../archive/tar-reader.ts'
import { parseCopyPattern } from '../../domain/container/copy-pattern.ts'
import { basePath, cleanPath, relativePath } from '../../domain/go/path.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import type { ContainerPath, CopyEnvironment } from './copy-ends.ts'

/** The size of an archive in bytes up to which its names are read. */
const MAX_ARCHIVE = 4 * 1024 ** 3
const MAX_MATCHES = 10_000

/**
 * Returns the paths in a container that match a pattern, sorted; none for a path without wildcards. Only the archive of the
 * directory in front of the wildcards has the names, so it is read and its contents are dropped. Links to directories are
 * followed in front of the wildcards, but not where a wildcard stands.
 * @throws EngineError, ConnectionError, Error when the directory is too large
 */
export async function expandPattern(
  { container, path }: ContainerPath,
  { connection, signal }: Pick<CopyEnvironment, 'connection' | 'signal'>,
): Promise<string[]> {
  const pattern = parseCopyPattern(path)
  if (pattern === undefined) return []
  const finished = new AbortController()
  try {
    const { archive } = await new ContainerArchiveApi(connection).copyFrom({
      container,
      path: `${pattern.directory}/.`.replace('//', '/'),
      signal: AbortSignal.any([signal, finished.signal]),
    })
    const source = `"${container}:${path}"`
    const matches = new Set<string>()
    const ownName = `/${basePath(pattern.directory)}`
    let root: string | undefined
    for await (const { entry } of readTar(limited(archive, source))) {
      const name = cleanPath(`/${displayPath(entry.name)}`)
      // docker's archive begins with the directory itself, under a name that depends on the version; podman's lacks it.
      root ??= entry.type === 'directory' && name === ownName ? name : '/'
      const match = pattern.pathOf(relativePath(root, name))
      if (match === undefined || (pattern.isForDirectories && entry.type !== 'directory')) continue
      matches.add(match)
      if (matches.size > MAX_MATCHES) throw new Error(`${source} matches more than ${MAX_MATCHES} files`)
    }
    return [...matches].sort()
  } finally {
    // Ends the response if the archive was not read to its end.
    finished.abort()
  }
}

/** Yields the bytes of an archive up to a limit. @throws Error beyond it */
async function* limited(archive: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of archive) {
    size += chunk.length
    if (size > MAX_ARCHIVE) throw new Error(`${source} cannot be expanded: its directory holds more than 4 GiB`)
    yield chunk
  }
}
