import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDirectory } from './cache-directory.ts'

/**
 * Runs `task` while no other process of this machine runs one with the same `name`. The lock is held by a `flock(1)`
 * until its stdin ends, so it is also released when this process is killed.
 */
export async function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  const directory = join(cacheDirectory(), 'locks')
  await mkdir(directory, { recursive: true })
  const holder = spawn('flock', [join(directory, name), 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  await once(holder.stdout, 'data')
  try {
    return await task()
  } finally {
    holder.stdin.end()
  }
}
