import type { Workspace } from './workspace.ts'

/** What a keeper offers to its service. */
export interface Keeping {
  readonly workspace: Workspace
  /** Tells the user what takes time. */
  readonly note: (text: string) => void
  /**
   * Registers a function that stops a part of the service. The functions run in reverse order; then the workspace is
   * removed.
   */
  readonly onStop: (stop: () => Promise<void>) => void
}
