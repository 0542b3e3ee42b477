import { parseGoBool } from '../../../domain/go/bool.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { splitFields } from './fields.ts'

/** A request to the frontend instead of a build (`--call`). */
export interface Call {
  /** `lint`, `outline`, `targets`, `subrequests.describe`, or a name that is specific to the frontend. */
  readonly name: string
  /** `json`; anything else means text. */
  readonly format: string
  /** Whether the exit code is 0 even when the frontend reports problems. */
  readonly isStatusIgnored: boolean
}

/**
 * Parses `--call`. Returns undefined for an ordinary build.
 * @throws Error with buildx's text
 */
export function parseCall(text: string): Call | undefined {
  let name = ''
  let format = ''
  let isStatusIgnored = false
  for (const field of splitFields(text)) {
    const equals = field.indexOf('=')
    const key = field.slice(0, equals)
    const value = field.slice(equals + 1)
    if (equals < 0 && name !== '') throw new Error(`invalid print value: ${text}`)
    if (equals < 0) name = field
    else if (key === 'format') format = value
    else if (key === 'ignorestatus') isStatusIgnored = parseIgnoreStatus(value)
    else throw new Error(`invalid print field: ${field}`)
  }
  if (text === '' || name === 'build') return undefined
  return { name: name === 'check' ? 'lint' : name, format, isStatusIgnored }
}

function parseIgnoreStatus(value: string): boolean {
  const parsed = parseGoBool(value)
  if (parsed === undefined) {
    const reason = `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`
    throw new Error(`invalid ignorestatus print value: ${value}: ${reason}`)
  }
  return parsed
}
