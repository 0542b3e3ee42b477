import { messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { openWeb, readWhole, type WebStream } from '../../registry/http-client.ts'
import { sendFollowingRedirects } from '../../registry/redirects.ts'
import { loginHeaders, redactUrl, splitCredentials } from '../../registry/url-credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A Dockerfile or an archive that is being downloaded. */
export interface Download {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Bytes; undefined when the server does not say. */
  readonly size: number | undefined
}

/**
 * Starts to download a build context. A name and password in the URL are for its own origin, wherever it redirects.
 * @throws Error with docker's text, such as `unable to download remote context URL: failed to GET …`
 */
export async function download(
  url: string,
  { env, signal }: { readonly env: Environment; readonly signal?: AbortSignal | undefined },
): Promise<Download> {
  const shown = redactUrl(url)
  if (!URL.canParse(url)) throw downloadError(shown, `parse ${goQuote(shown)}: invalid URL`)
  const clean = splitCredentials(url)
  const headers = { 'accept-encoding': 'gzip', ...loginHeaders(clean.credentials) }
  let response: WebStream
  try {
    response = await sendFollowingRedirects(
      { method: 'GET', url: clean.url, headers, ...(signal ? { signal } : {}) },
      openWeb(env),
    )
  } catch (error) {
    throw downloadError(shown, `Get ${goQuote(shown)}: ${messageOf(error)}`)
  }
  if (response.statusCode >= 400) {
    const said = (await readWhole(response)).text.trim()
    throw downloadError(shown, `failed to GET ${shown} with status ${response.status}: ${said}`)
  }
  const length = response.header('content-length')
  const isAsSent = response.header('content-encoding') === ''
  return { bytes: response.body, size: length !== '' && isAsSent ? Number(length) : undefined }
}

function downloadError(shown: string, reason: string): Error {
  return new Error(`unable to download remote context ${shown}: ${reason}`)
}
