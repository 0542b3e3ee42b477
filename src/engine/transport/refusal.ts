import { ConnectionError, EngineError, messageOf } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { verb, WANTS_TLS } from './connection-error.ts'
import type { ResponseHead } from './wire.ts'

/** What daemons written in Go response on their TLS port to somebody who does not speak TLS. */
const PLAIN_TO_TLS = 'Client sent an HTTP request to an HTTPS server'

/**
 * Whether docker's client goes on with a response. It follows no redirect: a GET's own body is then taken for the response,
 * and every other method fails. 304 says that a container already is as asked.
 */
export function isAccepted(method: string, head: ResponseHead): boolean {
  return head.statusCode >= 200 && head.statusCode < 400 && !isUnexpectedRedirect(method, head)
}

function isUnexpectedRedirect(method: string, { statusCode, header }: ResponseHead): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  return [301, 302, 303, 307, 308].includes(statusCode) && header('location') !== ''
}

/**
 * What a refused request says: the daemon's own words, wherever in the response it put them.
 * @param url as messages name it
 */
export function refusal(method: string, head: ResponseHead, body: string, url: string): Error {
  if (isUnexpectedRedirect(method, head)) {
    const asked = `${verb(method)} ${goQuote(head.header('location'))}`
    return new ConnectionError(`error during connect: ${asked}: unexpected redirect in response`)
  }
  const status = `${head.statusCode} ${head.statusText}`
  if (body === '') {
    return new Error(
      `request returned ${status} for API route and version ${url}, check if the server supports the requested API version`,
    )
  }
  if (body.startsWith(PLAIN_TO_TLS)) {
    return new ConnectionError(`Error response from daemon: ${body.trim()}`, WANTS_TLS)
  }
  try {
    return new EngineError(daemonMessage(head, body), head.statusCode)
  } catch (error) {
    return new Error(messageOf(error), { cause: error })
  }
}

/** Why a connection was not handed over; docker's client names the status alone, whatever the response looks like. */
export function refusedUpgrade(head: ResponseHead, body: string): EngineError {
  return new EngineError(isJson(head) && goJsonError(body) !== '' ? '' : daemonMessage(head, body), head.statusCode)
}

/** @throws Error in docker's words for JSON that is none */
function daemonMessage(head: ResponseHead, body: string): string {
  if (!isJson(head)) return body.trim()
  const fault = goJsonError(body)
  if (fault !== '') throw new Error(`Error reading JSON: ${fault}`)
  const parsed: unknown = JSON.parse(body)
  const isObject = typeof parsed === 'object' && parsed !== null
  const message = isObject && 'message' in parsed && typeof parsed.message === 'string' ? parsed.message.trim() : ''
  return message || `API returned a ${head.statusCode} (${reasonOf(head.statusCode)}) but provided no error-message`
}

function isJson(head: ResponseHead): boolean {
  return /^application\/json\s*(;|$)/i.test(head.header('content-type'))
}

function reasonOf(statusCode: number): string {
  return process.getBuiltinModule('node:http').STATUS_CODES[statusCode] ?? ''
}
