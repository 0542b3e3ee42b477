import { UTC } from '../../domain/go/gotime.ts'
import type { Listing, RowOptions } from '../views/field.ts'
import { type RowFormat, templateText } from '../views/row-format.ts'
import { type CompiledFormat, compileFormat } from './compile.ts'
import { HEADER_FUNCTIONS } from './functions.ts'
import { Rows } from './row.ts'

const ROW_ERRORS = { errorPrefix: 'template parsing error' }
const TRIAL_OPTIONS: RowOptions = { truncate: false, now: 0, zone: () => UTC }

/**
 * Compiles a list's format with the template engine.
 * @param blank a row without data, to which the format is applied first as `ps` does
 * @throws FormatError when the template cannot be parsed or does not fit the blank row
 */
export function templateFormat<Row>(format: string, listing: Listing<Row>, blank?: Row): RowFormat<Row> {
  const rows = new Rows(listing)
  const trackedFields = new Set<string>()
  const text = templateText(format)
  let typed: CompiledFormat | undefined
  if (blank !== undefined) {
    // docker uses the format as typed here, with `table` and `\t`.
    typed = compileFormat(format, { parseErrorPrefix: 'failed to parse template' })
    const row = rows.trialValue(blank, TRIAL_OPTIONS, trackedFields)
    typed.execute(row, { errorPrefix: 'failed to execute template' })
  }
  const compiled = typed !== undefined && format === text ? typed : compileFormat(text)
  return {
    formatRow: (row, options) => compiled.execute(rows.value(row, options), ROW_ERRORS),
    formatHeader: () => formatHeader(compiled, rows),
    usesField: (name) => trackedFields.has(name),
  }
}

/** Formats the header of a table. If the format does not fit it, docker ignores the error and prints what came before. */
function formatHeader<Row>(compiled: CompiledFormat, rows: Rows<Row>): string {
  return compiled.withFunctions(HEADER_FUNCTIONS).tryExecute(rows.headers()).output
}
