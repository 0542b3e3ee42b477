import { FormatError } from '../error.ts'
import type { Inspection, ObjectType } from '../inspect.ts'
import { CONTAINER } from './container-schema.ts'
import { decode } from './decode.ts'
import { TemplateError } from './error.ts'
import { IMAGE } from './image-schema.ts'
import { parseJson } from './json-parse.ts'
import { template } from './template.ts'
import { type GoType, ORDERED_MAP, type Value } from './value.ts'

const TYPES: Readonly<Record<ObjectType, GoType | undefined>> = { container: CONTAINER, image: IMAGE }

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
    try {
      return parsed.execute(json, { missingKeyFails })
    } catch (error) {
      if (error instanceof TemplateError) throw new FormatError(`template parsing error: ${error.message}`)
      throw error
    }
  }

  const either = (json: Value, type: GoType) => typed(json, type) ?? raw(json)

  return {
    add: (json, objectType) => {
      const type = objectType === undefined ? undefined : TYPES[objectType]
      // Where the Go type is not known, its JSON has the fields in the same order.
      text += type === undefined ? `${raw(parseJson(json, ORDERED_MAP))}\n` : `${either(parseJson(json), type)}\n`
    },
    output: () => text || '\n',
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
