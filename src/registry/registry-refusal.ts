import { goJsonError } from '../domain/go/json.ts'
import { goQuote } from '../domain/go/quote.ts'
import { memberOf, textIn } from '../domain/image/manifest.ts'
import { authChallenges } from './auth-challenge.ts'

/** A registry understood a request and refused it, in the words of docker's client. */
export class RegistryRefusal extends Error {
  override name = 'RegistryRefusal'
  /** Whether docker tries the registry's next address, and takes what it asked for to be missing in the end. */
  readonly meansMissing: boolean

  constructor(message: string, meansMissing: boolean) {
    super(message)
    this.meansMissing = meansMissing
  }
}

/** What the specification says of each code, where a registry says nothing else. */
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

const MISSING_CODES = ['UNAUTHORIZED', 'MANIFEST_UNKNOWN', 'NAME_UNKNOWN']

/** Of what a refusal is read. */
interface RefusedResponse {
  readonly statusCode: number
  readonly status: string
  readonly text: string
  header(name: string): string
}

interface Reason {
  readonly message: string
  readonly meansMissing: boolean
}

/** Reads a response that is no success, as docker/distribution's HandleErrorResponse does. */
export function registryRefusal(response: RefusedResponse): RegistryRefusal {
  const { statusCode, status } = response
  if (statusCode < 400 || statusCode >= 500) {
    return new RegistryRefusal(`received unexpected HTTP status: ${status}`, false)
  }
  const [first, ...others] = [...oauthReasons(response.header('www-authenticate')), ...bodyReasons(response)]
  if (first === undefined) return new RegistryRefusal(status, false)
  if (others.length === 0) return new RegistryRefusal(first.message, first.meansMissing)
  const lines = [first, ...others].map(({ message }) => `${message}\n`)
  return new RegistryRefusal(`errors:\n${lines.join('')}`, first.meansMissing)
}

/** What a token is not good for, as OAuth says it in the challenge. */
function oauthReasons(header: string): Reason[] {
  const codes: Readonly<Record<string, string>> = { invalid_token: 'UNAUTHORIZED', insufficient_scope: 'DENIED' }
  for (const { scheme, parameters } of authChallenges(header)) {
    const code = scheme === 'bearer' ? codes[parameters.error ?? ''] : undefined
    if (code) return [reason(code, parameters.error_description || CODES[code])]
  }
  return []
}

function bodyReasons(response: RefusedResponse): Reason[] {
  const { statusCode, text } = response
  const contentType = response.header('content-type').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!JSON_TYPES.includes(contentType)) return [byStatus(statusCode, text)]
  const syntax = goJsonError(text, 'unexpected end of JSON input')
  if (syntax !== '') return [unreadable(statusCode, text, syntax)]
  const body: unknown = JSON.parse(text)
  const details = textIn(body, 'details')
  if (details !== '') return [byStatus(statusCode, details)]
  const errors = memberOf(body, 'errors')
  if (Array.isArray(errors) && errors.length > 0) return errors.map(listedReason)
  return [unreadable(statusCode, text, 'no error details found in HTTP response body')]
}

/** What no registry's code comes with. */
function byStatus(statusCode: number, message: string): Reason {
  return reason(STATUS_CODES[statusCode] ?? 'UNKNOWN', message)
}

function unreadable(statusCode: number, text: string, why: string): Reason {
  if (statusCode === 401) return reason('UNAUTHORIZED', CODES.UNAUTHORIZED)
  return { message: `error parsing HTTP ${statusCode} response body: ${why}: ${goQuote(text)}`, meansMissing: true }
}

/** One of a registry's list. What has neither details nor words of its own is a bare code, and never means "missing". */
function listedReason(error: unknown): Reason {
  const typed = textIn(error, 'code')
  const code = Object.hasOwn(CODES, typed) ? typed : 'UNKNOWN'
  const message = textIn(error, 'message')
  const isBare = (memberOf(error, 'detail') ?? null) === null && (message === '' || message === CODES[code])
  return isBare ? { message: codeWords(code), meansMissing: false } : reason(code, message)
}

function reason(code: string, message = ''): Reason {
  return { message: `${codeWords(code)}: ${message}`, meansMissing: MISSING_CODES.includes(code) }
}

function codeWords(code: string): string {
  return code.replaceAll('_', ' ').toLowerCase()
}
