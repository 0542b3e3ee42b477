import { codeOf, messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { loginHeaders, redactUrl, splitCredentials } from './url-credentials.ts'

/** A Dockerfile or an archive that is being downloaded. */
export interface Download {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Bytes; undefined when the server does not say. */
  readonly size: number | undefined
}

/**
 * Starts to download a build context.
 * @throws Error with docker's text, such as `unable to download remote context URL: failed to GET …`
 */
export async function download(url: string, signal?: AbortSignal): Promise<Download> {
  const shown = redactUrl(url)
  if (!URL.canParse(url)) throw downloadError(shown, `parse ${goQuote(shown)}: invalid URL`)
  const clean = splitCredentials(url)
  let response: Response
  try {
    response = await fetch(clean.url, { headers: loginHeaders(clean.credentials), ...(signal ? { signal } : {}) })
  } catch (error) {
    throw downloadError(shown, `Get ${goQuote(shown)}: ${reasonOf(error)}`)
  }
  if (response.status >= 400) {
    const said = (await response.text()).trim()
    const status = `${response.status} ${response.statusText}`
    throw downloadError(shown, `failed to GET ${shown} with status ${status}: ${said}`)
  }
  const length = response.headers.get('content-length')
  const isAsSent = response.headers.get('content-encoding') === null
  return { bytes: response.body ?? none(), size: length !== null && isAsSent ? Number(length) : undefined }
}

function downloadError(shown: string, reason: string): Error {
  return new Error(`unable to download remote context ${shown}: ${reason}`)
}

async function* none(): AsyncGenerator<Uint8Array> {}

/** `fetch` says only that it failed; why is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  const { address, port, hostname } = { address: '', port: '', hostname: '', ...(cause instanceof Object ? cause : {}) }
  switch (codeOf(cause)) {
    case 'ECONNREFUSED':
      return `dial tcp ${address}:${port}: connect: connection refused`
    case 'ENOTFOUND':
      return `dial tcp: lookup ${hostname}: no such host`
    default:
      return messageOf(cause)
  }
}
