import type { BuildKitReplies } from '../support/buildkit-daemon.ts'
import type { Replies } from '../support/fake-replies.ts'

/**
 * One invocation to compare with the reference client. `<dir>` in argv, env, config, files and stdin stands for the
 * case's own directory, which is also HOME; its `cwd` is the working directory and `docker.sock` the daemon's socket.
 */
export interface ParityCase {
  /** What tells two cases with the same argv apart; the name of a case is its argv and this. */
  readonly note?: string
  readonly argv: readonly string[]
  /** Over the standard environment (HOME, TZ=UTC, DOCKER_HOST, an empty PATH); `null` unsets. */
  readonly env?: Readonly<Record<string, string | null>>
  /** The content of config.json: a value, or text written as it is. */
  readonly config?: unknown
  /** Sent through a pipe and closed; without it stdin is /dev/null. */
  readonly stdin?: string
  readonly replies?: Replies
  /** The daemon builds with BuildKit: what it is asked to solve is compared, not how it was asked. */
  readonly buildkit?: BuildKitReplies
  /** The newest API version the daemon speaks, 1.50 unless told. */
  readonly apiVersion?: string
  /** Over the daemon's usual headers; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>>
  /**
   * `none`: nothing listens. `tcp`: listens on 127.0.0.1, DOCKER_HOST says so; texts may have it as `<hostport>`, names of
   * files as `<hostfile>`, with a dash for the colon.
   */
  readonly daemon?: 'unix' | 'tcp' | 'none'
  /** Files to write first, by path below `<dir>`. */
  readonly files?: Readonly<Record<string, FileContent>>
  /** Files below `<dir>` whose content and mode belong to the outcome. */
  readonly outputs?: readonly string[]
  /** The reference sends its requests in parallel, so their order means nothing. */
  readonly parallel?: boolean
  /** Compare less than everything; each exception says why. */
  readonly lenient?: Partial<Readonly<Record<'stdout' | 'stderr' | 'wire', Lenience>>>
}

export type FileContent =
  | string
  | Uint8Array
  | { readonly text: string; readonly mode: number }
  | { readonly link: string }
  | 'directory'

export interface Lenience {
  /** `presence`: empty or not. `first-line`: only that. `lines`: in any order. `ignored`: nothing. */
  readonly compare: 'presence' | 'first-line' | 'lines' | 'ignored'
  readonly because: string
}

/** Cases of one command family; recorded into `golden/<name>.json`. */
export interface ParityGroup {
  readonly name: string
  /** The first client of the 28 series that does this, where the usual reference is too old: `28.3`. */
  readonly since?: string
  readonly cases: readonly ParityCase[]
}

/** The texts of help are tug's own; that there is help, where it goes, and the exit code are docker's. */
export const helpIsOurs = {
  stdout: { compare: 'presence', because: 'help texts are our own wording' },
  stderr: { compare: 'presence', because: 'help texts are our own wording' },
} as const

export function caseName({ argv, note }: ParityCase): string {
  const typed = argv.map((word) => (/^[\w@%+=:,./{}<>-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')
  return note ? `${typed}  # ${note}` : typed || '(nothing)'
}

/** A case a line: `['-a'], ['-q']` become `ps -a`, `ps -q`, sharing everything else. */
export function each(
  command: readonly string[],
  tails: readonly (readonly string[])[],
  shared: Omit<ParityCase, 'argv'> = {},
): ParityCase[] {
  return tails.map((tail) => ({ ...shared, argv: [...command, ...tail] }))
}
