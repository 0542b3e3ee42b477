/** A task as far as following a service needs it. */
export interface ServiceTask {
  readonly ID?: string
  readonly ServiceID?: string
  readonly NodeID?: string
  /** Which of a replicated service's tasks it is, from 1; of a job's, from 0. */
  readonly Slot?: number
  readonly DesiredState?: string
  readonly Status?: { readonly State?: string; readonly Err?: string }
  readonly Spec?: { readonly ContainerSpec?: { readonly TTY?: boolean } | null }
  /** Which run of a job it belongs to. */
  readonly JobIteration?: { readonly Index?: number } | null
}
