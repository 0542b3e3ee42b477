import { mkdirSync, statSync } from 'node:fs'
import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { pathError } from '../../go-error.ts'
import { parseJson } from '../common/loose-json.ts'
import type { Attributes, CacheEntry, ContentDirectory } from '../common/solve-request.ts'
import { addToLayout, findInLayout } from '../content/layout-index.ts'
import { prefixesOf } from './directories.ts'
import { fieldsOf, keyAndValue, sortedEntries } from './fields.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads `--cache-from` and `--cache-to`: a CSV record with a `type`, or images alone.
 * @throws Error in buildx's words
 */
export function readCaches(texts: readonly string[]): readonly CacheEntry[] {
  return texts
    .filter((text) => text !== '')
    .flatMap((text) => (text.includes('=') ? [readCache(text)] : fieldsOf(text).map(imageCache)))
}

function imageCache(ref: string): CacheEntry {
  return { type: 'registry', attributes: { ref } }
}

function readCache(text: string): CacheEntry {
  const fields = fieldsOf(text)
  let type = ''
  const attributes: Record<string, string> = {}
  for (const field of fields) {
    const [key, value] = keyAndValue(field)
    const name = key.toLowerCase()
    if (name === 'type') type = value
    else attributes[name] = value
  }
  // The slip of the pen is buildx's.
  if (type === '') throw new Error(`type required form> ${goQuote(text)}`)
  return { type, attributes: Object.fromEntries(sortedEntries(attributes)) }
}

/** The caches with the credentials that the environment holds for them; GitHub's is left out where there are none. */
export function withCredentials(caches: readonly CacheEntry[], env: Environment): readonly CacheEntry[] {
  return caches
    .map((cache) =>
      cache.type === 'gha' ? withGithubToken(cache, env) : cache.type === 's3' ? withAwsKeys(cache, env) : cache,
    )
    .filter(({ type, attributes: { token, url, url_v2: newUrl } }) => type !== 'gha' || (token && (url || newUrl)))
}

function withGithubToken({ type, attributes }: CacheEntry, env: Environment): CacheEntry {
  const isNewService =
    attributes.version === '2' || (attributes.version === undefined && env.ACTIONS_CACHE_SERVICE_V2 === 'true')
  return {
    type,
    attributes: {
      ...present({
        token: env.ACTIONS_RUNTIME_TOKEN,
        url_v2: isNewService ? env.ACTIONS_RESULTS_URL : undefined,
        url: env.ACTIONS_CACHE_URL ?? env.ACTIONS_RESULTS_URL,
      }),
      ...attributes,
    },
  }
}

/** The keys that the environment holds; buildx looks into the files of the AWS tools too. */
function withAwsKeys({ type, attributes }: CacheEntry, env: Environment): CacheEntry {
  if (attributes.access_key_id !== undefined && attributes.secret_access_key !== undefined) return { type, attributes }
  return {
    type,
    attributes: {
      ...present({
        access_key_id: env.AWS_ACCESS_KEY_ID,
        secret_access_key: env.AWS_SECRET_ACCESS_KEY,
        session_token: env.AWS_SESSION_TOKEN,
      }),
      ...attributes,
    },
  }
}

function present(map: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

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
 * Finds the caches that are in directories: what is to be imported, and makes the directories to export to. An import
 * that is not there is left out.
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
  const descriptor = parseJson(response['cache.manifest'] ?? '')
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
