// The install script of the npm package. It replaces bin/tug.js, which needs Node, by the executable of this platform, so
// that the command on PATH is the executable itself. It downloads nothing and writes only into its own directory. Where
// anything is not as expected, it leaves the Node form, which does the same.
import { execFileSync } from 'node:child_process'
import { copyFileSync, linkSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const command = join(import.meta.dirname, 'bin/tug.js')
const replacement = join(import.meta.dirname, 'bin/tug.new')

try {
  // Other package managers start the command with Node, as its name and first line say.
  if (process.platform !== 'win32' && /^npm\//.test(process.env.npm_config_user_agent ?? '')) useExecutable()
} catch {
  rmSync(replacement, { force: true })
}

function useExecutable() {
  const executable = createRequire(import.meta.url).resolve(`tug-${process.platform}-${process.arch}/bin/tug`)
  // It does not start on a processor or with a C library that is too old.
  execFileSync(executable, ['--version'], { stdio: 'ignore', timeout: 10_000 })
  rmSync(replacement, { force: true })
  try {
    // npm has written the file in pieces of a few kilobytes. The kernel keeps it in memory in such pieces too, and a
    // start takes a third more processor time than with a copy, which is written in large ones.
    copyFileSync(executable, replacement)
    useCopy(executable)
  } catch {
    rmSync(replacement, { force: true })
    linkSync(executable, replacement)
  }
  renameSync(replacement, command)
}

/** Replaces the executable by a link to its copy, which saves over 100 MB, where it is in this package's directory. */
function useCopy(executable) {
  if (!executable.startsWith(join(import.meta.dirname, 'node_modules/'))) return
  const link = `${executable}.new`
  rmSync(link, { force: true })
  linkSync(replacement, link)
  renameSync(link, executable)
}
