import { mkdirSync, statSync } from 'node:fs'
import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { pathError } from '../../go-error.ts'
import { parseJson } from '../common/loose-json.ts'
import type { Attributes, CacheEntry, ContentDirectory } from '../common/solve-request.ts'
import { addToLayout, findInLayout } from '../content/layout-index.ts'
import { listPrefixes } from './directories.ts'
import { sortedEntries, splitFields, splitKeyValue } from './fields.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Parses `--cache-from` and `--cache-to`: a CSV record with a `type`, or a list of images.
 * @throws Error with buildx's text
 */
export function parseCaches(texts: readonly string[]): readonly CacheEntry[] {
  return texts
    .filter((text) => text !== '')
    .flatMap((text) => (text.includes('=') ? [parseCache(text)] : splitFields(text).map(createImageCache)))
}

function createImageCache(ref: string): CacheEntry {
  return { type: 'registry', attributes: { ref } }
}

function parseCache(text: string): CacheEntry {
  const fields = splitFields(text)
  let type = ''
  const attributes: Record<string, string> = {}
  for (const field of fields) {
    const [key, value] = splitKeyValue(field)
    const name = key.toLowerCase()
    if (name === 'type') type = value
    else attributes[name] = value
  }
  // The typing error is buildx's.
  if (type === '') throw new Error(`type required form> ${goQuote(text)}`)
  return { type, attributes: Object.fromEntries(sortedEntries(attributes)) }
}

/** Adds credentials from the environment to the caches. A GitHub cache without credentials is left out. */
export function addCredentials(caches: readonly CacheEntry[], env: Environment): readonly CacheEntry[] {
  return caches
    .map((cache) =>
      cache.type === 'gha' ? addGithubToken(cache, env) : cache.type === 's3' ? addAwsKeys(cache, env) : cache,
    )
    .filter(({ type, attributes: { token, url, url_v2: newUrl } }) => type !== 'gha' || (token && (url || newUrl)))
}

function addGithubToken({ type, attributes }: CacheEntry, env: Environment): CacheEntry {
  const isNewService =
    attributes.version === '2' || (attributes.version === undefined && env.ACTIONS_CACHE_SERVICE_V2 === 'true')
  return {
    type,
    attributes: {
      ...omitEmpty({
        token: env.ACTIONS_RUNTIME_TOKEN,
        url_v2: isNewService ? env.ACTIONS_RESULTS_URL : undefined,
        url: env.ACTIONS_CACHE_URL ?? env.ACTIONS_RESULTS_URL,
      }),
      ...attributes,
    },
  }
}

/** Adds the AWS keys of the environment. Unlike buildx, tug does not read the configuration files of the AWS tools. */
function addAwsKeys({ type, attributes }: CacheEntry, env: Environment): CacheEntry {
  if (attributes.access_key_id !== undefined && attributes.secret_access_key !== undefined) return { type, attributes }
  return {
    type,
    attributes: {
      ...omitEmpty({
        access_key_id: env.AWS_ACCESS_KEY_ID,
        secret_access_key: env.AWS_SECRET_ACCESS_KEY,
        session_token: env.AWS_SESSION_TOKEN,
      }),
      ...attributes,
    },
  }
}

function omitEmpty(map: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

const LATEST = 'latest'
const NO_DIGEST = 'local cache importer requires either explicit digest, "latest" tag or custom tag on index.json'

/** The caches of a build, and the local directories that contain some of them. */
export interface PreparedCaches {
  readonly cacheImports: readonly CacheEntry[]
  readonly cacheExports: readonly CacheEntry[]
  /** The directories by the daemon's names for them. */
  readonly stores: Readonly<Record<string, ContentDirectory>>
}

/**
 * Prepares caches in local directories: resolves the digests of imports, and creates the directories of exports. An
 * import that does not exist is left out.
 * @param warn called with buildx's text for each import that is left out
 * @throws Error with buildx's text
 */
export function prepareCaches(
  { cacheImports, cacheExports }: Pick<PreparedCaches, 'cacheImports' | 'cacheExports'>,
  warn: (message: string) => void,
): PreparedCaches {
  const exportPaths = cacheExports.filter(isLocal).map(createExportDirectory)
  checkRegistries(cacheExports, 'exporter')
  const imports = cacheImports.flatMap((cache) => (isLocal(cache) ? resolveImport(cache, warn) : [cache]))
  checkRegistries(cacheImports, 'importer')
  const importPaths = imports.filter(isLocal).map(({ attributes: { src = '' } }) => src)
  return {
    cacheImports: imports,
    cacheExports,
    stores: Object.fromEntries([
      ...importPaths.map((path) => [`local:${path}`, { path, isWritable: false }]),
      ...exportPaths.map((path) => [`local:${path}`, { path, isWritable: true }]),
    ]),
  }
}

/** Adds exported caches to the index files of their directories. @throws Error with buildx's text */
export async function indexExportedCaches(cacheExports: readonly CacheEntry[], response: Attributes): Promise<void> {
  const descriptor = parseJson(response['cache.manifest'] ?? '')
  if (typeof descriptor !== 'object' || descriptor === null) return
  for (const { attributes } of cacheExports.filter(isLocal)) {
    await addToLayout(attributes.dest ?? '', descriptor, attributes.tag ?? LATEST)
  }
}

function isLocal({ type }: CacheEntry): boolean {
  return type === 'local'
}

function createExportDirectory({ attributes: { dest = '' } }: CacheEntry): string {
  if (dest === '') throw new Error('local cache exporter requires dest')
  const obstacle = listPrefixes(dest).find(existsAsFile)
  if (obstacle !== undefined) throw new Error(`mkdir ${obstacle}: not a directory`)
  try {
    mkdirSync(dest, { recursive: true })
  } catch (error) {
    throw pathError('mkdir', dest, error)
  }
  return dest
}

/** Returns whether the path exists and is not a directory. */
function existsAsFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false
}

/** Adds its digest to a local import. Returns no cache, after a warning, when the import does not exist. */
function resolveImport({ type, attributes }: CacheEntry, warn: (message: string) => void): CacheEntry[] {
  const { src = '', tag = LATEST } = attributes
  if (src === '') throw new Error('local cache importer requires src')
  let { digest } = attributes
  try {
    digest ||= findInLayout(src, tag)
  } catch (error) {
    warn(`local cache import at ${src} not found due to err: ${messageOf(error)}`)
    return []
  }
  if (!digest) throw new Error(NO_DIGEST)
  return [{ type, attributes: Object.fromEntries(sortedEntries({ ...attributes, digest })) }]
}

function checkRegistries(caches: readonly CacheEntry[], use: 'exporter' | 'importer'): void {
  const isNameless = caches.some(({ type, attributes }) => type === 'registry' && !attributes.ref)
  if (isNameless) throw new Error(`registry cache ${use} requires ref`)
}
