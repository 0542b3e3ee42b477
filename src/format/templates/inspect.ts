import { compactJson, indentJson } from '../../domain/go/json-indent.ts'
import { TemplateError } from '../../gotemplate/error.ts'
import { template } from '../../gotemplate/template.ts'
import { decode } from '../../gotemplate/values/decode.ts'
import { encodeJson } from '../../gotemplate/values/json.ts'
import { parseJson } from '../../gotemplate/values/json-parse.ts'
import type { GoType, Value } from '../../gotemplate/values/value.ts'
import { FormatError } from '../error.ts'
import { type Inspection, jsonArray } from '../inspection.ts'
import { goTypeOf, type ObjectType } from './types/objects.ts'

/**
 * Inspection by a template, tried on an object's Go type first and then on its JSON, where an absent key is an error
 * (docker/cli inspect.TemplateInspector).
 * @throws FormatError with exit code 64 for a template that cannot be read
 */
export function templateInspection(format: string): Inspection {
  const parsed = readable(format)
  let text = ''
  // docker changes the template itself when it falls back to JSON, so that absent keys stay errors from then on.
  let missingKeyFails = false

  const typed = (json: Value, type: GoType): string | undefined => {
    try {
      return parsed.execute(decode(type, json), { missingKeyFails })
    } catch (error) {
      if (error instanceof TemplateError) return
      throw error
    }
  }

  const raw = (json: Value): string => {
    missingKeyFails = true
    return failing(() => parsed.execute(json, { missingKeyFails }))
  }

  const either = (json: Value, type: GoType) => typed(json, type) ?? raw(json)

  return {
    add: (json, objectType) => {
      text += `${either(parseJson(json), goTypeOf(objectType))}\n`
    },
    output: () => text || '\n',
  }
}

/**
 * Inspection of what an object's Go type has of it, by a template or as JSON.
 * @throws FormatError with exit code 64 for a template that cannot be read
 */
export function typedInspection(format: string): Inspection {
  const typed = (json: string, type: ObjectType) => decode(goTypeOf(type), parseJson(json))
  const encoded = (json: string, type: ObjectType) => escapeHtml(encodeJson(typed(json, type)))
  if (format === '') return jsonArray(indentJson, encoded)
  if (format === 'json') return jsonArray(compactJson, encoded)
  const parsed = readable(format)
  let text = ''
  return {
    add: (json, type) => {
      text += `${failing(() => parsed.execute(typed(json, type)))}\n`
    },
    output: () => text || '\n',
  }
}

/** As Go writes JSON unasked: `<>&` stand in texts alone. */
function escapeHtml(json: string): string {
  return json.replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`)
}

function failing(execute: () => string): string {
  try {
    return execute()
  } catch (error) {
    if (error instanceof TemplateError) throw new FormatError(`template parsing error: ${error.message}`)
    throw error
  }
}

function readable(format: string) {
  try {
    return template(format)
  } catch (error) {
    if (error instanceof TemplateError) throw new FormatError(`template parsing error: ${error.message}`, 64)
    throw error
  }
}
