/** The number of unchanged lines around a change. */
const CONTEXT = 3

/** A line of two texts that are compared. */
interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/**
 * Compares two lists of lines by their longest common subsequence. It takes time and memory proportional to the product of
 * their lengths, so it is for short texts.
 */
function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const lengths = commonLengths(before, after)
  const lengthAt = (one: number, other: number) => lengths[one]?.[other] ?? 0
  const lines: DiffLine[] = []
  let [one, other] = [0, 0]
  while (one < before.length || other < after.length) {
    const [removed, added] = [before[one], after[other]]
    if (removed !== undefined && removed === added) {
      lines.push({ kind: 'same', text: removed })
      one++
      other++
    } else if (removed !== undefined && (added === undefined || lengthAt(one + 1, other) >= lengthAt(one, other + 1))) {
      lines.push({ kind: 'removed', text: removed })
      one++
    } else {
      lines.push({ kind: 'added', text: added ?? '' })
      other++
    }
  }
  return lines
}

/** Returns the lengths of the longest common subsequences of what follows each pair of positions. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0))
  for (let one = before.length - 1; one >= 0; one--) {
    const [row = [], below = []] = [lengths[one], lengths[one + 1]]
    for (let other = after.length - 1; other >= 0; other--) {
      const isCommon = before[one] === after[other]
      row[other] = isCommon ? (below[other + 1] ?? 0) + 1 : Math.max(below[other] ?? 0, row[other + 1] ?? 0)
    }
  }
  return lengths
}

/**
 * Returns the lines of a unified diff, as `diff -u` prints them; none if the texts are the same.
 * @param names what the two texts are called
 */
export function unifiedDiff(
  before: readonly string[],
  after: readonly string[],
  names: { readonly before: string; readonly after: string },
): string[] {
  const lines = diffLines(before, after)
  const hunks = hunksOf(lines)
  return hunks.length === 0
    ? []
    : [`--- ${names.before}`, `+++ ${names.after}`, ...hunks.flatMap((hunk) => printHunk(lines, hunk))]
}

interface Hunk {
  readonly start: number
  readonly end: number
}

/** Returns the ranges of lines around the changes. Those that touch are one. */
function hunksOf(lines: readonly DiffLine[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    const start = Math.max(0, index - CONTEXT)
    const end = Math.min(lines.length, index + CONTEXT + 1)
    const last = hunks.at(-1)
    if (last && start <= last.end) hunks[hunks.length - 1] = { start: last.start, end }
    else hunks.push({ start, end })
  }
  return hunks
}

const MARKS = { same: ' ', removed: '-', added: '+' } as const

function printHunk(lines: readonly DiffLine[], { start, end }: Hunk): string[] {
  const range = (other: DiffLine['kind']) => {
    const count = (part: readonly DiffLine[]) => part.filter(({ kind }) => kind !== other).length
    const length = count(lines.slice(start, end))
    const first = count(lines.slice(0, start)) + (length === 0 ? 0 : 1)
    return length === 1 ? String(first) : `${first},${length}`
  }
  const body = lines.slice(start, end).map(({ kind, text }) => `${MARKS[kind]}${text}`)
  return [`@@ -${range('added')} +${range('removed')} @@`, ...body]
}
