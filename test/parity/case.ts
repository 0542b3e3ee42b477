import type { BuildKitReplies } from '../support/buildkit-daemon.ts'
import type { Replies } from '../support/fake-replies.ts'

/**
 * One invocation to compare with the reference client. `<dir>` in argv, env, config, files and stdin stands for the
 * case's own directory, which is also HOME; its `cwd` is the working directory and `docker.sock` the daemon's socket.
 */
export interface ParityCase {
  /** Distinguishes cases with the same argv. The name of a case is its argv and its note. */
  readonly note?: string
  readonly argv: readonly string[]
  /** Added to the standard environment (HOME, TZ=UTC, DOCKER_HOST, an empty PATH); `null` unsets a variable. */
  readonly env?: Readonly<Record<string, string | null>>
  /** The content of config.json: a JSON value, or a string that is written unchanged. */
  readonly config?: unknown
  /** Sent through a pipe and closed; without it stdin is /dev/null. */
  readonly stdin?: string
  readonly replies?: Replies
  /** The responses of the daemon's BuildKit. The solves are compared, not the requests that led to them. */
  readonly buildkit?: BuildKitReplies
  /** The working directory below `<dir>`, `cwd` by default. PWD is unset unless `env` has it. */
  readonly cwd?: string
  /** The newest API version that the daemon announces, 1.50 by default. */
  readonly apiVersion?: string
  /** The oldest API version that the daemon serves. */
  readonly minApiVersion?: string
  /** Added to the daemon's default headers; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>>
  /**
   * `none`: no daemon listens. `tcp`: it listens on 127.0.0.1 and DOCKER_HOST is set accordingly. Texts may refer to
   * the address as `<hostport>`, and file names as `<hostfile>`, with a dash instead of the colon.
   */
  readonly daemon?: 'unix' | 'tcp' | 'none'
  /** Files to write before the program runs, by their path below `<dir>`. */
  readonly files?: Readonly<Record<string, FileContent>>
  /** Files below `<dir>` whose content and mode are part of the outcome. */
  readonly outputs?: readonly string[]
  /** The reference client or tug sends its requests in parallel, so their order is not compared. */
  readonly parallel?: boolean
  /** Parts of the outcome that are not compared exactly, each with the reason. */
  readonly lenient?: Partial<Readonly<Record<'stdout' | 'stderr' | 'wire', Lenience>>>
}

export type FileContent =
  | string
  | Uint8Array
  | { readonly text: string; readonly mode: number }
  | { readonly link: string }
  | 'directory'

export interface Lenience {
  /**
   * `presence`: only whether it is empty. `first-line`: only the first line. `lines`: in any order. `ignored`: not at
   * all.
   */
  readonly compare: 'presence' | 'first-line' | 'lines' | 'ignored'
  readonly because: string
}

/** Cases of related commands, recorded in `golden/<name>.json`. */
export interface ParityGroup {
  readonly name: string
  /** The first client of the 28 series that has this behaviour, when 28.2 is too old: `28.3`. */
  readonly since?: string
  readonly cases: readonly ParityCase[]
}

/** Only the wording of help is tug's own. When help is printed, to which stream, and the exit code are compared. */
export const helpIsOurs = {
  stdout: { compare: 'presence', because: 'help texts are our own wording' },
  stderr: { compare: 'presence', because: 'help texts are our own wording' },
} as const

export function caseName({ argv, note }: ParityCase): string {
  const typed = argv.map((word) => (/^[\w@%+=:,./{}<>-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')
  return note ? `${typed}  # ${note}` : typed || '(nothing)'
}

/**
 * Returns a case for each tail of the command line: `['-a'], ['-q']` become `ps -a` and `ps -q`. They share everything
 * else.
 */
export function each(
  command: readonly string[],
  tails: readonly (readonly string[])[],
  shared: Omit<ParityCase, 'argv'> = {},
): ParityCase[] {
  return tails.map((tail) => ({ ...shared, argv: [...command, ...tail] }))
}
