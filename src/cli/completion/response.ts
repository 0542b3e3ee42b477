import { UnreadableLineError } from './complete.ts'
import { type Candidate, type Completion, DIRECTIVES, directiveNames, words } from './completion.ts'

/** What a completion script reads. */
export interface Response {
  readonly stdout: string
  /** For people who look into why there is no completion. */
  readonly stderr: string
}

/**
 * The completion as scripts read it, cobra's protocol: a candidate a line, with a tab before its summary, and the
 * directive in the end.
 * @param withSummaries false for `__completeNoDesc`
 */
export async function responseOf(withSummaries: boolean, complete: () => Promise<Completion>): Promise<Response> {
  const { completion, complaint } = await attempt(complete)
  const lines = completion.values.map((candidate) => line(candidate, withSummaries))
  return {
    stdout: [...lines, `:${completion.directive}`, ''].join('\n'),
    stderr: `${complaint}Completion ended with directive: ${directiveNames(completion.directive)}\n`,
  }
}

/** Nobody looks at an error while a word is completed. */
async function attempt(complete: () => Promise<Completion>): Promise<{ completion: Completion; complaint: string }> {
  try {
    return { completion: await complete(), complaint: '' }
  } catch (error) {
    if (!(error instanceof UnreadableLineError)) return { completion: words([], DIRECTIVES.Error), complaint: '' }
    return { completion: words([], DIRECTIVES.Default), complaint: `[Debug] [Error] ${error.message}\n` }
  }
}

function line({ word, summary }: Candidate, withSummary: boolean): string {
  const [text = ''] = summary.split('\n')
  return withSummary && text !== '' ? `${word}\t${text}` : word
}
