import { compactJson, indentJson } from '../domain/go/json-indent.ts'
import { type Inspection, jsonArray } from './inspection.ts'

/**
 * How `inspect` writes objects: indented JSON, `json` for compact JSON, or a template (docker/cli inspect.Inspect).
 * @param isTypedOnly whether docker knows no more of the object than its Go type has, as in `volume inspect`: the fields
 * come in the type's order, and those it does not have are left out
 * @throws FormatError with exit code 64 for a template that cannot be read
 */
export async function inspection(format: string, isTypedOnly = false): Promise<Inspection> {
  if (isTypedOnly) return (await import('./templates/inspect.ts')).typedInspection(format)
  if (format === '') return jsonArray(indentJson)
  if (format === 'json') return jsonArray(compactJson)
  const { templateInspection } = await import('./templates/inspect.ts')
  return templateInspection(format)
}
