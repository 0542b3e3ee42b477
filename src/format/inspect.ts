import { compactJson, indentJson } from './json-indent.ts'

/** What an inspected object is, where its Go type is known: templates then see Go's field names too. */
export type ObjectType = 'container' | 'image'

/** Collects inspected objects and writes them. */
export interface Inspection {
  /**
   * Adds an object as the daemon sent it.
   * @throws FormatError when a template does not fit it; the object is left out and others may follow
   */
  add(json: string, type?: ObjectType): void
  /** What goes to stdout: all objects in one JSON array, or the template's lines; what docker prints for none, too. */
  output(): string
}

/**
 * How `inspect` writes objects: indented JSON, `json` for compact JSON, or a template (docker/cli inspect.Inspect).
 * @throws FormatError with exit code 64 for a template that cannot be read
 */
export async function inspection(format: string): Promise<Inspection> {
  if (format === '') return jsonArray(indentJson)
  if (format === 'json') return jsonArray(compactJson)
  const { templateInspection } = await import('./template/inspect.ts')
  return templateInspection(format)
}

function jsonArray(written: (json: string) => string): Inspection {
  const objects: string[] = []
  return {
    add: (json) => {
      objects.push(json)
    },
    output: () => `${written(`[${objects.join(',')}]`)}\n`,
  }
}
