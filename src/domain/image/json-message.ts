/** One line of what the daemon says while it pulls, pushes, builds or imports. */
export interface JsonMessage {
  readonly id?: string
  readonly status?: string
  /** Text that is printed as it is: the output of a build's steps. */
  readonly stream?: string
  readonly progressDetail?: ProgressDetail
  /** The progress as text, of daemons that send it too. */
  readonly progress?: string
  readonly from?: string
  readonly errorDetail?: { readonly code?: number; readonly message?: string }
  readonly error?: string
  /** What is not for people: the id of the image that was built, the digest that was pushed. */
  readonly aux?: unknown
}

export interface ProgressDetail {
  readonly current?: number
  readonly total?: number
  /** When it began, in seconds since 1970; then the time left is shown. */
  readonly start?: number
  readonly hidecounts?: boolean
  /** What is counted, where it is not bytes. */
  readonly units?: string
}

/** The daemon began an operation and then failed; `message` is its own. */
export class OperationError extends Error {
  override name = 'OperationError'
  /** The failed command's exit code in a build; 0 when the daemon gave none. */
  readonly code: number

  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }
}
