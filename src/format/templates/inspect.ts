import { decode, encodeJson, type GoType, parseJson, type Value } from '../../gotemplate/template.ts'
import { FormatError } from '../error.ts'
import { type CompiledFormat, compileFormat } from './compile.ts'
import { goTypeOf, type ObjectType } from './types/objects.ts'

/** Collects inspected objects and formats them. */
export interface Inspection {
  /**
   * Adds an object.
   * @param json the object as the daemon sent it
   * @throws FormatError when a template does not fit the object. It is left out, and others can be added.
   */
  add(json: string, type: ObjectType): void
  /** Returns the output for all objects, also if there are none: a JSON array, or the lines of the template. */
  output(): string
}

const errorPrefix = 'template parsing error'

/**
 * Formats objects by a template, which is applied to the object's Go type first. If it does not fit, and unless
 * `isTypedOnly` is set, it is applied to the JSON, where a missing key is an error (docker/cli inspect.TemplateInspector).
 * @throws FormatError with exit code 64 when the template cannot be parsed
 */
export function templateInspection(format: string, isTypedOnly: boolean): Inspection {
  const compiled = compileFormat(format, { parseErrorCode: 64 })
  const execute = isTypedOnly
    ? (json: Value, type: GoType) => compiled.execute(decode(type, json), { errorPrefix })
    : executeWithFallback(compiled)
  let text = ''
  return {
    add: (json, objectType) => {
      text += `${execute(parseJson(json), goTypeOf(objectType))}\n`
    },
    output: () => text || '\n',
  }
}

function executeWithFallback(compiled: CompiledFormat): (json: Value, type: GoType) => string {
  // docker changes an option of the template when it falls back to JSON. Missing keys are errors from then on.
  let missingKeyFails = false
  return (json, type) => {
    try {
      return compiled.execute(decode(type, json), { missingKeyFails })
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
    }
    missingKeyFails = true
    return compiled.execute(json, { missingKeyFails, errorPrefix })
  }
}

/** Returns the JSON of an object with the fields of its Go type only, in the order of the type. */
export function typedJson(json: string, type: ObjectType): string {
  return encodeJson(decode(goTypeOf(type), parseJson(json)))
}
