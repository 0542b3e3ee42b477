import { createHash, randomBytes } from 'node:crypto'
import { messageOf } from '../../../domain/errors.ts'
import type { BuildStatus, Vertex } from '../../progress/build-status.ts'

/** Does a piece of work, and shows it as a step of the build. */
export type Announce = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Shows what we do ourselves as docker does: `[auth] library/busybox:pull token for …`. */
export function announceTo(onStatus: (status: BuildStatus) => void): Announce {
  return async (name, work) => {
    const digest = `sha256:${createHash('sha256').update(randomBytes(16)).digest('hex')}`
    const started = now()
    const tell = (more: Partial<Vertex>) =>
      onStatus({
        vertexes: [{ digest, inputs: [], name, isCached: false, started, error: '', ...more }],
        statuses: [],
        logs: [],
        warnings: [],
      })
    tell({})
    try {
      const result = await work()
      tell({ completed: now() })
      return result
    } catch (error) {
      tell({ completed: now(), error: messageOf(error) })
      throw error
    }
  }
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n
}
