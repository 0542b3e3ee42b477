import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { command } from './command.ts'
import { isAlive, ownIdentity } from './identity.ts'
import { withLock } from './lock.ts'

/**
 * The folder `name` of the cache, made by `make` the first time. An interrupted `make` leaves nothing that a later
 * call would take for finished.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), name)
  if (existsSync(folder)) return folder
  return withLock(name, async () => {
    if (existsSync(folder)) return folder
    await mkdir(cacheFolder(), { recursive: true })
    await removeUnfinished(name)
    const unfinished = await mkdtemp(join(cacheFolder(), `${name}.unfinished.${ownIdentity()}.`))
    try {
      await make(unfinished)
      await command('chmod', ['755', unfinished])
      await rename(unfinished, folder)
    } finally {
      await command('rm', ['-rf', '--one-file-system', unfinished])
    }
    return folder
  })
}

async function removeUnfinished(name: string): Promise<void> {
  for (const entry of await readdir(cacheFolder())) {
    const owner = /\.unfinished\.(\d+\.\d+)\./.exec(entry)?.[1]
    if (entry.startsWith(`${name}.unfinished.`) && owner !== undefined && !isAlive(owner)) {
      await command('rm', ['-rf', '--one-file-system', join(cacheFolder(), entry)])
    }
  }
}
