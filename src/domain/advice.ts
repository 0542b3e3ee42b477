/** A pattern of error messages and the hint for them. */
export type Advice = readonly [pattern: RegExp, hint: (groups: readonly string[], program: string) => string]

/**
 * Returns the hint of the first pattern that matches a message; empty if there is none.
 * @param program the name that the program was called by
 */
export function adviceFor(table: readonly Advice[], message: string, program: string): string {
  for (const [pattern, hint] of table) {
    const [matched, ...groups] = pattern.exec(message) ?? []
    if (matched !== undefined) {
      return hint(
        groups.map((group) => group ?? ''),
        program,
      )
    }
  }
  return ''
}
