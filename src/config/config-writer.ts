import { mkdirSync, readlinkSync } from 'node:fs'
import { codeOf, systemReason } from '../domain/errors.ts'
import { fromBytes, osPath } from '../domain/go/bytes.ts'
import { absolutePath, directoryPath } from '../domain/go/path.ts'
import { type ConfigFile, type JsonObject, loadConfigFile } from './config-file.ts'
import { withFileLock } from './file-lock.ts'
import { removeTemporaryFiles, replaceFile } from './replace-file.ts'

/**
 * Changes config.json atomically. The file is read again under a lock that other tug processes respect, and replaced as a
 * whole. Unknown keys and values of wrong types are preserved, in their order, and so is a symbolic link. Others than the
 * owner and the group cannot read the file, because it contains credentials.
 * @throws Error if the file is not a JSON object, since its contents would be lost, or if it cannot be written
 */
export async function updateConfigFile({ dir, path }: ConfigFile, change: (data: JsonObject) => void): Promise<void> {
  makeDirectory(dir)
  const target = followLinks(path)
  await withFileLock(`${target}.lock`, async () => {
    const { data, warning, isDamaged } = loadConfigFile(dir)
    removeTemporaryFiles(target)
    if (isDamaged) throw new Error(`not changing ${path}: ${warning.replace(/^WARNING: /, '')}`)
    change(data)
    replaceFile(target, JSON.stringify(data, null, '\t'))
  })
}

function makeDirectory(dir: string): void {
  try {
    mkdirSync(osPath(dir), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Error(`mkdir ${dir}: ${systemReason(error)}`)
  }
}

/** Returns the target of a path after following symbolic links. It need not exist. */
function followLinks(path: string): string {
  let target = path
  const seen = new Set<string>()
  while (!seen.has(target)) {
    seen.add(target)
    try {
      target = absolutePath(fromBytes(readlinkSync(osPath(target), { encoding: 'buffer' })), directoryPath(target))
    } catch (error) {
      // The target is not a link, or does not exist.
      if (codeOf(error) === 'EINVAL' || codeOf(error) === 'ENOENT') return target
      throw new Error(`readlink ${target}: ${systemReason(error)}`)
    }
  }
  throw new Error(`${path}: too many levels of symbolic links`)
}
