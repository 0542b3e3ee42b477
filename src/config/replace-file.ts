import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { osPath } from '../domain/go/bytes.ts'
import { basePath, directoryPath, joinPath } from '../domain/go/path.ts'
import { isSpecialFile } from '../files/special-file.ts'

/** The infix of temporary files. It is unique to tug, because `config.json.20261120` may be a backup of the user's. */
const TEMPORARY = '.tug-tmp-'

/**
 * Replaces a file atomically. The owner and the group stay the same even if root writes, and so does the mode, unless others
 * could read the file: it contains secrets, and a new one can be read by its owner only. A device or a pipe is written into
 * and stays. Callers must hold a lock. The package write-file-atomic is not used, because the temporary files that it leaves
 * behind when it is killed cannot be distinguished from backups that are named after their date.
 * @throws the error of the system call that failed
 */
export function replaceFile(path: string, text: string): void {
  if (isSpecialFile(path)) {
    writeFileSync(osPath(path), text)
    return
  }
  const temporary = `${path}${TEMPORARY}${process.pid}`
  try {
    const file = openSync(osPath(temporary), 'wx', 0o600)
    try {
      copyAccess(path, file)
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(osPath(temporary), osPath(path))
  } catch (error) {
    rmSync(osPath(temporary), { force: true })
    throw error
  }
}

/** Removes the temporary files of processes that were killed. They contain the file's secrets. */
export function removeTemporaryFiles(path: string): void {
  const prefix = `${basePath(path)}${TEMPORARY}`
  for (const name of readdirSync(osPath(directoryPath(path)))) {
    if (name.startsWith(prefix)) rmSync(osPath(joinPath(directoryPath(path), name)), { force: true })
  }
}

/** Gives a new file the owner, the group and the mode of the file that it replaces, if there is one. */
function copyAccess(path: string, file: number): void {
  const before = statSync(osPath(path), { throwIfNoEntry: false })
  if (before === undefined) return
  const created = fstatSync(file)
  try {
    if (created.uid !== before.uid || created.gid !== before.gid) fchownSync(file, before.uid, before.gid)
  } catch {
    // Without the permission to change the owner, the user becomes the owner, as with any editor, and no group can read it.
    return
  }
  if ((before.mode & OTHERS) === 0) fchmodSync(file, before.mode & PERMISSIONS)
}

const PERMISSIONS = 0o777
const OTHERS = 0o007
