import type { BuildStatus } from '../buildkit/status.ts'

/** One way to show a build. */
export interface BuildDisplay {
  /** Takes in what is new. */
  update(status: BuildStatus): void
  /** Shows what has been taken in. */
  refresh(): void
  /** Shows the end. */
  done(): void
}

/** What displays stand on. */
export interface DisplayContext {
  readonly now: () => Date
  /** Which builder builds, in the words of the display; empty for none. */
  readonly description: string
  /** Whether names are cut (PROGRESS_NO_TRUNC=0). Off terminals only: there they have to fit. */
  readonly hasShortNames: boolean
  write(output: string | Uint8Array): void
}
