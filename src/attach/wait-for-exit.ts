import { objectIn, textIn } from '../domain/json.ts'
import { compareVersions } from '../domain/system/api-version.ts'
import type { Engine } from '../engine/engine.ts'

/** The first API version whose `wait` has conditions. Before, only events show the next exit and the removal. */
const WAIT_CONDITIONS = '1.30'

/** The first API version in which the daemon removes containers with `--rm`. Before, the client does. */
const DAEMON_REMOVES = '1.25'

/** docker's exit code for an event that does not have one. */
const UNKNOWN_EXIT = 125

export interface ExitWait {
  /** The exit code; rejects when the connection breaks. */
  readonly exitCode: Promise<number>
  /** Removes a container that could not be started, where the daemon does not. */
  readonly removeUnstarted: () => Promise<void>
}

/**
 * Begins to wait for the next exit of a container, and with `autoRemove` also for its removal. It settles once the daemon
 * is waiting. Old API versions need events instead (docker/cli cli/command/container/utils.go, legacyWaitExitOrRemoved).
 * @param signal cancels the wait
 */
export async function waitForExit(
  engine: Engine,
  id: string,
  autoRemove: boolean,
  signal: AbortSignal,
): Promise<ExitWait> {
  const apiVersion = await engine.apiVersion()
  if (compareVersions(apiVersion, WAIT_CONDITIONS) >= 0) {
    const condition = autoRemove ? 'removed' : 'next-exit'
    return { ...(await engine.containerStreams.wait(id, condition, signal)), removeUnstarted: async () => {} }
  }
  const removes = autoRemove && compareVersions(apiVersion, DAEMON_REMOVES) < 0
  const remove = async () => {
    if (removes) await engine.containers.remove(id, { force: false, volumes: true, link: false })
  }
  const filters = { type: { container: true }, container: { [id]: true } } as const
  const events = await engine.system.events({ since: '', until: '', filters }, signal)
  const exitCode = readExit(events, autoRemove, remove)
  // The caller awaits the promise later. Until then a rejection must not count as unhandled.
  exitCode.catch(() => {})
  return { exitCode, removeUnstarted: remove }
}

/** Reads the exit code from a container's events, up to its exit or its removal. @param remove called at the exit */
async function readExit(
  events: AsyncIterable<string>,
  autoRemove: boolean,
  remove: () => Promise<void>,
): Promise<number> {
  let exitCode: number | undefined
  for await (const text of events) {
    const event: unknown = JSON.parse(text)
    const status = textIn(event, 'status')
    if (status === 'die') {
      exitCode = Number(textIn(objectIn(objectIn(event, 'Actor'), 'Attributes'), 'exitCode') || UNKNOWN_EXIT)
      if (autoRemove) await remove()
    }
    const isOver = status === 'destroy' || (status === 'die' && !autoRemove)
    if (isOver && exitCode !== undefined) return exitCode
    if (isOver) break
  }
  throw new Error('the daemon reported no exit')
}
