import { messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { openWeb, readWhole, type WebStream } from '../../registry/http-client.ts'
import { sendFollowingRedirects } from '../../registry/redirects.ts'
import { loginHeaders, redactUrl, splitCredentials } from '../../registry/url-credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The download of a Dockerfile or an archive. */
export interface Download {
  readonly bytes: AsyncIterable<Uint8Array>
  /** The size in bytes; undefined when the server does not send it. */
  readonly size: number | undefined
}

/**
 * Starts to download a build context. Credentials in the URL are sent to its own origin only, not where it redirects.
 * @throws Error with docker's text, such as `unable to download remote context URL: failed to GET …`
 */
export async function download(
  url: string,
  { env, signal }: { readonly env: Environment; readonly signal?: AbortSignal | undefined },
): Promise<Download> {
  const redactedUrl = redactUrl(url)
  if (!URL.canParse(url)) throw downloadError(redactedUrl, `parse ${goQuote(redactedUrl)}: invalid URL`)
  const stripped = splitCredentials(url)
  const headers = { 'accept-encoding': 'gzip', ...loginHeaders(stripped.credentials) }
  let response: WebStream
  try {
    response = await sendFollowingRedirects(
      { method: 'GET', url: stripped.url, headers, ...(signal ? { signal } : {}) },
      openWeb(env),
    )
  } catch (error) {
    throw downloadError(redactedUrl, `Get ${goQuote(redactedUrl)}: ${messageOf(error)}`)
  }
  if (response.statusCode >= 400) {
    const body = (await readWhole(response)).text.trim()
    throw downloadError(redactedUrl, `failed to GET ${redactedUrl} with status ${response.status}: ${body}`)
  }
  const length = response.header('content-length')
  const isUnencoded = response.header('content-encoding') === ''
  return { bytes: response.body, size: length !== '' && isUnencoded ? Number(length) : undefined }
}

function downloadError(redactedUrl: string, reason: string): Error {
  return new Error(`unable to download remote context ${redactedUrl}: ${reason}`)
}
