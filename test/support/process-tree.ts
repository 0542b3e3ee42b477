import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Returns the ids of a process and all of its descendants. Linux only; elsewhere that of the process alone. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const pid of processIds()) {
    const parent = Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const descendants = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(descendants)]
  return descendants(root)
}

/**
 * Describes what a process waits for: the function of the kernel in which it sleeps, its open files, and the state and the
 * queues of its sockets. It is for the message of a test in which a program hangs.
 */
export function describeProcess(pid: number): string {
  const args = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trimEnd()
  const waiting = [`/proc/${pid}/wchan`, `/proc/${pid}/syscall`].map(read).join(' ').trimEnd()
  const files = list(`/proc/${pid}/fd`).map((fd) => `  ${fd} ${describeFile(pid, fd)}`)
  return [`${pid} ${args}`, `  ${waiting}`, ...files].join('\n')
}

/** Describes an open file, and a socket by its line in the kernel's table. */
function describeFile(pid: number, fd: string): string {
  try {
    const target = readlinkSync(`/proc/${pid}/fd/${fd}`)
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    return inode === undefined ? target : `${target} ${describeSocket(pid, inode)}`
  } catch {
    return ''
  }
}

function describeSocket(pid: number, inode: string): string {
  for (const table of ['tcp', 'tcp6', 'unix']) {
    const lines = read(`/proc/${pid}/net/${table}`).split('\n')
    const line = lines.find((each) => each.split(/\s+/).includes(inode))
    if (line !== undefined) return `${table} ${line.trim()}`
  }
  return ''
}

function processIds(): number[] {
  return list('/proc').map(Number).filter(Number.isInteger)
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
