import { goQuote } from '../../domain/go/quote.ts'
import { humanSize } from '../../format/text/units.ts'
import { visible } from '../../format/text/visible.ts'
import type { ContextList, ExcludedPath, ListedFile } from './list.ts'

/** Rows of each list on a terminal; what follows is summed up. */
const MOST_ROWS = 30
/** Directories that are named when a context is large, and the part of it from which one counts. */
const MOST_DIRECTORIES = 3
const LEAST_SHARE = 0.05

/** From how many bytes on a context is large. */
export const LARGE_CONTEXT = 100_000_000

/**
 * The list for programs: a line each, with tabs between `sent`, bytes and path, and between `excluded`, bytes, path, the
 * rule's place and its text. Paths that hold tabs or line breaks are quoted as Go quotes them.
 * @param ignoreFile the ignore file's name, for places such as `.dockerignore:3`
 */
export function plainReport({ sent, excluded }: ContextList, ignoreFile: string): string {
  return [
    ...sent.map(({ path, size }) => `sent\t${size}\t${oneLine(path)}\n`),
    ...excluded.map(
      ({ path, size, isDirectory, rule }) =>
        `excluded\t${size}\t${oneLine(path)}${isDirectory ? '/' : ''}\t${ignoreFile}:${rule.line}\t${oneLine(rule.text)}\n`,
    ),
  ].join('')
}

/** The list for people. */
export function terminalReport({ sent, excluded }: ContextList, ignoreFile: string): string {
  const rule = ({ rule: { line, text } }: ExcludedPath) => `${ignoreFile}:${line}  ${shown(text)}`
  const displayPath = ({ path, isDirectory }: ExcludedPath) => shown(path) + (isDirectory ? '/' : '')
  const width = Math.max(...excluded.slice(0, MOST_ROWS).map((each) => displayPath(each).length), 0)
  return [
    ...rows(sent, ({ path }) => shown(path)),
    `${count(sent.length, 'file')}, ${humanSize(total(sent))}, would be sent at most.\n`,
    ...(excluded.length === 0 ? [] : ['\nLeft out:\n']),
    ...rows(excluded, (each) => `${displayPath(each).padEnd(width)}  ${rule(each)}`),
  ].join('')
}

/**
 * Which directories make a context large, in a sentence; empty where it is not.
 * @param sent all that is sent
 */
export function largeContextHint(sent: readonly ListedFile[]): string {
  const bytes = total(sent)
  if (bytes <= LARGE_CONTEXT) return ''
  const directories = new Map<string, number>()
  for (const { path, size } of sent) {
    const slash = path.indexOf('/')
    const top = slash < 0 ? path : path.slice(0, slash + 1)
    directories.set(top, (directories.get(top) ?? 0) + size)
  }
  const largest = [...directories].sort(([, a], [, b]) => b - a).slice(0, MOST_DIRECTORIES)
  const named = largest
    .filter(([, size], index) => index === 0 || size > bytes * LEAST_SHARE)
    .map(([name, size]) => `${oneLine(name)} (${humanSize(size)})`)
  const advice = 'what the build does not need can be named in .dockerignore; see --show-context'
  return `the build context has ${humanSize(bytes)}, most of it in ${named.join(', ')}; ${advice}`
}

function rows<T extends ListedFile>(all: readonly T[], text: (each: T) => string): string[] {
  const shown = all.slice(0, MOST_ROWS)
  const sizes = shown.map(({ size }) => humanSize(size))
  const width = Math.max(...sizes.map((size) => size.length), 0)
  const rest = all.slice(MOST_ROWS)
  return [
    ...shown.map((each, index) => `${(sizes[index] ?? '').padStart(width)}  ${text(each)}\n`),
    ...(rest.length === 0 ? [] : [`… and ${rest.length} more, ${humanSize(total(rest))}\n`]),
  ]
}

function total(files: readonly ListedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

/** For people: what a terminal would obey is escaped, too. */
function shown(text: string): string {
  return visible(oneLine(text))
}

function oneLine(text: string): string {
  return /[\t\n\r]/.test(text) ? goQuote(text) : text
}
