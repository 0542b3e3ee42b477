import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { messageOf } from '../../../domain/errors.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import { ProgramError } from '../../../programs/programs.ts'
import { type GitResult, runGit } from '../../context/git-command.ts'
import type { Attributes } from '../common/solve-request.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface OriginOptions {
  /** The operand of `build`: a directory, `-`, or a URL. */
  readonly path: string
  /** The value of `-f`; empty when it is not typed. */
  readonly file: string
  readonly cwd: string
  readonly env: Environment
  readonly signal: AbortSignal
  /** Called with buildx's text when the origin cannot be determined. */
  readonly warn: (message: string) => void
}

/** The origin of a build context in a git repository. */
export interface Origin {
  /** `vcs:revision`, `vcs:source`, and labels. */
  readonly attributes: Attributes
  /** The root of the working tree; undefined when the paths of directories within it are not reported. */
  readonly root: string | undefined
}

/** Runs git in the context's directory. @throws ProgramError when git cannot be run */
type Git = (...args: readonly string[]) => Promise<GitResult>

interface EnabledParts {
  readonly info: boolean
  readonly labels: boolean
  readonly hasDirtyCheck: boolean
}

const NO_ORIGIN: Origin = { attributes: {}, root: undefined }

/**
 * Determines the origin of a build context in a git working tree. The variables `BUILDX_GIT_INFO`, `BUILDX_GIT_LABELS`
 * and `BUILDX_GIT_CHECK_DIRTY` enable its parts (docker/buildx build/git.go). A failure is only a warning: the build
 * continues without an origin.
 */
export async function findOrigin(options: OriginOptions): Promise<Origin> {
  const { env, warn } = options
  const enabled = {
    info: boolOf(env.BUILDX_GIT_INFO) ?? true,
    labels: env.BUILDX_GIT_LABELS === 'full' || (boolOf(env.BUILDX_GIT_LABELS) ?? false),
    hasDirtyCheck: boolOf(env.BUILDX_GIT_CHECK_DIRTY) ?? false,
  }
  const directory = resolve(options.cwd, options.path)
  const isEnabled = (enabled.info || enabled.labels) && options.path !== '-' && isDirectory(directory)
  if (!isEnabled || !(env.GIT_DIR || isBelowRepository(directory))) return NO_ORIGIN
  try {
    return await readOrigin(directory, options, enabled)
  } catch (error) {
    if (options.signal.aborted) return NO_ORIGIN
    warn(`current commit information was not captured by the build: ${messageOf(error)}`)
    return NO_ORIGIN
  }
}

/** Returns the attributes, with the path in the working tree of each directory that the daemon may request. */
export function toOriginAttributes(
  { attributes, root }: Origin,
  directories: Readonly<Record<string, { readonly path: string }>>,
): Attributes {
  if (root === undefined) return attributes
  const paths = Object.entries(directories).flatMap(([name, { path }]): [string, string][] => {
    const pathInTree = relative(root, path)
    return pathInTree.startsWith('..') ? [] : [[`vcs:localdir:${name}`, pathInTree || '.']]
  })
  return { ...attributes, ...Object.fromEntries(paths) }
}

/** Reads the origin with git. The commands run in parallel where possible, because each starts a process. */
async function readOrigin(
  directory: string,
  { file, cwd, env, signal }: OriginOptions,
  enabled: EnabledParts,
): Promise<Origin> {
  const options = { env: { ...env, LC_ALL: 'C' }, signal }
  const git: Git = (...args) => runGit(directory, ['-c', 'log.showSignature=false', ...args], options)
  const hasGitDirectory = isDirectory(join(directory, '.git'))
  const results = Promise.all([
    git('rev-parse', '--is-inside-work-tree', '--show-toplevel'),
    git('show', '--format=%H', 'HEAD', '--quiet', '--'),
    findRemoteUrl(git),
    enabled.hasDirtyCheck ? git('status', '--porcelain', '--ignored') : undefined,
  ])
  const [tree, commit, remoteUrl, status] = await results.catch((error: unknown) => {
    if (!(error instanceof ProgramError)) throw error
    if (!hasGitDirectory) return []
    throw new Error(`git was not found in the system: ${error.message}`, { cause: error })
  })
  if (!tree || firstLine(tree) !== 'true') {
    if (!tree || !hasGitDirectory) return NO_ORIGIN
    throw new Error('failed to read current commit information with git rev-parse --is-inside-work-tree')
  }
  if (tree.exitCode !== 0) throw new Error(`failed to get git root dir: ${errorOutput(tree)}`)
  const root = removeQuotes(tree.stdout.split('\n')[1] ?? '')
  const hasCommit = commit?.exitCode === 0
  if (commit && !hasCommit && !isNoCommit(commit)) throw new Error(`failed to get git commit: ${errorOutput(commit)}`)
  const isDirty = status !== undefined && (status.exitCode !== 0 || status.stdout.trim() !== '')
  const id = hasCommit ? removeQuotes(firstLine(commit)) : ''
  const revision = id !== '' && isDirty ? `${id}-dirty` : id
  const source = removeUser(remoteUrl ?? '')
  const entrypoint = relative(
    root,
    file === '' ? join(directory, 'Dockerfile') : isAbsolute(file) ? file : join(cwd, file),
  )
  return {
    attributes: {
      ...(enabled.labels
        ? omitEmpty({
            'label:org.opencontainers.image.revision': revision,
            'label:org.opencontainers.image.source': source,
            'label:com.docker.image.source.entrypoint': entrypoint.startsWith('..') ? '' : entrypoint,
          })
        : {}),
      ...(enabled.info ? omitEmpty({ 'vcs:revision': revision, 'vcs:source': source }) : {}),
    },
    root: enabled.info && root !== '' ? root : undefined,
  }
}

/** Returns the URL of the branch's upstream remote, or else of `origin` or `upstream`; empty when there is none. */
async function findRemoteUrl(git: Git): Promise<string> {
  const branch = await git('symbolic-ref', '-q', 'HEAD')
  const format = '--format=%(upstream:remotename)'
  const upstream =
    branch.exitCode === 0 ? firstLine(await git('for-each-ref', format, removeQuotes(firstLine(branch)))) : ''
  for (const name of [removeQuotes(upstream), 'origin', 'upstream'].filter((each) => each !== '')) {
    const result = await git('remote', 'get-url', name)
    const url = firstLine(result)
    if (result.exitCode === 0 && url !== '') return removeQuotes(url)
  }
  return ''
}

/** Removes the user name and password from a URL. A text that is not a URL is returned unchanged. */
export function removeUser(text: string): string {
  const [, scheme, authority, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text) ?? []
  if (scheme === undefined || authority === undefined) return text
  return `${scheme.toLowerCase()}://${authority.slice(authority.lastIndexOf('@') + 1)}${rest}`
}

/** Removes single quotes, as buildx does. */
function removeQuotes(line: string): string {
  return line.replaceAll("'", '')
}

function firstLine({ stdout }: GitResult): string {
  return stdout.split('\n', 1)[0] ?? ''
}

function errorOutput({ stderr }: GitResult): string {
  return stderr.replace(/\n$/, '')
}

/** Returns whether git failed because the repository has no commit yet. */
function isNoCommit({ stderr }: GitResult): boolean {
  return /unknown revision or path not in the working tree|bad revision/i.test(stderr)
}

function omitEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''))
}

function boolOf(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : parseGoBool(text)
}

/** Returns whether the directory or a parent has a `.git`. Where none has, no git process is started. */
function isBelowRepository(directory: string): boolean {
  for (let at = realpathSync(directory); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true
    if (dirname(at) === at) return false
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
