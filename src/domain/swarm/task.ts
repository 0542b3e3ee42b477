/** One task of `GET /tasks`, named as the Engine API names it. An absent field means its zero value. */
export interface Task {
  readonly ID?: string
  /** RFC 3339. */
  readonly CreatedAt?: string
  readonly ServiceID?: string
  readonly NodeID?: string
  /** The number of the replica, from 1; absent for global services. */
  readonly Slot?: number
  readonly DesiredState?: string
  readonly Spec?: { readonly ContainerSpec?: { readonly Image?: string } | null }
  readonly Status?: TaskStatus
}

interface TaskStatus {
  /** The time of the last state change, in RFC 3339. */
  readonly Timestamp?: string
  readonly State?: string
  readonly Message?: string
  readonly Err?: string
  readonly PortStatus?: { readonly Ports?: readonly TaskPort[] | null }
}

/** A port that a task publishes on its node. */
interface TaskPort {
  readonly Protocol?: string
  readonly TargetPort?: number
  readonly PublishedPort?: number
}
