import type { Task } from '../swarm/task.ts'

/** A task as far as following a service needs it; a job's slots count from 0. */
export interface ServiceTask extends Omit<Task, 'Spec'> {
  readonly Spec?: { readonly ContainerSpec?: { readonly Image?: string; readonly TTY?: boolean } | null }
  /** Which run of a job it belongs to. */
  readonly JobIteration?: { readonly Index?: number } | null
}
