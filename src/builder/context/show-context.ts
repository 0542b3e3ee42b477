import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { codeOf, ExitStatus, messageOf, pathErrorText } from '../../domain/errors.ts'
import { findRoot } from './directory-context.ts'
import { type IgnoreRule, parseIgnoreRules } from './ignore.ts'
import { type ContextList, listContext } from './list.ts'
import { formatLargeContextHint, formatPlainReport, formatTerminalReport } from './report.ts'

const IGNORE_FILE = '.dockerignore'

/** A build whose context is a directory. */
export interface DirectoryBuild {
  readonly path: string
  /** The value of `-f`; empty when it is not typed. */
  readonly file: string
  readonly cwd: string
  readonly builder: 'buildkit' | 'classic'
}

/**
 * Returns the output of `--show-context`: the files that a build would send at most, and those that its ignore file
 * excludes.
 * @throws ExitStatus when the context is not a directory, or its ignore file cannot be read
 */
export function formatContextReport(build: DirectoryBuild, isTerminal: boolean): { text: string; hint: string } {
  try {
    const { list, ignoreFile } = listBuild(build)
    const hint = formatLargeContextHint(list.sent)
    return { text: isTerminal ? formatTerminalReport(list, ignoreFile) : formatPlainReport(list, ignoreFile), hint }
  } catch (error) {
    throw new ExitStatus(1, `ERROR: ${messageOf(error)}`)
  }
}

/**
 * Returns a hint that names the largest directories of a context that was sent; empty when they cannot be determined.
 */
export function createSentContextHint(build: DirectoryBuild): string {
  try {
    return formatLargeContextHint(listBuild(build).list.sent)
  } catch {
    return ''
  }
}

function listBuild({ path, file, cwd, builder }: DirectoryBuild): { list: ContextList; ignoreFile: string } {
  if (path === '-' || !existsSync(resolve(cwd, path))) {
    throw new Error(`--show-context needs a directory, but ${path === '-' ? 'stdin' : path} is not one`)
  }
  const root = findRoot(resolve(cwd, path))
  const specific = builder === 'buildkit' ? specificIgnoreFile(root, file, cwd) : undefined
  const dockerfile = file === '' ? 'Dockerfile' : file === '-' ? '-' : relative(root, resolve(cwd, file))
  return {
    list: listContext({ root, rules: rulesIn(specific ?? join(root, IGNORE_FILE)), builder, dockerfile }),
    ignoreFile: specific ? basename(specific) : IGNORE_FILE,
  }
}

/** BuildKit prefers an ignore file next to the Dockerfile that begins with its name: `Dockerfile.dockerignore`. */
function specificIgnoreFile(root: string, file: string, cwd: string): string | undefined {
  if (file === '-') return undefined
  const dockerfile = file === '' ? join(root, 'Dockerfile') : resolve(cwd, file)
  const specific = join(dirname(dockerfile), `${basename(dockerfile)}${IGNORE_FILE}`)
  return existsSync(specific) ? specific : undefined
}

function rulesIn(path: string): readonly IgnoreRule[] {
  try {
    return parseIgnoreRules(readFileSync(path, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw codeOf(error) === undefined ? error : new Error(pathErrorText('open', path, error))
  }
}
