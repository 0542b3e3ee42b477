/** Converts the error responses of a daemon to errors with docker's messages. */
import { ConnectionError, EngineError, messageOf } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { errorVerb, TLS_HINT } from './connection-error.ts'
import type { ResponseHead } from './wire.ts'

/** The response of daemons written in Go to plain HTTP on their TLS port. */
const PLAIN_HTTP_MESSAGE = 'Client sent an HTTP request to an HTTPS server'

/**
 * Whether docker's client accepts a response. It follows no redirects: those of a GET count as a response, those of
 * other methods as an error. 304 means that a container already is in the requested state.
 */
export function isSuccess(method: string, head: ResponseHead): boolean {
  return head.statusCode >= 200 && head.statusCode < 400 && !isUnexpectedRedirect(method, head)
}

function isUnexpectedRedirect(method: string, { statusCode, header }: ResponseHead): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  return [301, 302, 303, 307, 308].includes(statusCode) && header('location') !== ''
}

/**
 * Returns the error for an error response, with the daemon's own message if there is one.
 * @param url of the request, for the message
 */
export function responseError(method: string, head: ResponseHead, body: string, url: string): Error {
  if (isUnexpectedRedirect(method, head)) {
    const request = `${errorVerb(method)} ${goQuote(head.header('location'))}`
    return new ConnectionError(`error during connect: ${request}: unexpected redirect in response`)
  }
  const status = `${head.statusCode} ${head.statusText}`
  if (body === '') {
    return new Error(
      `request returned ${status} for API route and version ${url}, check if the server supports the requested API version`,
    )
  }
  if (body.startsWith(PLAIN_HTTP_MESSAGE)) {
    return new ConnectionError(`Error response from daemon: ${body.trim()}`, TLS_HINT)
  }
  try {
    return new EngineError(daemonMessage(head, body), head.statusCode)
  } catch (error) {
    return new Error(messageOf(error), { cause: error })
  }
}

/** Returns the error for a refused raw stream. docker's client ignores a body that it cannot parse. */
export function upgradeError(head: ResponseHead, body: string): EngineError {
  return new EngineError(isJson(head) && goJsonError(body) !== '' ? '' : daemonMessage(head, body), head.statusCode)
}

/** Returns the daemon's message. @throws Error with docker's message for malformed JSON */
function daemonMessage(head: ResponseHead, body: string): string {
  if (!isJson(head)) return body.trim()
  const problem = goJsonError(body)
  if (problem !== '') throw new Error(`Error reading JSON: ${problem}`)
  const parsed: unknown = JSON.parse(body)
  const isObject = typeof parsed === 'object' && parsed !== null
  const message = isObject && 'message' in parsed && typeof parsed.message === 'string' ? parsed.message.trim() : ''
  return message || `API returned a ${head.statusCode} (${reasonPhrase(head.statusCode)}) but provided no error-message`
}

function isJson(head: ResponseHead): boolean {
  return /^application\/json\s*(;|$)/i.test(head.header('content-type'))
}

function reasonPhrase(statusCode: number): string {
  return process.getBuiltinModule('node:http').STATUS_CODES[statusCode] ?? ''
}
