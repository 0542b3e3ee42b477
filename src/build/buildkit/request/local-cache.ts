import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CacheEntry } from '../solve-request.ts'

/** The caches of a build, without those in folders. */
export interface UsableCaches {
  readonly cacheImports: readonly CacheEntry[]
  readonly cacheExports: readonly CacheEntry[]
}

/**
 * Caches in folders of this machine are not served: one that is not there does no harm, as with docker, any other is
 * refused.
 * @param warn told, in buildx's words, of a folder that holds no cache
 * @throws Error for a cache in a folder
 */
export function withoutFolders(
  { cacheImports, cacheExports }: UsableCaches,
  warn: (message: string) => void,
): UsableCaches {
  for (const { type } of cacheExports) {
    if (type === 'local') throw new Error('local cache exporter is not supported: caches in folders are not served')
  }
  for (const cache of cacheImports.filter(({ type }) => type === 'local')) refuse(cache, warn)
  return { cacheImports: cacheImports.filter(({ type }) => type !== 'local'), cacheExports }
}

function refuse({ attributes: { src = '' } }: CacheEntry, warn: (message: string) => void): void {
  if (src === '') throw new Error('local cache importer requires src')
  const missing = missingIn(src)
  if (missing === undefined) {
    throw new Error(`local cache importer is not supported: caches in folders are not served (${src})`)
  }
  warn(`local cache import at ${src} not found due to err: ${missing}`)
}

/** What buildx misses in a folder that holds no cache; undefined where nothing is missing. */
function missingIn(folder: string): string | undefined {
  const missing = (what: string, path: string) => `could not ${what} ${path}: open ${path}: no such file or directory`
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return missing('lock', join(folder, 'index.json.lock'))
  return existsSync(join(folder, 'index.json')) ? undefined : missing('read', join(folder, 'index.json'))
}
