import {
  closeSync,
  fchownSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The infix of temporary files. It is unique to tug, because `config.json.20261120` may be a backup of the user's. */
const TEMPORARY = '.tug-tmp-'

/**
 * Replaces a file atomically. Only the owner can read it. The owner stays the same even if root writes. Callers must hold a
 * lock. The package write-file-atomic is not used, because the temporary files that it leaves behind when it is killed
 * cannot be distinguished from backups that are named after their date.
 * @throws the error of the system call that failed
 */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}${TEMPORARY}${process.pid}`
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      copyOwner(path, file)
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Removes the temporary files of processes that were killed. They contain the file's secrets. */
export function removeTemporaryFiles(path: string): void {
  const prefix = `${basename(path)}${TEMPORARY}`
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true })
  }
}

function copyOwner(path: string, file: number): void {
  const before = statSync(path, { throwIfNoEntry: false })
  if (before === undefined || before.uid === process.geteuid?.()) return
  try {
    fchownSync(file, before.uid, before.gid)
  } catch {
    // Without the permission to change the owner, the user becomes the owner, as with any editor.
  }
}
