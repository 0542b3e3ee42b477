import { mkdirSync, readlinkSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { codeOf, systemReason } from '../domain/errors.ts'
import { type ConfigFile, type JsonObject, loadConfigFile } from './config-file.ts'
import { withFileLock } from './file-lock.ts'
import { removeRemains, replaceFile } from './whole-file.ts'

/**
 * Changes config.json: read anew, changed, written as a whole or not at all, while no other tug does the same. Keys that
 * tug does not know stay, in their order; a symbolic link stays one. The file is readable by its owner only, because it
 * holds credentials.
 * @throws Error when the file holds no JSON: what stands in it is not ours to throw away; or when it cannot be written
 */
export async function updateConfigFile({ dir, path }: ConfigFile, change: (data: JsonObject) => void): Promise<void> {
  makeDirectory(dir)
  const target = behindLinks(path)
  await withFileLock(`${target}.lock`, async () => {
    const { data, warning } = loadConfigFile(dir)
    removeRemains(target)
    if (warning !== '') throw new Error(`not changing ${path}: ${warning.replace(/^WARNING: /, '')}`)
    change(data)
    replaceFile(target, JSON.stringify(data, null, '\t'))
  })
}

function makeDirectory(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Error(`mkdir ${dir}: ${systemReason(error)}`)
  }
}

/** The file that a path leads to, which need not be there yet. */
function behindLinks(path: string): string {
  let target = path
  const seen = new Set<string>()
  while (!seen.has(target)) {
    seen.add(target)
    try {
      target = resolve(dirname(target), readlinkSync(target))
    } catch (error) {
      // Not a link, or nothing there.
      if (codeOf(error) === 'EINVAL' || codeOf(error) === 'ENOENT') return target
      throw new Error(`readlink ${target}: ${systemReason(error)}`)
    }
  }
  throw new Error(`${path}: too many levels of symbolic links`)
}
