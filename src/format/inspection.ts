import type { ObjectType } from './templates/types/objects.ts'

/** Collects inspected objects and writes them. */
export interface Inspection {
  /**
   * Adds an object as the daemon sent it.
   * @throws FormatError when a template does not fit it; the object is left out and others may follow
   */
  add(json: string, type: ObjectType): void
  /** What goes to stdout: all objects in one JSON array, or the template's lines; what docker prints for none, too. */
  output(): string
}

/**
 * Objects in one JSON array.
 * @param laidOut how the array is laid out
 * @param shown what is shown of an object, as JSON
 */
export function jsonArray(
  laidOut: (json: string) => string,
  shown: (json: string, type: ObjectType) => string = (json) => json,
): Inspection {
  const objects: string[] = []
  return {
    add: (json, type) => {
      objects.push(shown(json, type))
    },
    output: () => `${laidOut(`[${objects.join(',')}]`)}\n`,
  }
}
