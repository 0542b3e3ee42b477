/** One message of the daemon during a pull, push, build or import. */
export interface JsonMessage {
  readonly id?: string
  readonly status?: string
  /** Text to print as it is: the output of build steps. */
  readonly stream?: string
  readonly progressDetail?: ProgressDetail
  /** The progress as text; only some daemons send it. */
  readonly progress?: string
  readonly from?: string
  readonly errorDetail?: { readonly code?: number; readonly message?: string }
  readonly error?: string
  /** Data for programs: the id of the built image, the digest of the pushed manifest. */
  readonly aux?: unknown
}

export interface ProgressDetail {
  readonly current?: number
  readonly total?: number
  /** The start in Unix seconds. If present, the remaining time is shown. */
  readonly start?: number
  readonly hidecounts?: boolean
  /** The unit of the counts, if it is not bytes. */
  readonly units?: string
}

/** The daemon started an operation, which then failed. `message` is the daemon's. */
export class OperationError extends Error {
  override name = 'OperationError'
  /** The exit code of the failed build command; 0 if the daemon sent none. */
  readonly code: number

  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }
}
