/** The types of completion: what is completed, where its words come from, and what the shell gets. */
import type { Cli } from '../cli.ts'

/** What the shell may do with the words: cobra's bits, which docker's completion scripts read too. */
export const DIRECTIVES = {
  Default: 0,
  Error: 1,
  /** Add no space after the word. */
  NoSpace: 2,
  /** Offer no file names if there are no words. */
  NoFileComp: 4,
  FilterDirs: 16,
} as const

/** What a word may become. */
export interface Completion {
  /** The words. The shell drops those that do not begin with what was typed. */
  readonly values: readonly Candidate[]
  /** A sum of `DIRECTIVES`. */
  readonly directive: number
}

export interface Candidate {
  readonly word: string
  /** What the word means; empty if it needs no explanation. */
  readonly summary: string
}

/** What is known about the place where a value is completed. */
export interface Query {
  /** The beginning of the value. */
  readonly typed: string
  /** The arguments before it. */
  readonly args: readonly string[]
  /** The values of the flags before it. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly cli: Cli
}

/** Finds the words for the value of a flag or for an argument. If it throws, nothing is offered. */
export type Source = (query: Query) => Completion | Promise<Completion>

/** Offers words without a summary. */
export function words(values: readonly string[], directive: number = DIRECTIVES.NoFileComp): Completion {
  return { values: values.map((word) => ({ word, summary: '' })), directive }
}

/** Returns the names of a directive's bits as cobra prints them. */
export function directiveNames(directive: number): string {
  const names = Object.entries(DIRECTIVES).filter(([, bit]) => bit !== 0 && (directive & bit) !== 0)
  return (names.length === 0 ? ['Default'] : names.map(([name]) => name))
    .map((name) => `ShellCompDirective${name}`)
    .join(', ')
}
