import { readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, systemReason } from '../domain/errors.ts'

/** Milliseconds. Whoever holds a lock needs it for a few; one this old was left behind. */
const STALE_AFTER = 10_000
const GIVE_UP_AFTER = 30_000
/** Milliseconds between two tries, at random so that many do not come at the same time. */
const PAUSE = { least: 3, most: 20 }

/**
 * Does something while no other process that asks for the same lock does. The lock is a file that names its holder: one
 * whose holder was killed is removed by the next who comes.
 * @param path the lock's file, in a directory that exists
 * @throws Error in Go's words when the file cannot be made, or when another process does not let go of it
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const giveUp = Date.now() + GIVE_UP_AFTER
  while (!claim(path)) {
    if (Date.now() > giveUp) throw new Error(`${path} is held by another process: remove it if there is none`)
    if (isLeftBehind(path)) breakLock(path)
    await sleep(PAUSE.least + Math.random() * (PAUSE.most - PAUSE.least))
  }
  try {
    return await work()
  } finally {
    if (holderOf(path) === ownName()) unlinkQuietly(path)
  }
}

/** Makes the file unless it is there. */
function claim(path: string): boolean {
  try {
    writeFileSync(path, ownName(), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // A full disk has room for the file, but not for what is in it.
    if (codeOf(error) === 'ENOSPC') unlinkQuietly(path)
    throw new Error(`open ${path}: ${systemReason(error)}`)
  }
}

/**
 * Whether nobody holds the lock any more: its holder was a process of this machine and is gone, or it is too old. A
 * holder with another host's name may live on in a container that shares the directory, so only its age counts.
 */
function isLeftBehind(path: string): boolean {
  const [host = '', pid = ''] = holderOf(path).split(' ')
  if (host === hostname() && pid !== '' && !isRunning(Number(pid))) return true
  const age = ageOf(path)
  return age !== undefined && age > STALE_AFTER
}

/**
 * Removes a lock that was left behind. Of many who see it, one must do so, and not after another has made a new one: a
 * second lock guards that, and the first is looked at again behind it.
 */
function breakLock(path: string): void {
  const guard = `${path}.break`
  const age = ageOf(guard)
  if (age !== undefined && age > STALE_AFTER) unlinkQuietly(guard)
  if (!claim(guard)) return
  try {
    if (isLeftBehind(path)) unlinkQuietly(path)
  } finally {
    unlinkQuietly(guard)
  }
}

function holderOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Milliseconds since the file was written; undefined when it is gone. */
function ageOf(path: string): number | undefined {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return undefined
  }
}

function ownName(): string {
  return `${hostname()} ${process.pid}`
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Somebody else was sooner.
  }
}
