import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { messageOf } from '../../../domain/errors.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import { ProgramError } from '../../../programs/programs.ts'
import { type GitResult, runGit } from '../../context/git-command.ts'
import type { Attributes } from '../common/solve-request.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface OriginOptions {
  /** The argument: a directory, `-`, or an address. */
  readonly path: string
  /** `-f`; empty when it is not given. */
  readonly file: string
  readonly cwd: string
  readonly env: Environment
  readonly signal: AbortSignal
  /** Told, in buildx's words, why nothing is known. */
  readonly warn: (message: string) => void
}

/** Where a build context comes from, as git knows it. */
export interface Origin {
  /** `vcs:revision`, `vcs:source`, and labels. */
  readonly attributes: Attributes
  /** The directory of the working tree; undefined where the directories' places in it are not to be told. */
  readonly root: string | undefined
}

/** Asks git about the context's directory. @throws Error by the system */
type Git = (...args: readonly string[]) => Promise<GitResult>

interface Wanted {
  readonly info: boolean
  readonly labels: boolean
  readonly isDirtinessTold: boolean
}

const NOTHING: Origin = { attributes: {}, root: undefined }

/**
 * Asks git about a build context that is a directory of a working tree. Environment variables say what of it is told.
 */
export async function findOrigin(options: OriginOptions): Promise<Origin> {
  const { env, warn } = options
  const wanted = {
    info: boolOf(env.BUILDX_GIT_INFO) ?? true,
    labels: env.BUILDX_GIT_LABELS === 'full' || (boolOf(env.BUILDX_GIT_LABELS) ?? false),
    isDirtinessTold: boolOf(env.BUILDX_GIT_CHECK_DIRTY) ?? false,
  }
  const directory = resolve(options.cwd, options.path)
  const isAsked = (wanted.info || wanted.labels) && options.path !== '-' && isDirectory(directory)
  if (!isAsked || !(env.GIT_DIR || isBelowRepository(directory))) return NOTHING
  try {
    return await askGit(directory, options, wanted)
  } catch (error) {
    if (options.signal.aborted) return NOTHING
    warn(`current commit information was not captured by the build: ${messageOf(error)}`)
    return NOTHING
  }
}

/** Adds where in the working tree the directories lie that the daemon may ask for. */
export function originAttributes(
  { attributes, root }: Origin,
  directories: Readonly<Record<string, { readonly path: string }>>,
): Attributes {
  if (root === undefined) return attributes
  const places = Object.entries(directories).flatMap(([name, { path }]): [string, string][] => {
    const place = relative(root, path)
    return place.startsWith('..') ? [] : [[`vcs:localdir:${name}`, place || '.']]
  })
  return { ...attributes, ...Object.fromEntries(places) }
}

/** The questions wait for each other as little as they can: each starts a process. */
async function askGit(directory: string, { file, cwd, env, signal }: OriginOptions, wanted: Wanted): Promise<Origin> {
  const options = { env: { ...env, LC_ALL: 'C' }, signal }
  const git: Git = (...args) => runGit(directory, ['-c', 'log.showSignature=false', ...args], options)
  const hasGitDirectory = isDirectory(join(directory, '.git'))
  const asked = Promise.all([
    git('rev-parse', '--is-inside-work-tree', '--show-toplevel'),
    git('show', '--format=%H', 'HEAD', '--quiet', '--'),
    remoteAddress(git),
    wanted.isDirtinessTold ? git('status', '--porcelain', '--ignored') : undefined,
  ])
  const [tree, commit, address, status] = await asked.catch((error: unknown) => {
    if (!(error instanceof ProgramError)) throw error
    if (!hasGitDirectory) return []
    throw new Error(`git was not found in the system: ${error.message}`, { cause: error })
  })
  if (!tree || firstLine(tree) !== 'true') {
    if (!tree || !hasGitDirectory) return NOTHING
    throw new Error('failed to read current commit information with git rev-parse --is-inside-work-tree')
  }
  if (tree.exitCode !== 0) throw new Error(`failed to get git root dir: ${complaint(tree)}`)
  const root = cleaned(tree.stdout.split('\n')[1] ?? '')
  const hasCommit = commit?.exitCode === 0
  if (commit && !hasCommit && !isNoCommit(commit)) throw new Error(`failed to get git commit: ${complaint(commit)}`)
  const isDirty = status !== undefined && (status.exitCode !== 0 || status.stdout.trim() !== '')
  const id = hasCommit ? cleaned(firstLine(commit)) : ''
  const revision = id !== '' && isDirty ? `${id}-dirty` : id
  const source = withoutUser(address ?? '')
  const entrypoint = relative(
    root,
    file === '' ? join(directory, 'Dockerfile') : isAbsolute(file) ? file : join(cwd, file),
  )
  return {
    attributes: {
      ...(wanted.labels
        ? told({
            'label:org.opencontainers.image.revision': revision,
            'label:org.opencontainers.image.source': source,
            'label:com.docker.image.source.entrypoint': entrypoint.startsWith('..') ? '' : entrypoint,
          })
        : {}),
      ...(wanted.info ? told({ 'vcs:revision': revision, 'vcs:source': source }) : {}),
    },
    root: wanted.info && root !== '' ? root : undefined,
  }
}

/** Of the remote that the branch follows, else of the usual ones; empty where there is none. */
async function remoteAddress(git: Git): Promise<string> {
  const branch = await git('symbolic-ref', '-q', 'HEAD')
  const format = '--format=%(upstream:remotename)'
  const followed = branch.exitCode === 0 ? firstLine(await git('for-each-ref', format, cleaned(firstLine(branch)))) : ''
  for (const name of [cleaned(followed), 'origin', 'upstream'].filter((each) => each !== '')) {
    const response = await git('remote', 'get-url', name)
    const address = firstLine(response)
    if (response.exitCode === 0 && address !== '') return cleaned(address)
  }
  return ''
}

/** An address without the user's name and password. */
export function withoutUser(address: string): string {
  const [, scheme, authority, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address) ?? []
  if (scheme === undefined || authority === undefined) return address
  return `${scheme.toLowerCase()}://${authority.slice(authority.lastIndexOf('@') + 1)}${rest}`
}

/** As buildx does it, whatever the quotes are for. */
function cleaned(line: string): string {
  return line.replaceAll("'", '')
}

function firstLine({ stdout }: GitResult): string {
  return stdout.split('\n', 1)[0] ?? ''
}

function complaint({ stderr }: GitResult): string {
  return stderr.replace(/\n$/, '')
}

/** Whether what git complains of is that nothing has been committed yet. */
function isNoCommit({ stderr }: GitResult): boolean {
  return /unknown revision or path not in the working tree|bad revision/i.test(stderr)
}

function told(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''))
}

function boolOf(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : parseGoBool(text)
}

/** Spares those who do not use git here the time that it takes to ask it. */
function isBelowRepository(directory: string): boolean {
  for (let at = realpathSync(directory); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true
    if (dirname(at) === at) return false
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
