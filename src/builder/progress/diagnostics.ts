import type { BuildFailure, SourceFile, SourceRange, VertexWarning } from './build-status.ts'

/** By gRPC's codes: cancelled, resources exhausted, internal. */
const EXIT_CODES: Readonly<Record<number, number>> = { 1: 130, 8: 102, 13: 100 }

/**
 * The last thing that docker says of a build that failed: the lines it failed at, and why.
 * @returns bytes for stderr, and the exit code
 */
export function failureText({ code, message, sources }: BuildFailure): {
  text: Uint8Array
  exitCode: number
} {
  const excerpts = sources.map(({ file, ranges }) => sourceExcerpt(file, ranges))
  const reason = Buffer.from(`ERROR: failed to build: ${message}\n`)
  return { text: Buffer.concat([...excerpts, reason]), exitCode: EXIT_CODES[code] ?? 1 }
}

const YELLOW = '\x1b[33m'
const RESET = '\x1b[0m'

/**
 * What a build was warned of, as docker lists it behind the build; empty without warnings. docker colors the head off
 * terminals too, and whatever NO_COLOR says.
 * @param isDebug whether each warning is explained, and the lines shown that it is about
 */
export function warningsText(warnings: readonly VertexWarning[], isDebug: boolean): Uint8Array {
  const [first] = warnings
  if (first === undefined) return new Uint8Array()
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  const head = `\n ${YELLOW}${count} found${isDebug ? '' : ' (use docker --debug to expand)'}:\n${RESET}`
  return joined([head, ...warnings.flatMap((warning) => [...titleOf(warning), ...(isDebug ? explained(warning) : [])])])
}

type Text = string | Uint8Array

function titleOf({ short }: VertexWarning): Text[] {
  return [' - ', short, '\n']
}

function explained({ detail, url, source, ranges }: VertexWarning): Text[] {
  return [
    ...detail.flatMap((line) => [line, '\n']),
    url === '' ? '' : `More info: ${url}\n`,
    source && ranges.length > 0 ? sourceExcerpt(source, ranges) : '',
    '\n',
  ]
}

function joined(texts: readonly Text[]): Uint8Array {
  return Buffer.concat(texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : text)))
}

/** Lines shown around one that is marked, and around several. */
const AROUND_ONE = 4
const AROUND_SEVERAL = 2

const RULE = '--------------------'
const NEWLINE = 0x0a

/**
 * The lines of a file that an error or a warning is about, marked, between some others; empty where there are none. The
 * file's bytes stay as they are (buildkit errdefs.Source.Print).
 */
export function sourceExcerpt({ filename, data }: SourceFile, ranges: readonly SourceRange[]): Uint8Array {
  const lines = splitLines(data)
  const first = Math.min(...ranges.map(({ start }) => start.line))
  if (ranges.length === 0 || first < 1 || first > lines.length) return new Uint8Array()
  const { start, end } = widened(first, Math.min(Math.max(...ranges.map(lastLine)), lines.length), lines.length)
  const shown = lines.slice(start - 1, end).map((line, index) => {
    const number = start + index
    const mark = ranges.some((range) => range.start.line <= number && number <= lastLine(range)) ? '>>>' : '   '
    return Buffer.concat([Buffer.from(` ${String(number).padStart(3)} | ${mark} `), line, Buffer.from('\n')])
  })
  return Buffer.concat([Buffer.from(`${filename}:${first}\n${RULE}\n`), ...shown, Buffer.from(`${RULE}\n`)])
}

/** A range may say nothing of its end. */
function lastLine({ start, end }: SourceRange): number {
  return Math.max(start.line, end.line)
}

/** Adds lines at both ends by turns. A turn counts as a line of its own, which ends it at the ends of a file. */
function widened(first: number, last: number, count: number): { start: number; end: number } {
  const wanted = first === last ? AROUND_ONE : AROUND_SEVERAL
  let [start, end, added] = [first, last, 0]
  while (added < wanted) {
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
