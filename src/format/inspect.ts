import { compactJson, escapeJsonHtml, indentJson } from '../domain/go/json-text.ts'
import type { Inspection } from './templates/inspect.ts'

/**
 * Creates the output of `inspect`: indented JSON, compact JSON for the format `json`, or a template (docker/cli
 * inspect.Inspect).
 * @param isTypedOnly whether docker has only the object's Go type and not the daemon's JSON, as in `volume inspect`. The
 * fields then come in the type's order, and those that the type does not have are left out.
 * @throws FormatError with exit code 64 when a template cannot be parsed
 */
export async function inspection(format: string, isTypedOnly = false): Promise<Inspection> {
  if (format !== '' && format !== 'json') {
    const { templateInspection } = await import('./templates/inspect.ts')
    return templateInspection(format, isTypedOnly)
  }
  const layOut = format === '' ? indentJson : compactJson
  if (!isTypedOnly) return jsonInspection(layOut, (json) => json)
  const { typedJson } = await import('./templates/inspect.ts')
  return jsonInspection(layOut, (json, type) => escapeJsonHtml(typedJson(json, type)))
}

/**
 * @param layOut formats the JSON array of all objects
 * @param encode returns the JSON to print for an object
 */
function jsonInspection(
  layOut: (json: string) => string,
  encode: (...object: Parameters<Inspection['add']>) => string,
): Inspection {
  const objects: string[] = []
  return {
    add: (json, type) => {
      objects.push(encode(json, type))
    },
    output: () => `${layOut(`[${objects.join(',')}]`)}\n`,
  }
}
