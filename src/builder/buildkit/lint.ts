import { formatSourceExcerpt } from '../progress/diagnostics.ts'
import { count, field, list, text } from './common/loose-json.ts'
import { readSourceRange } from './common/source-range.ts'

/** The result of `--check` as docker prints it. */
export interface LintText {
  readonly warnings: string
  /** The line before the warnings, or instead of them. */
  readonly complete: string
  /** The error when the Dockerfile cannot be built at all. */
  readonly error?: string
}

/**
 * Formats the frontend's list of warnings.
 * @param result the parsed `result.json` of the frontend
 * @param dockerfile the name of the Dockerfile in messages
 */
export function formatLint(result: unknown, dockerfile: string): LintText {
  const sources = list(result, 'sources')
  const excerptOf = (location: unknown) => excerpt(sources[count(location, 'sourceIndex')], location, dockerfile)
  const warnings = [...list(result, 'warnings')].sort((a, b) => firstLine(a) - firstLine(b))
  const buildError = field(result, 'buildError')
  return {
    warnings: warnings.map((each) => warningText(each, excerptOf)).join(''),
    complete: completion(warnings.length),
    ...(typeof buildError === 'object' && buildError !== null
      ? { error: `${text(buildError, 'message')}\n${excerptOf(field(buildError, 'location'))}` }
      : {}),
  }
}

function completion(count: number): string {
  if (count === 0) return 'Check complete, no warnings found.\n'
  return `Check complete, ${count === 1 ? '1 warning has' : `${count} warnings have`} been found!\n`
}

/** Returns the first line that a warning concerns. */
function firstLine(warning: unknown): number {
  return count(field(list(field(warning, 'location'), 'ranges')[0], 'start'), 'line')
}

function warningText(warning: unknown, excerptOf: (location: unknown) => string): string {
  const url = text(warning, 'url')
  const detail = text(warning, 'detail')
  return [
    `\nWARNING: ${text(warning, 'ruleName')}${url === '' ? '' : ` - ${url}`}\n`,
    detail === '' ? '' : `${detail}\n`,
    excerptOf(field(warning, 'location')),
  ].join('')
}

function excerpt(source: unknown, location: unknown, dockerfile: string): string {
  if (source === undefined) return ''
  const data = Buffer.from(text(source, 'data'), 'base64')
  const file = { filename: dockerfile, data, language: text(source, 'language') }
  return Buffer.from(formatSourceExcerpt(file, list(location, 'ranges').map(readSourceRange))).toString()
}
