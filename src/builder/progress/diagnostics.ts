import type { BuildFailure, SourceFile, SourceRange, VertexWarning } from './build-status.ts'

/** docker's exit codes by gRPC status code: canceled, resources exhausted, internal. */
const EXIT_CODES: Readonly<Record<number, number>> = { 1: 130, 8: 102, 13: 100 }

/**
 * Returns the text that docker prints last when a build fails: the source lines where it failed, and the error.
 * @returns the bytes for stderr, and the exit code
 */
export function formatFailure({ code, message, sources }: BuildFailure): {
  text: Uint8Array
  exitCode: number
} {
  const excerpts = sources.map(({ file, ranges }) => formatSourceExcerpt(file, ranges))
  const reason = Buffer.from(`ERROR: failed to build: ${message}\n`)
  return { text: Buffer.concat([...excerpts, reason]), exitCode: EXIT_CODES[code] ?? 1 }
}

const YELLOW = '\x1b[33m'
const RESET = '\x1b[0m'

/**
 * Formats the list of warnings that docker prints after a build; empty without warnings. docker colors its heading off
 * terminals too, and ignores NO_COLOR.
 * @param isDebug whether each warning has its explanation and the source lines that it concerns
 */
export function formatWarnings(warnings: readonly VertexWarning[], isDebug: boolean): Uint8Array {
  const [first] = warnings
  if (first === undefined) return new Uint8Array()
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  const head = `\n ${YELLOW}${count} found${isDebug ? '' : ' (use docker --debug to expand)'}:\n${RESET}`
  return concatenate([
    head,
    ...warnings.flatMap((warning) => [...titleOf(warning), ...(isDebug ? explanationOf(warning) : [])]),
  ])
}

type Text = string | Uint8Array

function titleOf({ short }: VertexWarning): Text[] {
  return [' - ', short, '\n']
}

function explanationOf({ detail, url, source, ranges }: VertexWarning): Text[] {
  return [
    ...detail.flatMap((line) => [line, '\n']),
    url === '' ? '' : `More info: ${url}\n`,
    source && ranges.length > 0 ? formatSourceExcerpt(source, ranges) : '',
    '\n',
  ]
}

function concatenate(texts: readonly Text[]): Uint8Array {
  return Buffer.concat(texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : text)))
}

/** The number of lines that are added around one marked line, and around several. */
const AROUND_ONE = 4
const AROUND_SEVERAL = 2

const RULE = '--------------------'
const NEWLINE = 0x0a

/**
 * Returns an excerpt of a file with the lines of an error or a warning marked; empty when the file has no such lines.
 * The bytes of the file are not decoded, as in BuildKit (errdefs.Source.Print).
 */
export function formatSourceExcerpt({ filename, data }: SourceFile, ranges: readonly SourceRange[]): Uint8Array {
  const lines = splitLines(data)
  const first = Math.min(...ranges.map(({ start }) => start.line))
  if (ranges.length === 0 || first < 1 || first > lines.length) return new Uint8Array()
  const { start, end } = widen(first, Math.min(Math.max(...ranges.map(lastLine)), lines.length), lines.length)
  const shown = lines.slice(start - 1, end).map((line, index) => {
    const number = start + index
    const mark = ranges.some((range) => range.start.line <= number && number <= lastLine(range)) ? '>>>' : '   '
    return Buffer.concat([Buffer.from(` ${String(number).padStart(3)} | ${mark} `), line, Buffer.from('\n')])
  })
  return Buffer.concat([Buffer.from(`${filename}:${first}\n${RULE}\n`), ...shown, Buffer.from(`${RULE}\n`)])
}

/** Returns the last line of a range, whose end may be missing. */
function lastLine({ start, end }: SourceRange): number {
  return Math.max(start.line, end.line)
}

/**
 * Adds lines at both ends in turns. BuildKit counts each turn as one more line, which also ends the loop at file ends.
 */
function widen(first: number, last: number, count: number): { start: number; end: number } {
  const limit = first === last ? AROUND_ONE : AROUND_SEVERAL
  let [start, end, added] = [first, last, 0]
  while (added < limit) {
    if (start > 1) {
      start--
      added++
    }
    if (end !== count) {
      end++
      added++
    }
    added++
  }
  return { start, end }
}

function splitLines(data: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let from = 0
  for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, from)) {
    lines.push(data.subarray(from, at))
    from = at + 1
  }
  return [...lines, data.subarray(from)]
}
