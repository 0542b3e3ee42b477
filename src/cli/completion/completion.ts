import type { Cli } from '../cli.ts'

/** What the shell may do with what it is given: cobra's bits, which the scripts of docker and ours read. */
export const DIRECTIVES = {
  Default: 0,
  Error: 1,
  /** No space behind the word. */
  NoSpace: 2,
  /** No names of files where nothing else fits. */
  NoFileComp: 4,
  FilterDirs: 16,
} as const

/** What a word may become. */
export interface Completion {
  /** As far as docker's client goes: the shell leaves out what does not begin with what was typed. */
  readonly values: readonly Candidate[]
  /** A sum of `DIRECTIVES`. */
  readonly directive: number
}

export interface Candidate {
  readonly word: string
  /** Empty where the word says it all. */
  readonly summary: string
}

/** What is known where a value is completed. */
export interface Query {
  /** The beginning of the value. */
  readonly typed: string
  /** The arguments before it. */
  readonly args: readonly string[]
  /** The flags before it. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly cli: Cli
}

/** Where the values of a flag or an argument come from. It may throw: then there is no completion. */
export type Source = (query: Query) => Completion | Promise<Completion>

/** Words without a summary. */
export function words(values: readonly string[], directive: number = DIRECTIVES.NoFileComp): Completion {
  return { values: values.map((word) => ({ word, summary: '' })), directive }
}

export const nothing: Source = () => words([])
export const files: Source = () => words([], DIRECTIVES.Default)
export const directories: Source = () => words([], DIRECTIVES.FilterDirs)

/** The names of a directive, as cobra prints them. */
export function directiveNames(directive: number): string {
  const names = Object.entries(DIRECTIVES).filter(([, bit]) => bit !== 0 && (directive & bit) !== 0)
  return (names.length === 0 ? ['Default'] : names.map(([name]) => name))
    .map((name) => `ShellCompDirective${name}`)
    .join(', ')
}
