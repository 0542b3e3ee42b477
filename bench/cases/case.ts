import type { Client } from '../clients.ts'

/**
 * A group of cases that share a daemon, in a file of its own in bench/cases.
 *
 * To add a case, add an entry to the `cases` that a subject opens; to add a subject, add its file to `SUBJECTS` in
 * bench/cases/all.ts. `npm run bench -- SUBJECT` measures one subject and `npm run bench -- SUBJECT/WORDS` those of its
 * cases whose titles contain the words. All of `npm run bench` has to end within 15 minutes on a quiet machine, so choose
 * the sizes and rounds such that a case takes less than 20 seconds.
 */
export interface Subject {
  /** The word that selects the subject on the command line. */
  readonly name: string
  /** The heading of its section in bench/README.md. */
  readonly title: string
  /** Sentences below the heading: what the daemon is, and what the times contain. */
  readonly note: string
  /** Whether the subject is only measured when it is named. */
  readonly isOptional?: boolean
  /** Starts what the cases need. */
  open(bench: Bench): Promise<OpenSubject>
}

export interface OpenSubject {
  readonly cases: readonly Case[]
  close?(): Promise<void>
}

export interface Bench {
  /** An empty directory that is removed in the end. */
  readonly scratch: string
}

/** One command, measured with each client at one size or at several. */
export interface Case {
  /** Markdown; `{n}` is replaced by the size. */
  readonly title: string
  /** The sizes n, 4n and 16n. A case without sizes is measured once, and `{n}` is 0 for it. */
  readonly sizes?: readonly number[]
  /** How many times the clients take turns at each size, after one round that is not counted. */
  readonly rounds: number
  /** Whether the Node form is left out, because it adds nothing but time. */
  readonly isWithoutNode?: boolean
  /** Whether the clients are copies that the kernel has read from the disk, and not ones that it has just written. */
  readonly areClientsOnDisk?: boolean
  /** Prepares what is measured at a size. */
  prepare(size: number): Promise<Prepared> | Prepared
}

export interface Prepared {
  /** The arguments after the client's name. */
  readonly args: readonly string[]
  /** The value of DOCKER_HOST. */
  readonly host: string
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>
  /** The file that the command reads; /dev/null by default. */
  readonly stdin?: string
  /** What stdout is, which `cat` reads; /dev/null by default. */
  readonly output?: 'pipe' | 'terminal'
  /** Brings everything into the same state before each run; this is not measured. */
  reset?(client: Client): Promise<void> | void
  /** Removes what was prepared. */
  close?(): Promise<void> | void
}
