import { goQuote } from '../../../domain/go/quote.ts'
import type { CacheEntry } from '../solve-request.ts'
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
