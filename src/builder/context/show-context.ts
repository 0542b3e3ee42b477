import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { codeOf, ExitStatus, messageOf, pathErrorText } from '../../domain/errors.ts'
import { findRoot } from './directory-context.ts'
import { type IgnoreRule, parseIgnoreRules } from './ignore.ts'
import { type ContextList, listContext } from './list.ts'
import { largeContextHint, plainReport, terminalReport } from './report.ts'

const IGNORE_FILE = '.dockerignore'

/** A build whose context is a directory. */
export interface ShownBuild {
  readonly path: string
  /** `-f`; empty when it is not given. */
  readonly file: string
  readonly cwd: string
  readonly builder: 'buildkit' | 'classic'
}

/**
 * What `--show-context` prints: what a build would send at most, and what its ignore file keeps out.
 * @throws ExitStatus where the context is no directory, or its ignore file cannot be read
 */
export function contextReport(build: ShownBuild, isTerminal: boolean): { text: string; hint: string } {
  try {
    const { list, ignoreFile } = listed(build)
    const hint = largeContextHint(list.sent)
    return { text: isTerminal ? terminalReport(list, ignoreFile) : plainReport(list, ignoreFile), hint }
  } catch (error) {
    throw new ExitStatus(1, `ERROR: ${messageOf(error)}`)
  }
}

/**
 * Which directories make a context large that has been sent; empty where that cannot be told.
 */
export function sentContextHint(build: ShownBuild): string {
  try {
    return largeContextHint(listed(build).list.sent)
  } catch {
    return ''
  }
}

function listed({ path, file, cwd, builder }: ShownBuild): { list: ContextList; ignoreFile: string } {
  if (path === '-' || !existsSync(resolve(cwd, path))) {
    throw new Error(`--show-context looks into a directory, and ${path === '-' ? 'stdin' : path} is none`)
  }
  const root = findRoot(resolve(cwd, path))
  const own = builder === 'buildkit' ? ownIgnoreFile(root, file, cwd) : undefined
  const dockerfile = file === '' ? 'Dockerfile' : file === '-' ? '-' : relative(root, resolve(cwd, file))
  return {
    list: listContext({ root, rules: rulesIn(own ?? join(root, IGNORE_FILE)), builder, dockerfile }),
    ignoreFile: own ? basename(own) : IGNORE_FILE,
  }
}

/** BuildKit prefers an ignore file that lies beside the Dockerfile and bears its name. */
function ownIgnoreFile(root: string, file: string, cwd: string): string | undefined {
  if (file === '-') return undefined
  const dockerfile = file === '' ? join(root, 'Dockerfile') : resolve(cwd, file)
  const own = join(dirname(dockerfile), `${basename(dockerfile)}${IGNORE_FILE}`)
  return existsSync(own) ? own : undefined
}

function rulesIn(path: string): readonly IgnoreRule[] {
  try {
    return parseIgnoreRules(readFileSync(path, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw codeOf(error) === undefined ? error : new Error(pathErrorText('open', path, error))
  }
}
