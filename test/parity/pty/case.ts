import type { Replies } from '../../support/fake-replies.ts'
import type { IssuerResponses } from '../../support/oauth-issuer.ts'
import type { FileContent } from '../case.ts'

/** What happens next. The screen is looked at when it shows what is waited for. */
export type Step =
  /** Text that is typed. */
  | { readonly type: string; readonly until?: string }
  /** Messages that the daemon sends. */
  | { readonly send: readonly object[]; readonly until?: string }
  /** The window's new size in columns. */
  | { readonly columns: number }
  /** Nothing but what comes by itself. */
  | { readonly until: string }

/** A session on a terminal, to compare with the reference client's screen by screen. */
export interface TerminalCase {
  /** Its golden file's name. */
  readonly name: string
  /** `<dir>` stands for the case's own directory, which is also HOME. */
  readonly argv: readonly string[]
  readonly columns: number
  readonly env?: Readonly<Record<string, string>>
  readonly config?: object
  readonly files?: Readonly<Record<string, FileContent>>
  /** Files below `<dir>` whose text belongs to the outcome. */
  readonly outputs?: readonly string[]
  /** The request that the steps' `send` responses. */
  readonly progressOf?: string
  readonly replies?: Replies
  /** Docker Hub's web login, on this machine. */
  readonly issuer?: IssuerResponses
  readonly steps: readonly Step[]
  /** Where the words are ours: docker's text, and what tug shows there. */
  readonly inOurWords?: readonly (readonly [string, string])[]
  /** Where tug means to end with another exit code, and why. */
  readonly endsOtherwise?: { readonly ending: string; readonly because: string }
}
