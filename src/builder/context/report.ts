import { goQuote } from '../../domain/go/quote.ts'
import { humanSize } from '../../format/text/units.ts'
import { makeVisible } from '../../format/text/visible.ts'
import type { ContextList, ExcludedPath, ListedFile } from './list.ts'

/** The most rows of each list on a terminal; the rest is summed up in one line. */
const MOST_ROWS = 30
/** The most directories that the hint on a large context names, and the least share of the context that each has. */
const MOST_DIRECTORIES = 3
const LEAST_SHARE = 0.05

/** A context with more bytes than this is large. */
export const LARGE_CONTEXT = 100_000_000

/**
 * Formats the list for programs, one line per file with tabs between the columns: `sent`, bytes and path, or
 * `excluded`, bytes, path, the place of the rule and its text. Paths that contain tabs or line breaks are quoted as in
 * Go.
 * @param ignoreFile the name of the ignore file, for places such as `.dockerignore:3`
 */
export function formatPlainReport({ sent, excluded }: ContextList, ignoreFile: string): string {
  return [
    ...sent.map(({ path, size }) => `sent\t${size}\t${oneLine(path)}\n`),
    ...excluded.map(
      ({ path, size, isDirectory, rule }) =>
        `excluded\t${size}\t${oneLine(path)}${isDirectory ? '/' : ''}\t${ignoreFile}:${rule.line}\t${oneLine(rule.text)}\n`,
    ),
  ].join('')
}

/** Formats the list for terminals. */
export function formatTerminalReport({ sent, excluded }: ContextList, ignoreFile: string): string {
  const rule = ({ rule: { line, text } }: ExcludedPath) => `${ignoreFile}:${line}  ${escapeControls(text)}`
  const displayPath = ({ path, isDirectory }: ExcludedPath) => escapeControls(path) + (isDirectory ? '/' : '')
  const width = Math.max(...excluded.slice(0, MOST_ROWS).map((each) => displayPath(each).length), 0)
  return [
    ...formatRows(sent, ({ path }) => escapeControls(path)),
    `${formatCount(sent.length, 'file')}, ${humanSize(sumSizes(sent))}, would be sent at most.\n`,
    ...(excluded.length === 0 ? [] : ['\nLeft out:\n']),
    ...formatRows(excluded, (each) => `${displayPath(each).padEnd(width)}  ${rule(each)}`),
  ].join('')
}

/**
 * Returns a sentence that names the largest directories of a large context; empty when the context is not large.
 * @param sent all files that are sent
 */
export function formatLargeContextHint(sent: readonly ListedFile[]): string {
  const bytes = sumSizes(sent)
  if (bytes <= LARGE_CONTEXT) return ''
  const directories = new Map<string, number>()
  for (const { path, size } of sent) {
    const slash = path.indexOf('/')
    const top = slash < 0 ? path : path.slice(0, slash + 1)
    directories.set(top, (directories.get(top) ?? 0) + size)
  }
  const largest = [...directories].sort(([, a], [, b]) => b - a).slice(0, MOST_DIRECTORIES)
  const names = largest
    .filter(([, size], index) => index === 0 || size > bytes * LEAST_SHARE)
    .map(([name, size]) => `${oneLine(name)} (${humanSize(size)})`)
  const advice = 'list what the build does not need in .dockerignore; see --show-context'
  return `the build context has ${humanSize(bytes)}, most of it in ${names.join(', ')}; ${advice}`
}

function formatRows<T extends ListedFile>(all: readonly T[], text: (each: T) => string): string[] {
  const first = all.slice(0, MOST_ROWS)
  const sizes = first.map(({ size }) => humanSize(size))
  const width = Math.max(...sizes.map((size) => size.length), 0)
  const rest = all.slice(MOST_ROWS)
  return [
    ...first.map((each, index) => `${(sizes[index] ?? '').padStart(width)}  ${text(each)}\n`),
    ...(rest.length === 0 ? [] : [`… and ${rest.length} more, ${humanSize(sumSizes(rest))}\n`]),
  ]
}

function sumSizes(files: readonly ListedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

function formatCount(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

/** Escapes line breaks, tabs and the control characters that a terminal would interpret. */
function escapeControls(text: string): string {
  return makeVisible(oneLine(text))
}

function oneLine(text: string): string {
  return /[\t\n\r]/.test(text) ? goQuote(text) : text
}
