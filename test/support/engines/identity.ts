import { readFileSync, readlinkSync } from 'node:fs'

/** The parts of an identity: the PID namespace (empty where there is none), the pid and the start time. */
const IDENTITY = /^(n\d*)\.(\d+)\.(\d+)/

/** Returns when a process started, in clock ticks; undefined when it is not running. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? undefined : rest[18]
  } catch {
    return undefined
  }
}

/** Returns the PID namespace of this process, as `n4026531836`, or `n` on systems without /proc. */
function ownNamespace(): string {
  try {
    return `n${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''}`
  } catch {
    return 'n'
  }
}

/**
 * Returns an identity of this process that no other process has: `namespace.pid.starttime`. Systems without /proc have no
 * start time; theirs is 0.
 */
export function ownIdentity(): string {
  return `${ownNamespace()}.${process.pid}.${startTime(process.pid) ?? 0}`
}

/** Returns the identity at the beginning of a text; undefined if there is none. */
export function identityIn(text: string): string | undefined {
  return IDENTITY.exec(text)?.[0]
}

/**
 * Whether the process with this identity may still be running. That of another PID namespace may, because it cannot be
 * seen from here: containers that share a directory must not remove each other's files.
 */
export function isAlive(identity: string): boolean {
  const [, namespace, pid = '', started] = IDENTITY.exec(identity) ?? []
  if (namespace !== ownNamespace()) return true
  return started === '0' ? isRunning(Number(pid)) : startTime(Number(pid)) === started
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
