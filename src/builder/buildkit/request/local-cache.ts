import { mkdirSync, statSync } from 'node:fs'
import { messageOf } from '../../../domain/errors.ts'
import { pathError } from '../../go-error.ts'
import { addToLayout, findInLayout } from '../content/layout-index.ts'
import { parsedJson } from '../loose-json.ts'
import type { Attributes, CacheEntry, ContentDirectory } from '../solve-request.ts'
import { prefixesOf } from './directories.ts'
import { sortedEntries } from './fields.ts'

const LATEST = 'latest'
const NOTHING_NAMED = 'local cache importer requires either explicit digest, "latest" tag or custom tag on index.json'

/** The caches of a build, and the directories of this machine that some of them are in. */
export interface OpenCaches {
  readonly cacheImports: readonly CacheEntry[]
  readonly cacheExports: readonly CacheEntry[]
  /** By the names that the daemon has for them. */
  readonly stores: Readonly<Record<string, ContentDirectory>>
}

/**
 * Finds the caches that are in directories: what is to be imported, and makes the directories to export to. An import that is
 * not there is left out.
 * @param warn told, in buildx's words, of what is left out
 * @throws Error in buildx's words
 */
export function openCaches(
  { cacheImports, cacheExports }: Pick<OpenCaches, 'cacheImports' | 'cacheExports'>,
  warn: (message: string) => void,
): OpenCaches {
  const exported = cacheExports.filter(isLocal).map(exportDirectory)
  checkRegistries(cacheExports, 'exporter')
  const imports = cacheImports.flatMap((cache) => (isLocal(cache) ? foundImport(cache, warn) : [cache]))
  checkRegistries(cacheImports, 'importer')
  const imported = imports.filter(isLocal).map(({ attributes: { src = '' } }) => src)
  return {
    cacheImports: imports,
    cacheExports,
    stores: Object.fromEntries([
      ...imported.map((path) => [`local:${path}`, { path, isWritable: false }]),
      ...exported.map((path) => [`local:${path}`, { path, isWritable: true }]),
    ]),
  }
}

/** Lists what was exported in the directories that it was exported to. @throws Error in buildx's words */
export async function listExported(cacheExports: readonly CacheEntry[], response: Attributes): Promise<void> {
  const descriptor = parsedJson(response['cache.manifest'] ?? '')
  if (typeof descriptor !== 'object' || descriptor === null) return
  for (const { attributes } of cacheExports.filter(isLocal)) {
    await addToLayout(attributes.dest ?? '', descriptor, attributes.tag ?? LATEST)
  }
}

function isLocal({ type }: CacheEntry): boolean {
  return type === 'local'
}

function exportDirectory({ attributes: { dest = '' } }: CacheEntry): string {
  if (dest === '') throw new Error('local cache exporter requires dest')
  const inTheWay = prefixesOf(dest).find(isNoDirectory)
  if (inTheWay !== undefined) throw new Error(`mkdir ${inTheWay}: not a directory`)
  try {
    mkdirSync(dest, { recursive: true })
  } catch (error) {
    throw pathError('mkdir', dest, error)
  }
  return dest
}

function isNoDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false
}

function foundImport({ type, attributes }: CacheEntry, warn: (message: string) => void): CacheEntry[] {
  const { src = '', tag = LATEST } = attributes
  if (src === '') throw new Error('local cache importer requires src')
  let { digest } = attributes
  try {
    digest ||= findInLayout(src, tag)
  } catch (error) {
    warn(`local cache import at ${src} not found due to err: ${messageOf(error)}`)
    return []
  }
  if (!digest) throw new Error(NOTHING_NAMED)
  return [{ type, attributes: Object.fromEntries(sortedEntries({ ...attributes, digest })) }]
}

function checkRegistries(caches: readonly CacheEntry[], use: 'exporter' | 'importer'): void {
  const isNameless = caches.some(({ type, attributes }) => type === 'registry' && !attributes.ref)
  if (isNameless) throw new Error(`registry cache ${use} requires ref`)
}
