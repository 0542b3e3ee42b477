import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, systemReason } from '../domain/errors.ts'
import { osPath } from '../domain/go/bytes.ts'

/** The age in milliseconds at which a lock is stale. Locks are held for a few milliseconds only. */
const STALE_AFTER = 10_000
/** Milliseconds. */
const GIVE_UP_AFTER = 30_000
/** Milliseconds between two attempts. The pause is random, so that waiting processes do not collide. */
const PAUSE = { min: 3, max: 20 }

/**
 * Runs a function while holding a lock that excludes other processes. The lock is a file that names its holder. A lock
 * whose holder was killed is removed by the next process that needs it.
 * @param path the path of the lock file, in an existing directory
 * @throws Error with Go's message if the file cannot be created; or if another process holds the lock for 30 seconds
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const giveUp = Date.now() + GIVE_UP_AFTER
  while (!acquire(path)) {
    if (Date.now() > giveUp) throw new Error(`${path} is held by another process: remove it if there is none`)
    if (isStale(path)) breakLock(path)
    await sleep(PAUSE.min + Math.random() * (PAUSE.max - PAUSE.min))
  }
  try {
    return await work()
  } finally {
    if (readHolder(path) === holderName()) unlinkQuietly(path)
  }
}

/** Creates the lock file. @returns false if it exists */
function acquire(path: string): boolean {
  let file: number
  try {
    file = openSync(osPath(path), 'wx', 0o600)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new Error(`open ${path}: ${systemReason(error)}`)
  }
  try {
    writeFileSync(file, holderName())
    return true
  } catch (error) {
    // The disk or a quota is full. The empty file must not keep others waiting.
    unlinkQuietly(path)
    throw new Error(`write ${path}: ${systemReason(error)}`)
  } finally {
    closeSync(file)
  }
}

/**
 * Returns whether a lock is stale: its holder was a process of this machine that has ended, or the lock is too old. A holder
 * with another host name may run in a container that shares the directory, so that only the age counts.
 */
function isStale(path: string): boolean {
  const [host = '', pid = ''] = readHolder(path).split(' ')
  if (host === hostname() && pid !== '' && !isRunning(Number(pid))) return true
  const age = ageOf(path)
  return age !== undefined && age > STALE_AFTER
}

/**
 * Removes a stale lock. A second lock makes sure that only one process does so, and the first lock is checked again under
 * it, because another process may have replaced it in the meantime.
 */
function breakLock(path: string): void {
  const guard = `${path}.break`
  const age = ageOf(guard)
  if (age !== undefined && age > STALE_AFTER) unlinkQuietly(guard)
  if (!acquire(guard)) return
  try {
    if (isStale(path)) unlinkQuietly(path)
  } finally {
    unlinkQuietly(guard)
  }
}

function readHolder(path: string): string {
  try {
    return readFileSync(osPath(path), 'utf8')
  } catch {
    return ''
  }
}

/** Returns the milliseconds since the file was written; undefined if it does not exist. */
function ageOf(path: string): number | undefined {
  try {
    return Date.now() - statSync(osPath(path)).mtimeMs
  } catch {
    return undefined
  }
}

function holderName(): string {
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
    unlinkSync(osPath(path))
  } catch {
    // Another process has removed it.
  }
}
