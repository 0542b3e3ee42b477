import { readFileSync } from 'node:fs'

/** A process that cannot be confused with a later one of the same pid: `pid.starttime`; undefined when it is not running. */
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

/** This process, as `processIdentity` names it. */
export function ownIdentity(): string {
  return processIdentity(process.pid) ?? `${process.pid}.0`
}

/** Whether the process that `identity` names still runs. */
export function isAlive(identity: string): boolean {
  return processIdentity(Number(identity.split('.')[0])) === identity
}
