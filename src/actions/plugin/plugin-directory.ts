/** The directory from which a plugin is created: `config.json` and the plugin's root file system in `rootfs`. */
import { lstatSync } from 'node:fs'
import { IgnoreMatcher } from '../../builder/context/ignore.ts'
import { writeContextTar } from '../../builder/context/tar.ts'
import type { Cli } from '../../cli/cli.ts'
import { readFileUpTo } from '../../cli/io/read-file.ts'
import { ExitStatus, pathErrorText } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'
import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import { joinPath } from '../../domain/go/path.ts'
import { checkPluginConfig } from '../../engine/api/plugins.ts'
import { formatLogLine } from '../../format/text/notices.ts'

const MAX_CONFIG_SIZE = 16 * 1024 * 1024

/**
 * Checks that a plugin can be created from a directory, as docker does before it sends it.
 * @param root the absolute path
 * @param typed the path as it was typed, which is in messages about config.json
 * @throws ExitStatus, Error with docker's message
 */
export function checkPluginDirectory(root: string, typed: string): void {
  if (!isDirectory(root)) throw new ExitStatus(1, 'context must be a directory')
  const text = new TextDecoder().decode(readFileUpTo(joinPath(typed, 'config.json'), MAX_CONFIG_SIZE))
  if (text.trim() === '') throw new Error('EOF')
  const end = endOfFirstJsonValue(text)
  if (end < 0) throw new Error(goJsonError(text))
  checkPluginConfig(JSON.parse(text.slice(0, end)))
}

/** Whether a path is a directory. A symbolic link to one is not. @throws Error with Go's message */
function isDirectory(path: string): boolean {
  try {
    return lstatSync(osPath(path)).isDirectory()
  } catch (error) {
    throw new Error(pathErrorText('lstat', path, error), { cause: error })
  }
}

/** Yields a directory as a tar archive, in which files keep their owners. Files that cannot be read are left out. */
export async function* archivePluginDirectory(
  root: string,
  { err, now }: Pick<Cli, 'err' | 'now'>,
): AsyncGenerator<Buffer> {
  const warn = (message: string) =>
    err.write(formatLogLine('error', message, { isTerminal: err.isTerminal, now: now() }))
  yield* writeContextTar({
    root,
    matcher: new IgnoreMatcher([]),
    keepsOwners: true,
    warn,
    now: Math.floor(now().getTime() / 1000),
  })
}
