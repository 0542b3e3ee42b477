import type { SourceRange } from '../../progress/build-status.ts'
import { count, field } from './loose-json.ts'

/** Reads a range of a source file from JSON of BuildKit. */
export function readSourceRange(value: unknown): SourceRange {
  const position = (name: string) => {
    const at = field(value, name)
    return { line: count(at, 'line'), character: count(at, 'character') }
  }
  return { start: position('start'), end: position('end') }
}
