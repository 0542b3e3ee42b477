import type { Replies } from '../../support/fake-replies.ts'
import type { IssuerResponses } from '../../support/oauth-issuer.ts'
import type { FileContent } from '../case.ts'

/** A step of a session. The screen is recorded when it shows the text in `until`. */
export type Step =
  /** Types text. */
  | { readonly type: string; readonly until?: string }
  /** Lets the daemon send messages. */
  | { readonly send: readonly object[]; readonly until?: string }
  /** Resizes the window to this number of columns. */
  | { readonly columns: number }
  /** Waits for output. */
  | { readonly until: string }

/** A session on a terminal, whose screens are compared with those of the reference client. */
export interface TerminalCase {
  /** The name of its golden file. */
  readonly name: string
  /** `<dir>` stands for the case's own directory, which is also HOME. */
  readonly argv: readonly string[]
  readonly columns: number
  readonly env?: Readonly<Record<string, string>>
  readonly config?: object
  readonly files?: Readonly<Record<string, FileContent>>
  /** Files below `<dir>` whose text is part of the outcome. */
  readonly outputs?: readonly string[]
  /** The request to which the messages of `send` respond. */
  readonly progressOf?: string
  readonly replies?: Replies
  /** The responses of Docker Hub's web login, which runs on this machine. */
  readonly issuer?: IssuerResponses
  readonly steps: readonly Step[]
  /** Texts of docker with the texts that tug shows instead. */
  readonly rewordings?: readonly (readonly [string, string])[]
  /** The exit code of tug when it differs on purpose, with the reason. */
  readonly ownEnding?: { readonly ending: string; readonly because: string }
}
