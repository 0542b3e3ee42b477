import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveLinksIn } from '../../archive/links.ts'
import { messageOf, pathErrorText } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { ProgramError } from '../../programs/programs.ts'
import { openWeb } from '../../registry/http-client.ts'
import { sendFollowingRedirects } from '../../registry/redirects.ts'
import { gitLogin, loginHeaders, splitCredentials } from '../../registry/url-credentials.ts'
import { type GitOptions, type GitResult, runGit } from './git-command.ts'

/** The address of a git repository as `docker build` accepts it: `URL#ref:directory`. */
export interface GitAddress {
  readonly remote: string
  readonly ref: string
  /** The directory within the repository; empty for its root. */
  readonly directory: string
}

/** Returns whether docker takes the argument for a git repository, provided that no such path exists. */
export function isGitUrl(text: string): boolean {
  return (isHttpUrl(text) && /\.git(?:#.+)?$/.test(text)) || /^(?:git:\/\/|github\.com\/|git@)/.test(text)
}

/** Returns whether the text is an HTTP or HTTPS URL. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text)
}

/**
 * Parses the address of a git repository.
 * @throws Error with docker's text when git would take the ref for an option
 */
export function parseGitAddress(text: string): GitAddress {
  const full = /^(?:https?:\/\/|git:\/\/|git@)/.test(text) ? text : `https://${text}`
  const hash = full.indexOf('#')
  const remote = hash < 0 ? full : full.slice(0, hash)
  const fragment = hash < 0 ? '' : full.slice(hash + 1)
  const colon = fragment.indexOf(':')
  const ref = (colon < 0 ? fragment : fragment.slice(0, colon)) || 'master'
  if (ref.startsWith('-')) throw new Error(`invalid refspec: ${ref}`)
  return { remote, ref, directory: colon < 0 ? '' : fragment.slice(colon + 1) }
}

/** A checkout in a temporary directory; `root` is the directory of it that the address names. */
export interface Checkout {
  readonly root: string
  remove(): void
}

/**
 * Fetches one commit of a repository and its submodules with the git command.
 * @throws Error with docker's text, which includes git's output
 */
export async function checkOut(text: string, options: GitOptions): Promise<Checkout> {
  const temporary = mkdtempSync(join(tmpdir(), 'docker-build-git'))
  const remove = () => rmSync(temporary, { recursive: true, force: true })
  try {
    return { root: await cloneInto(temporary, parseGitAddress(text), options), remove }
  } catch (error) {
    remove()
    if (error instanceof ProgramError) throw new Error(`unable to find 'git': ${error.message}`, { cause: error })
    throw new Error(`unable to 'git clone' to temporary context directory: ${messageOf(error)}`)
  }
}

async function cloneInto(root: string, { remote, ref, directory }: GitAddress, options: GitOptions): Promise<string> {
  const clean = splitCredentials(remote)
  const login = gitLogin(clean)
  const env = { ...options.env, ...login.env }
  // A repository must not make git read local paths or run helpers for unusual protocols.
  const safeOptions = { ...options, env: { ...env, GIT_PROTOCOL_FROM_USER: '0' } }
  const git = (...args: string[]) =>
    runGit(root, [...login.options, '-c', 'protocol.file.allow=never', ...args], safeOptions)

  await requireSuccess(git('init'), (output) => `failed to init repo at ${root}: ${output}`)
  const added = git('remote', 'add', 'origin', clean.url)
  await requireSuccess(added, (output) => `failed add origin repo at ${clean.url}: ${output}`)
  const canBeShallow = await canFetchShallow(clean.url, loginHeaders(clean.credentials), options)
  const depth = canBeShallow ? ['--depth', '1'] : []
  await requireSuccess(git('fetch', ...depth, 'origin', '--', ref), (output) => `error fetching: ${output}`)
  const byName = await git('checkout', ref)
  if (byName.exitCode !== 0 && (await git('checkout', 'FETCH_HEAD')).exitCode !== 0) {
    throw new Error(`error checking out ${ref}: ${byName.output}: exit status ${byName.exitCode}`)
  }
  const subdirectory = directory === '' ? root : resolveSubdirectory(root, directory)
  const update = [...login.options, 'submodule', 'update', '--init', '--recursive', '--depth=1']
  const submodules = runGit(root, update, { ...options, env })
  await requireSuccess(submodules, (output) => `error initializing submodules: ${output}`)
  return subdirectory
}

function resolveSubdirectory(root: string, directory: string): string {
  const joined = join(root, directory)
  if (!`${joined}/`.startsWith(`${root}/`)) {
    const reason = `evalSymlinksInScope: ${joined} is not in ${root}`
    throw new Error(`error setting git context, ${goQuote(directory)} not within git root: ${reason}`)
  }
  const found = resolveLinksIn(root, joined.slice(root.length))
  try {
    if (statSync(found).isDirectory()) return found
  } catch (error) {
    throw new Error(pathErrorText('stat', found, error))
  }
  throw new Error(`error setting git context, not a directory: ${found}`)
}

async function requireSuccess(running: Promise<GitResult>, describe: (output: string) => string): Promise<void> {
  const { exitCode, output } = await running
  if (exitCode !== 0) throw new Error(`${describe(output)}: exit status ${exitCode}`)
}

/** Returns whether the server supports shallow fetches. Plain file servers do not; the content type reveals them. */
async function canFetchShallow(
  remote: string,
  headers: Readonly<Record<string, string>>,
  { env, signal }: GitOptions,
): Promise<boolean> {
  if (!isHttpUrl(remote)) return true
  const open = openWeb(env)
  const fetchType = async (method: 'HEAD' | 'GET') => {
    try {
      const url = `${remote}/info/refs?service=git-upload-pack`
      const response = await sendFollowingRedirects({ method, url, headers, ...(signal ? { signal } : {}) }, open)
      response.discard()
      return response.statusCode === 200 ? response.header('content-type') : undefined
    } catch {
      return undefined
    }
  }
  const type = (await fetchType('HEAD')) ?? (await fetchType('GET'))
  return type === 'application/x-git-upload-pack-advertisement'
}
