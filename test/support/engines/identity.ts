import { readFileSync } from 'node:fs'

/**
 * Returns an identity that a later process with the same pid does not have, `pid.starttime`; undefined when the process
 * is not running.
 */
function processIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const startTime = rest[18]
    return state === 'Z' || state === 'X' || startTime === undefined ? undefined : `${pid}.${startTime}`
  } catch {
    return undefined
  }
}

/** Returns the identity of this process. Systems without /proc have no start time; theirs is 0. */
export function ownIdentity(): string {
  return processIdentity(process.pid) ?? `${process.pid}.0`
}

/** Whether the process with this identity is still running. */
export function isAlive(identity: string): boolean {
  const pid = Number(identity.split('.')[0])
  return identity === `${pid}.0` ? isRunning(pid) : processIdentity(pid) === identity
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
