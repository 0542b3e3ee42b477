import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { goQuote } from '../../../domain/go/quote.ts'
import { redactUrl } from '../../../registry/url-credentials.ts'
import { isBuildKitArchive, peek, readAll } from '../../context/archive.ts'
import { isHttpUrl } from '../../context/git-context.ts'
import { newBuildRef } from '../common/ids.ts'
import type { ContentDirectory, LocalDirectory } from '../common/solve-request.ts'
import { resolveDirectory } from './directories.ts'
import { isRemote, namedContext } from './named-contexts.ts'

/** What a build is made from, as it was typed. */
export interface InputOptions {
  /** The argument: a directory, `-`, or an address. */
  readonly path: string
  /** `-f`; empty when it is not given. */
  readonly file: string
  readonly namedContexts: ReadonlyMap<string, string>
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** Has the daemon fetch a Dockerfile from an address. */
  readonly fetchDockerfile: (url: string) => Promise<Uint8Array>
}

/** What a build is made from: what the frontend is told, and what it may ask the session for. */
export interface BuildInputs {
  readonly attributes: Readonly<Record<string, string>>
  readonly directories: Readonly<Record<string, LocalDirectory>>
  readonly uploads: Readonly<Record<string, AsyncIterable<Uint8Array>>>
  /** Directories with images that are named contexts. */
  readonly stores: Readonly<Record<string, ContentDirectory>>
  /** The context's last path segment; empty where it is no directory. */
  readonly name: string
  /** The Dockerfile as messages name it. */
  readonly dockerfileName: string
  /** Removes what was made for it, and lets go of stdin. */
  close(): void
}

const DOCKERFILE = 'Dockerfile'

/** What has been found of the inputs so far. */
class Found {
  readonly attributes: Record<string, string> = {}
  readonly directories: Record<string, LocalDirectory> = {}
  readonly uploads: Record<string, AsyncIterable<Uint8Array>> = {}
  readonly stores: Record<string, ContentDirectory> = {}
  name = ''
  readonly #closers: (() => void)[] = []

  /** A new empty directory, removed in the end. */
  temporaryDirectory(): string {
    const directory = mkdtempSync(join(tmpdir(), 'tug-build-'))
    this.onClose(() => rmSync(directory, { recursive: true, force: true }))
    return directory
  }

  /** Serves a Dockerfile that is in none of the directories. */
  serveDockerfile(content: Uint8Array, mode = 0o666): void {
    const directory = this.temporaryDirectory()
    writeFileSync(join(directory, DOCKERFILE), content, { mode })
    this.directories.dockerfile = { path: directory }
    this.attributes.dockerfilekey = 'dockerfile'
    this.attributes.filename = DOCKERFILE
  }

  /** @param directory as it was typed */
  serveDockerfileIn(directory: string, name: string): void {
    this.directories.dockerfile = { path: resolveDirectory(directory) }
    this.attributes.filename = lowercaseDockerfile(directory, name)
  }

  onClose(close: () => void): void {
    this.#closers.push(close)
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close()
  }
}

/**
 * Finds out where the build context, the Dockerfile and the named contexts come from.
 * @throws Error in buildx's words
 */
export async function openInputs(options: InputOptions): Promise<BuildInputs> {
  const found = new Found()
  try {
    await findContext(options, found)
    if (isHttpUrl(options.file)) found.serveDockerfile(await options.fetchDockerfile(options.file), 0o600)
    for (const [name, place] of options.namedContexts) {
      const { value, directory, layout } = namedContext(name, place)
      found.attributes['frontend.caps'] = 'moby.buildkit.frontend.contexts+forward'
      found.attributes[`context:${name}`] = value
      if (directory) found.directories[directory.name] = { path: directory.path }
      if (layout) found.stores[`oci:${layout.id}`] = { path: layout.path, isWritable: false }
    }
  } catch (error) {
    found.close()
    throw error
  }
  const { attributes, directories, uploads, stores, name } = found
  return {
    attributes,
    directories,
    uploads,
    stores,
    name,
    dockerfileName: dockerfileName(options),
    close: () => found.close(),
  }
}

async function findContext(options: InputOptions, found: Found): Promise<void> {
  const { path, file, cwd } = options
  if (path === '') throw new Error('please specify build context (e.g. "." for the current directory)')
  found.attributes.filename = file === '' || file === '-' ? DOCKERFILE : file
  if (path === '-') return await fromStdin(options, found)
  if (isDirectory(path)) {
    found.directories.context = { path: resolveDirectory(path) }
    found.name = basename(resolve(cwd, path))
    if (file === '-') found.serveDockerfile(await readAll(options.stdin))
    else if (file === '') found.serveDockerfileIn(path, DOCKERFILE)
    else if (!isHttpUrl(file)) found.serveDockerfileIn(dirname(file), basename(file))
    return
  }
  if (!isRemote(path)) throw new Error(`unable to prepare context: path ${goQuote(redactUrl(path))} not found`)
  found.attributes.context = path
  if (file === '-') found.serveDockerfile(await readAll(options.stdin))
  else if (isAbsolute(file)) {
    found.serveDockerfileIn(dirname(file), basename(file))
    found.attributes.dockerfilekey = 'dockerfile'
  }
}

/** stdin holds an archive or, by its first bytes, a Dockerfile alone. */
async function fromStdin({ file, stdin }: InputOptions, found: Found): Promise<void> {
  if (file === '-') throw new Error("invalid argument: can't use stdin for both build context and dockerfile")
  const peeked = await peek(stdin)
  found.onClose(peeked.close)
  if (peeked.head.length === 0) return
  if (isBuildKitArchive(peeked.head)) {
    const id = newBuildRef()
    found.uploads[id] = peeked.all
    found.attributes.context = `http://buildkit-session/${id}`
    return
  }
  if (file !== '') throw new Error('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles')
  found.directories.context = { path: found.temporaryDirectory() }
  found.serveDockerfile(await readAll(peeked.all))
}

/** `dockerfile` where there is no `Dockerfile`, as docker has always taken it. */
function lowercaseDockerfile(directory: string, name: string): string {
  if (name !== DOCKERFILE) return name
  const lower = DOCKERFILE.toLowerCase()
  try {
    const names = readdirSync(directory)
    return !names.includes(DOCKERFILE) && names.includes(lower) ? lower : name
  } catch {
    return name
  }
}

function dockerfileName({ path, file }: InputOptions): string {
  if (file === '-') return 'stdin'
  return file === '' ? join(path, DOCKERFILE) : file
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
