/** Writes completions in cobra's protocol, which completion scripts read. */
import { UnreadableLineError } from './complete.ts'
import { type Candidate, type Completion, DIRECTIVES, directiveNames, words } from './completion.ts'

/** The output of the hidden completion command. */
export interface CompletionOutput {
  readonly stdout: string
  /** For debugging; completion scripts ignore it. */
  readonly stderr: string
}

/**
 * Runs a completion and writes its result: one candidate a line, with its summary after a tab, and the directive on the
 * last line. Errors become a directive, because nobody reads messages while a word is completed.
 * @param withSummaries false for `__completeNoDesc`
 */
export async function completionOutput(
  withSummaries: boolean,
  complete: () => Promise<Completion>,
): Promise<CompletionOutput> {
  const { completion, message } = await attempt(complete)
  const lines = completion.values.map((candidate) => candidateLine(candidate, withSummaries))
  return {
    stdout: [...lines, `:${completion.directive}`, ''].join('\n'),
    stderr: `${message}Completion ended with directive: ${directiveNames(completion.directive)}\n`,
  }
}

async function attempt(complete: () => Promise<Completion>): Promise<{ completion: Completion; message: string }> {
  try {
    return { completion: await complete(), message: '' }
  } catch (error) {
    if (!(error instanceof UnreadableLineError)) return { completion: words([], DIRECTIVES.Error), message: '' }
    return { completion: words([], DIRECTIVES.Default), message: `[Debug] [Error] ${error.message}\n` }
  }
}

function candidateLine({ word, summary }: Candidate, withSummary: boolean): string {
  const [text = ''] = summary.split('\n')
  return withSummary && text !== '' ? `${word}\t${text}` : word
}
