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

/** Ours alone: a name such as `config.json.20261120` may be somebody's backup. */
const TEMPORARY = '.tug-tmp-'

/**
 * Puts a text in a file's place, as a whole or not at all, readable by its owner only. The owner stays who it was, also
 * where root writes. Of all writers one at a time may do so. write-file-atomic does the same, but what it leaves behind
 * when it is killed cannot be told from a backup that is named by its date.
 * @throws Error of the system call that failed
 */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}${TEMPORARY}${process.pid}`
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      keepOwner(path, file)
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

/** Takes away what writers that were killed left behind, with all that was to be in the file. */
export function removeRemains(path: string): void {
  const prefix = `${basename(path)}${TEMPORARY}`
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true })
  }
}

function keepOwner(path: string, file: number): void {
  const before = statSync(path, { throwIfNoEntry: false })
  if (before === undefined || before.uid === process.geteuid?.()) return
  try {
    fchownSync(file, before.uid, before.gid)
  } catch {
    // Who may not give files away becomes the owner, as with any editor.
  }
}
