import { goQuote } from '../../domain/go/quote.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import { tabwriter } from '../../format/table/tabwriter.ts'
import { entries, flag, list, text } from './common/loose-json.ts'
import { formatLint } from './lint.ts'
import type { Call } from './request/call.ts'

/** The outcome of a `--call`: the output and the exit code. */
export interface CallOutcome {
  readonly output: string
  readonly exitCode: number
  /** The error of the frontend, for stderr; undefined when it succeeded. */
  readonly error?: string
}

/** The newest version of the responses that is supported; for newer ones the frontend's own text is printed. */
const KNOWN_VERSION = '1.0.0'

/**
 * Formats the response of the frontend as docker prints it.
 * @param response by name: `result.json`, `result.txt`, `result.statuscode`, `version`, and the exporters' responses
 * @param dockerfile the name of the Dockerfile in messages
 * @throws Error with Go's text for a response that is not JSON
 */
export function formatCallOutcome(
  call: Call,
  response: Readonly<Record<string, string>>,
  dockerfile: string,
): CallOutcome {
  const exitCode = call.isStatusIgnored ? 0 : Number.parseInt(response['result.statuscode'] ?? '0', 10) || 0
  if (call.name === 'lint') return { exitCode, ...lintOutcome(call, response, dockerfile) }
  const print = PRINTERS[call.name]
  if (print === undefined) return { output: frontendText(call, response), exitCode }
  return { output: resultText(call, response, print), exitCode }
}

function resultText(
  call: Call,
  response: Readonly<Record<string, string>>,
  print: (result: unknown) => string,
): string {
  const json = response['result.json'] ?? ''
  if (call.format === 'json') return `${json}\n`
  const { version = '', 'result.txt': plain = '' } = response
  if (version !== '' && compareVersions(KNOWN_VERSION, version) < 0 && plain !== '') return plain
  return print(parseResult(json))
}

function lintOutcome(call: Call, response: Readonly<Record<string, string>>, dockerfile: string) {
  const json = response['result.json']
  const result = json === undefined ? {} : parseResult(json)
  const { warnings, complete, error } = formatLint(result, dockerfile)
  if (call.format === 'json') return { output: `${json ?? ''}\n`, ...(error === undefined ? {} : { error }) }
  if (error === undefined) return { output: complete + warnings }
  return { output: warnings === '' ? '' : `${complete}${warnings}\n`, error }
}

function parseResult(json: string): unknown {
  if (json === '') throw new Error('unexpected end of JSON input')
  return JSON.parse(json)
}

/** Formats the response to a call that is specific to the frontend. */
function frontendText(call: Call, response: Readonly<Record<string, string>>): string {
  const { 'result.json': json, 'result.txt': plain } = response
  if (json !== undefined && call.format === 'json') return `${json}\n`
  if (plain !== undefined) return plain
  const { name, format, isStatusIgnored } = call
  const parts = [
    `Name:${goQuote(name)}`,
    ...(format === '' ? [] : [`Format:${goQuote(format)}`]),
    ...(isStatusIgnored ? ['IgnoreStatus:true'] : []),
  ]
  const map = Object.entries(response).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${parts.join(' ')} map[${map.map(([key, value]) => `${key}:${value}`).join(' ')}]\n`
}

const PRINTERS: Readonly<Record<string, (result: unknown) => string>> = {
  outline: outlineText,
  targets: targetsText,
  'subrequests.describe': descriptionText,
}

function outlineText(outline: unknown): string {
  const name = text(outline, 'name')
  const description = text(outline, 'description')
  const head = [
    ...(name === '' ? [] : [`TARGET:\t${name}`]),
    ...(description === '' ? [] : [`DESCRIPTION:\t${description}`]),
  ]
  return [
    head.length === 0 ? '' : `${tabwriter(lines(head), { minWidth: 0, padding: 1 })}\n`,
    section(['BUILD ARG', 'VALUE', 'DESCRIPTION'], list(outline, 'args'), (each) => [
      text(each, 'name'),
      text(each, 'value'),
      text(each, 'description'),
    ]),
    section(['SECRET', 'REQUIRED'], list(outline, 'secrets'), requirement),
    section(['SSH', 'REQUIRED'], list(outline, 'ssh'), requirement),
  ].join('')
}

function requirement(each: unknown): string[] {
  return [text(each, 'name'), flag(each, 'required') ? 'true' : '']
}

function section(head: readonly string[], rows: readonly unknown[], cells: (row: unknown) => string[]): string {
  if (rows.length === 0) return ''
  const table = [head, ...rows.map(cells)].map((row) => row.join('\t'))
  return `${tabwriter(lines(table), { minWidth: 0, padding: 3 })}\n`
}

function targetsText(targets: unknown): string {
  const rows = list(targets, 'targets').map((each) => {
    const name = text(each, 'name') + (flag(each, 'default') ? ' (default)' : '')
    return `${name}\t${text(each, 'description')}`
  })
  return tabwriter(lines(['TARGET\tDESCRIPTION', ...rows]), { minWidth: 0, padding: 1 })
}

function descriptionText(requests: unknown): string {
  const rows = entries(requests).map(
    (each) =>
      `${text(each, 'name').replace(/^frontend\./, '')}\t${text(each, 'version')}\t${text(each, 'description')}`,
  )
  return tabwriter(lines(['NAME\tVERSION\tDESCRIPTION', ...rows]), { minWidth: 0, padding: 1 })
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('')
}
