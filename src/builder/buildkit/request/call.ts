import { parseGoBool } from '../../../domain/go/bool.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { fieldsOf } from './fields.ts'

/** What is asked of the frontend in place of a build. */
export interface Call {
  /** `lint`, `outline`, `targets`, `subrequests.describe`, or the frontend's own. */
  readonly name: string
  /** `json`, or anything else for text. */
  readonly format: string
  /** Whether the exit code says nothing of what was found. */
  readonly ignoresStatus: boolean
}

/**
 * Reads `--call`; undefined for a build.
 * @throws Error in buildx's words
 */
export function readCall(text: string): Call | undefined {
  let name = ''
  let format = ''
  let ignoresStatus = false
  for (const field of fieldsOf(text)) {
    const equals = field.indexOf('=')
    const key = field.slice(0, equals)
    const value = field.slice(equals + 1)
    if (equals < 0 && name !== '') throw new Error(`invalid print value: ${text}`)
    if (equals < 0) name = field
    else if (key === 'format') format = value
    else if (key === 'ignorestatus') ignoresStatus = statusOf(value)
    else throw new Error(`invalid print field: ${field}`)
  }
  if (text === '' || name === 'build') return undefined
  return { name: name === 'check' ? 'lint' : name, format, ignoresStatus }
}

function statusOf(value: string): boolean {
  const read = parseGoBool(value)
  if (read === undefined) {
    const reason = `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`
    throw new Error(`invalid ignorestatus print value: ${value}: ${reason}`)
  }
  return read
}
