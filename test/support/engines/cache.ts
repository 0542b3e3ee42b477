import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDirectory } from './cache-directory.ts'
import { command } from './command.ts'
import { identityIn, isAlive, ownIdentity } from './identity.ts'
import { withLock } from './lock.ts'
import { removeTree } from './remove-tree.ts'

/**
 * Returns the directory `name` of the cache, which `make` fills the first time. An interrupted `make` leaves nothing
 * behind that a later call would mistake for a finished directory.
 */
export async function cached(name: string, make: (directory: string) => Promise<void>): Promise<string> {
  const directory = join(cacheDirectory(), name)
  if (existsSync(directory)) return directory
  return withLock(name, async () => {
    if (existsSync(directory)) return directory
    await mkdir(cacheDirectory(), { recursive: true })
    await removeUnfinished(name)
    const unfinished = await mkdtemp(join(cacheDirectory(), `${name}.unfinished.${ownIdentity()}.`))
    try {
      await make(unfinished)
      await command('chmod', ['755', unfinished])
      await rename(unfinished, directory)
    } finally {
      await removeTree(unfinished)
    }
    return directory
  })
}

async function removeUnfinished(name: string): Promise<void> {
  for (const entry of await readdir(cacheDirectory())) {
    const prefix = `${name}.unfinished.`
    const owner = entry.startsWith(prefix) ? identityIn(entry.slice(prefix.length)) : undefined
    if (owner !== undefined && !isAlive(owner)) {
      await removeTree(join(cacheDirectory(), entry))
    }
  }
}
