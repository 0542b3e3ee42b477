import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { Service, ServiceTask } from '../../../domain/service/service.ts'
import { GlobalFollower } from './global.ts'
import { GlobalJobFollower } from './global-job.ts'
import { ReplicatedFollower } from './replicated.ts'
import { ReplicatedJobFollower } from './replicated-job.ts'

/** What is known of a service at one moment. */
export interface Moment {
  readonly service: Service
  readonly tasks: readonly ServiceTask[]
  /** The ids of the nodes that are not down. */
  readonly activeNodes: ReadonlySet<string>
  readonly isRollback: boolean
}

/** What is to be shown at a moment, and whether the service is then as it should be. */
export interface Step {
  readonly messages: readonly JsonMessage[]
  readonly isConverged: boolean
}

/** Follows one service from moment to moment. */
export interface Follower {
  /** @throws Error in docker's words for a service that has become another kind */
  step(moment: Moment): Step
}

/** Which follower fits a service's mode. @throws Error in docker's words where none does */
export function followerOf({ Spec, JobStatus }: Service): Follower {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  if (typeof Replicated?.Replicas === 'number') return new ReplicatedFollower()
  if (Global) return new GlobalFollower()
  if (ReplicatedJob) {
    const { MaxConcurrent, TotalCompletions } = ReplicatedJob
    return new ReplicatedJobFollower(MaxConcurrent ?? 0, TotalCompletions ?? 0, JobStatus?.JobIteration?.Index ?? 0)
  }
  if (GlobalJob) return new GlobalJobFollower()
  throw new Error('unrecognized service mode')
}
