import { lstatSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { resolveLinks } from '../../archive/links.ts'
import { codeOf, messageOf, pathErrorText } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'
import { absolutePath, joinPath, relativePath } from '../../domain/go/path.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { IgnoreMatcher, parseIgnoreFile, withBuildFiles } from './ignore.ts'
import { checkContext } from './walk.ts'

const DEFAULT_DOCKERFILE = 'Dockerfile'

/** A build context that is a directory, with all links resolved. */
export interface DirectoryContext {
  /** Absolute. */
  readonly root: string
  /** The Dockerfile relative to `root`; begins with `../` when it is outside. `-` means stdin. */
  readonly dockerfile: string
}

/**
 * Finds the context's directory and its Dockerfile. `file` is relative to the working directory, not to the context.
 * @param file the value of `-f`; empty for the default
 * @param cwd the working directory; empty when it has been deleted
 * @throws Error with docker's text
 */
export function findDirectoryContext(path: string, file: string, cwd: string): DirectoryContext {
  if (cwd === '' && !isAbsolute(path)) {
    const what = `unable to get absolute context directory of given context directory ${goQuote(path)}`
    throw new Error(`${what}: getwd: no such file or directory`)
  }
  const root = findRoot(absolutePath(path, cwd))
  return { root, dockerfile: findDockerfile(root, file === '' || file === '-' ? file : absolutePath(file, cwd)) }
}

/** Resolves all links in the path of a context directory. @throws Error with docker's text */
export function findRoot(path: string): string {
  const root = resolvePath(path, 'context path')
  if (!lstatSync(osPath(root)).isDirectory()) throw new Error(`context must be a directory: ${root}`)
  return root
}

/**
 * Returns the Dockerfile's path relative to the context.
 * @param file absolute or relative to the context; empty for `Dockerfile`, or `dockerfile` when that is missing
 * @throws Error with docker's text
 */
export function findDockerfile(root: string, file: string): string {
  if (file === '-') return file
  const name = file !== '' ? file : chooseDefaultDockerfile(root)
  return relativePath(root, resolvePath(isAbsolute(name) ? name : joinPath(root, name), 'Dockerfile path'))
}

/**
 * Reads .dockerignore, and checks that every file to be sent is readable.
 * @throws Error with docker's text, such as `error checking context: syntax error in pattern`
 */
export function prepareDirectory({ root, dockerfile }: DirectoryContext): IgnoreMatcher {
  const patterns = readIgnoreFile(root)
  checkContext(root, createMatcher(patterns))
  return new IgnoreMatcher(withBuildFiles(patterns, dockerfile, dockerfile === '-'))
}

function createMatcher(patterns: readonly string[]): IgnoreMatcher {
  try {
    return new IgnoreMatcher(patterns)
  } catch (error) {
    throw new Error(`error checking context: ${messageOf(error)}`)
  }
}

function readIgnoreFile(root: string): string[] {
  const path = joinPath(root, '.dockerignore')
  let text: string
  try {
    text = readFileSync(osPath(path), 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    const isRead = codeOf(error) === 'EISDIR'
    const reason = pathErrorText(isRead ? 'read' : 'open', path, error)
    throw new Error(isRead ? `error reading .dockerignore: ${reason}` : reason)
  }
  try {
    return parseIgnoreFile(text)
  } catch (error) {
    throw new Error(`error reading .dockerignore: ${messageOf(error)}`)
  }
}

function chooseDefaultDockerfile(root: string): string {
  const lower = DEFAULT_DOCKERFILE.toLowerCase()
  return !exists(joinPath(root, DEFAULT_DOCKERFILE)) && exists(joinPath(root, lower)) ? lower : DEFAULT_DOCKERFILE
}

/** Whether a path exists. One that cannot be inspected counts, because its error is reported when it is read. */
function exists(path: string): boolean {
  try {
    return lstatSync(osPath(path), { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

function resolvePath(path: string, what: string): string {
  try {
    return resolveLinks(path)
  } catch (error) {
    throw new Error(`unable to evaluate symlinks in ${what}: ${messageOf(error)}`)
  }
}
