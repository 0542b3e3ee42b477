import { UTC } from '../../domain/go/gotime.ts'
import { TemplateError } from '../../gotemplate/error.ts'
import { HEADER_FUNCTIONS } from '../../gotemplate/eval/functions.ts'
import { type Template, template } from '../../gotemplate/template.ts'
import { FormatError } from '../error.ts'
import type { Listing, Look } from '../views/field.ts'
import { templateText } from '../views/format-text.ts'
import type { RowFormat } from '../views/simple.ts'
import { Rows } from './row.ts'

/**
 * Compiles a list's format with the template engine.
 * @param blank a row without data that the format is tried on first, as `ps` does
 * @throws FormatError with docker's words for a template that cannot be read, or that does not fit the blank row
 */
export function templateFormat<Row>(format: string, listing: Listing<Row>, blank?: Row): RowFormat<Row> {
  const rows = new Rows(listing)
  const noted = new Set<string>()
  const text = templateText(format)
  let compiled: Template | undefined
  if (blank !== undefined) {
    // docker takes the format as typed here, with its `table` and `\t`.
    const typed = failing('failed to parse template', () => template(format))
    failing('failed to execute template', () => typed.execute(rows.trial(blank, TRIAL_LOOK, noted)))
    if (format === text) compiled = typed
  }
  const parsed = compiled ?? failing('template parsing error', () => template(text))
  return {
    row: (row, look) => {
      try {
        return parsed.execute(rows.value(row, look))
      } catch (error) {
        throw refusal('template parsing error', error)
      }
    },
    header: () => headOf(() => parsed.withFunctions(HEADER_FUNCTIONS).execute(rows.heads())),
    shows: (name) => noted.has(name),
  }
}

const TRIAL_LOOK: Look = { truncate: false, now: 0, zone: () => UTC }

function failing<T>(prefix: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw refusal(prefix, error)
  }
}

/** What the template engine threw, in the words of the list. */
function refusal(prefix: string, error: unknown): unknown {
  return error instanceof TemplateError ? new FormatError(`${prefix}: ${error.message}`) : error
}

/** docker does not mind when a format does not fit the heads; what came before is the head. */
function headOf(write: () => string): string {
  try {
    return write()
  } catch (error) {
    if (error instanceof TemplateError) return error.written
    throw error
  }
}
