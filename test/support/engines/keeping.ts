import type { Workspace } from './workspace.ts'

/** What a service gets from its keeper. */
export interface Keeping {
  readonly workspace: Workspace
  /** Tells the user why it takes a while. */
  readonly note: (text: string) => void
  /** Calls `stop` when the service shall end; the last one first. The workspace is removed after all of them. */
  readonly onStop: (stop: () => Promise<void>) => void
}
