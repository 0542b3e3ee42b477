import { TemplateError } from '../../gotemplate/error.ts'
import { type Template, template } from '../../gotemplate/template.ts'
import { declared } from '../../gotemplate/values/declared.ts'
import { decode } from '../../gotemplate/values/decode.ts'
import { parseJson } from '../../gotemplate/values/json-parse.ts'
import { FormatError } from '../error.ts'
import type { ShowEvent } from '../views/system/event.ts'
import { EVENT_TYPES } from './types/event.ts'

/**
 * Compiles a format of `events`, and tries it on an event without content.
 * @throws FormatError with exit code 64
 */
export function eventTemplate(format: string): ShowEvent {
  const type = declared([EVENT_TYPES], 'events.Message')
  const parsed = tried(format === 'json' ? '{{json .}}' : format)
  return (json) => {
    try {
      return { text: `${parsed.execute(decode(type, parseJson(json)))}\n` }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      return { text: `${error.written}\n`, problem: new FormatError(error.message) }
    }
  }
}

function tried(format: string): Template {
  try {
    const parsed = template(format)
    parsed.execute(decode(declared([EVENT_TYPES], '*events.Message'), parseJson('{}')))
    return parsed
  } catch (error) {
    if (error instanceof TemplateError) throw new FormatError(`Error parsing format: ${error.message}`, 64)
    throw error
  }
}
