import { goJsonError } from '../domain/go/json.ts'
import { goQuote } from '../domain/go/quote.ts'
import { memberOf, textIn } from '../domain/json.ts'
import { parseAuthChallenges } from './http-auth.ts'

/** A registry responded with an error. The message is that of docker's client. */
export class RegistryError extends Error {
  override name = 'RegistryRefusal'
  /** Whether docker treats the error as "not found" and tries the registry's next address. */
  readonly isNotFound: boolean

  constructor(message: string, isNotFound: boolean) {
    super(message)
    this.isNotFound = isNotFound
  }
}

/** The specification's message for each code, used if the registry sends none (docker/distribution errcode). */
const CODES: Readonly<Record<string, string>> = {
  UNKNOWN: 'unknown error',
  UNSUPPORTED: 'The operation is unsupported.',
  UNAUTHORIZED: 'authentication required',
  DENIED: 'requested access to the resource is denied',
  UNAVAILABLE: 'service unavailable',
  TOOMANYREQUESTS: 'too many requests',
  DIGEST_INVALID: 'provided digest did not match uploaded content',
  SIZE_INVALID: 'provided length did not match content length',
  RANGE_INVALID: 'invalid content range',
  NAME_INVALID: 'invalid repository name',
  TAG_INVALID: 'manifest tag did not match URI',
  NAME_UNKNOWN: 'repository name not known to registry',
  MANIFEST_UNKNOWN: 'manifest unknown',
  MANIFEST_INVALID: 'manifest invalid',
  MANIFEST_UNVERIFIED: 'manifest failed signature verification',
  MANIFEST_BLOB_UNKNOWN: 'blob unknown to registry',
  BLOB_UNKNOWN: 'blob unknown to registry',
  BLOB_UPLOAD_UNKNOWN: 'blob upload unknown to registry',
  BLOB_UPLOAD_INVALID: 'blob upload invalid',
}

const STATUS_CODES: Readonly<Record<number, string>> = { 401: 'UNAUTHORIZED', 403: 'DENIED', 429: 'TOOMANYREQUESTS' }

const JSON_TYPES = ['application/json', 'application/vnd.api+json']

const NOT_FOUND_CODES = ['UNAUTHORIZED', 'MANIFEST_UNKNOWN', 'NAME_UNKNOWN']

/** The parts of an error response that are read. */
interface ErrorResponse {
  readonly statusCode: number
  readonly status: string
  readonly text: string
  header(name: string): string
}

interface Reason {
  readonly message: string
  readonly isNotFound: boolean
}

/** Returns the error that an unsuccessful response describes, as docker/distribution's HandleErrorResponse does. */
export function registryErrorFrom(response: ErrorResponse): RegistryError {
  const { statusCode, status } = response
  if (statusCode < 400 || statusCode >= 500) {
    return new RegistryError(`received unexpected HTTP status: ${status}`, false)
  }
  const [first, ...others] = [...oauthReasons(response.header('www-authenticate')), ...bodyReasons(response)]
  if (first === undefined) return new RegistryError(status, false)
  if (others.length === 0) return new RegistryError(first.message, first.isNotFound)
  const lines = [first, ...others].map(({ message }) => `${message}\n`)
  return new RegistryError(`errors:\n${lines.join('')}`, first.isNotFound)
}

/** Returns the error in the challenge, with which OAuth servers reject a token (RFC 6750 section 3). */
function oauthReasons(header: string): Reason[] {
  const codes: Readonly<Record<string, string>> = { invalid_token: 'UNAUTHORIZED', insufficient_scope: 'DENIED' }
  for (const { scheme, parameters } of parseAuthChallenges(header)) {
    const code = scheme === 'bearer' ? codes[parameters.error ?? ''] : undefined
    if (code) return [reason(code, parameters.error_description || CODES[code])]
  }
  return []
}

function bodyReasons(response: ErrorResponse): Reason[] {
  const { statusCode, text } = response
  const contentType = response.header('content-type').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!JSON_TYPES.includes(contentType)) return [reasonByStatus(statusCode, text)]
  const syntax = goJsonError(text, 'unexpected end of JSON input')
  if (syntax !== '') return [unparsedReason(statusCode, text, syntax)]
  const body: unknown = JSON.parse(text)
  const details = textIn(body, 'details')
  if (details !== '') return [reasonByStatus(statusCode, details)]
  const errors = memberOf(body, 'errors')
  if (Array.isArray(errors) && errors.length > 0) return errors.map(listedReason)
  return [unparsedReason(statusCode, text, 'no error details found in HTTP response body')]
}

/** Returns the reason of a response whose body contains no error code. */
function reasonByStatus(statusCode: number, message: string): Reason {
  return reason(STATUS_CODES[statusCode] ?? 'UNKNOWN', message)
}

function unparsedReason(statusCode: number, text: string, why: string): Reason {
  if (statusCode === 401) return reason('UNAUTHORIZED', CODES.UNAUTHORIZED)
  return { message: `error parsing HTTP ${statusCode} response body: ${why}: ${goQuote(text)}`, isNotFound: true }
}

/**
 * Returns the reason of one error of the body's list. As in docker, an error with neither details nor a message of its own
 * is a bare code, which never counts as "not found".
 */
function listedReason(error: unknown): Reason {
  const sent = textIn(error, 'code')
  const code = Object.hasOwn(CODES, sent) ? sent : 'UNKNOWN'
  const message = textIn(error, 'message')
  const isBare = (memberOf(error, 'detail') ?? null) === null && (message === '' || message === CODES[code])
  return isBare ? { message: describeCode(code), isNotFound: false } : reason(code, message)
}

function reason(code: string, message = ''): Reason {
  return { message: `${describeCode(code)}: ${message}`, isNotFound: NOT_FOUND_CODES.includes(code) }
}

function describeCode(code: string): string {
  return code.replaceAll('_', ' ').toLowerCase()
}
