import { randomBytes } from 'node:crypto'
import { messageOf } from '../../../domain/errors.ts'
import { sha256 } from '../../../files/sha256.ts'
import type { BuildStatus, Vertex } from '../../progress/build-status.ts'

/** Does a piece of work and displays it as a step of the build. */
export type Announce = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Creates a function that displays the client's own work like docker: `[auth] library/busybox:pull token for …`. */
export function announceTo(onStatus: (status: BuildStatus) => void): Announce {
  return async (name, work) => {
    const digest = `sha256:${sha256(randomBytes(16))}`
    const started = now()
    const report = (more: Partial<Vertex>) =>
      onStatus({
        vertexes: [{ digest, inputs: [], name, isCached: false, started, error: '', ...more }],
        statuses: [],
        logs: [],
        warnings: [],
      })
    report({})
    try {
      const result = await work()
      report({ completed: now() })
      return result
    } catch (error) {
      report({ completed: now(), error: messageOf(error) })
      throw error
    }
  }
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n
}
