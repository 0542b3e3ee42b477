import type { SourceFile, SourceRange } from '../buildkit/status.ts'

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
