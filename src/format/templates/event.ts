import { decode, parseJson } from '../../gotemplate/template.ts'
import { FormatError } from '../error.ts'
import { compileFormat, type Output } from './compile.ts'
import { eventJson } from './event-json.ts'
import { declaredType } from './types/declare.ts'
import { EVENT_TYPES } from './types/event.ts'

const PARSE_ERRORS = { parseErrorPrefix: 'Error parsing format', parseErrorCode: 64 } as const

/**
 * Compiles a format of `events`. Returns a function that formats the daemon's JSON of an event.
 * @throws FormatError with exit code 64 when the template cannot be parsed or does not fit an empty event
 */
export function eventTemplate(format: string): (json: string) => Output {
  const isJson = format === 'json' || format === '{{json .}}'
  const compiled = compileFormat(isJson ? '{{json .}}' : format, PARSE_ERRORS)
  const { problem } = compiled.tryExecute(decode(declaredType([EVENT_TYPES], '*events.Message'), parseJson('{}')))
  if (problem !== undefined) throw new FormatError(`${PARSE_ERRORS.parseErrorPrefix}: ${problem.message}`, 64)
  const type = declaredType([EVENT_TYPES], 'events.Message')
  return (json) => {
    const encoded = isJson ? eventJson(json) : undefined
    if (encoded !== undefined) return { output: `${encoded}\n` }
    const { output, ...rest } = compiled.tryExecute(decode(type, parseJson(json)))
    return { output: `${output}\n`, ...rest }
  }
}
