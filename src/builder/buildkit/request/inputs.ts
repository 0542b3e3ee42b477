import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { pathErrorText } from '../../../domain/errors.ts'
import { hasStrayBytes, osPath } from '../../../domain/go/bytes.ts'
import { absolutePath, basePath, directoryPath, joinPath } from '../../../domain/go/path.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { redactUrl } from '../../../registry/url-credentials.ts'
import { isBuildKitArchive, peek, readAll } from '../../context/archive.ts'
import { isHttpUrl } from '../../context/git-context.ts'
import { newBuildRef } from '../common/ids.ts'
import type { ContentDirectory, LocalDirectory } from '../common/solve-request.ts'
import { resolveDirectory } from './directories.ts'
import { isRemote, openNamedContext } from './named-contexts.ts'

/** The typed inputs of a build. */
export interface InputOptions {
  /** The operand of `build`: a directory, `-`, or a URL. */
  readonly path: string
  /** The value of `-f`; empty when it is not typed. */
  readonly file: string
  readonly namedContexts: ReadonlyMap<string, string>
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** Lets the daemon fetch a Dockerfile from a URL. */
  readonly fetchDockerfile: (url: string) => Promise<Uint8Array>
}

/** The inputs of a build: attributes for the frontend, and the data that the daemon may request from the session. */
export interface BuildInputs {
  readonly attributes: Readonly<Record<string, string>>
  readonly directories: Readonly<Record<string, LocalDirectory>>
  readonly uploads: Readonly<Record<string, AsyncIterable<Uint8Array>>>
  /** OCI layouts with images that are named contexts. */
  readonly stores: Readonly<Record<string, ContentDirectory>>
  /** The last path segment of the context; empty when it is not a directory. */
  readonly name: string
  /** The name of the Dockerfile in messages. */
  readonly dockerfileName: string
  /** Removes temporary files and releases stdin. */
  close(): void
}

const DOCKERFILE = 'Dockerfile'

/** Collects the inputs of a build. */
class InputCollector {
  readonly attributes: Record<string, string> = {}
  readonly directories: Record<string, LocalDirectory> = {}
  readonly uploads: Record<string, AsyncIterable<Uint8Array>> = {}
  readonly stores: Record<string, ContentDirectory> = {}
  name = ''
  readonly #closers: (() => void)[] = []

  /** Creates an empty directory, which `close` removes. */
  createTemporaryDirectory(): string {
    const directory = mkdtempSync(join(tmpdir(), 'tug-build-'))
    this.onClose(() => rmSync(directory, { recursive: true, force: true }))
    return directory
  }

  /** Serves a Dockerfile from a temporary directory, for one that comes from stdin or a URL. */
  serveDockerfile(content: Uint8Array, mode = 0o666): void {
    const directory = this.createTemporaryDirectory()
    writeFileSync(join(directory, DOCKERFILE), content, { mode })
    this.directories.dockerfile = { path: directory }
    this.attributes.dockerfilekey = 'dockerfile'
    this.attributes.filename = DOCKERFILE
  }

  /**
   * Serves a Dockerfile in a directory. BuildKit's requests cannot contain a name that is not UTF-8, so that such a file
   * gets another one.
   * @param directory the path as typed
   */
  serveDockerfileIn(directory: string, name: string): void {
    if (hasStrayBytes(name)) {
      this.serveDockerfile(readDockerfile(`${directory}/${name}`))
      return
    }
    this.directories.dockerfile = { path: resolveDirectory(directory) }
    this.attributes.filename = findDockerfileName(directory, name)
  }

  onClose(close: () => void): void {
    this.#closers.push(close)
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close()
  }
}

/**
 * Opens the build context, the Dockerfile and the named contexts. The caller closes the result.
 * @throws Error with buildx's text when one of them is missing or contradicts another
 */
export async function openInputs(options: InputOptions): Promise<BuildInputs> {
  const inputs = new InputCollector()
  try {
    await findContext(options, inputs)
    if (isHttpUrl(options.file)) inputs.serveDockerfile(await options.fetchDockerfile(options.file), 0o600)
    for (const [name, source] of options.namedContexts) {
      const { value, directory, layout } = openNamedContext(name, source)
      inputs.attributes['frontend.caps'] = 'moby.buildkit.frontend.contexts+forward'
      inputs.attributes[`context:${name}`] = value
      if (directory) inputs.directories[directory.name] = { path: directory.path }
      if (layout) inputs.stores[`oci:${layout.id}`] = { path: layout.path, isWritable: false }
    }
  } catch (error) {
    inputs.close()
    throw error
  }
  const { attributes, directories, uploads, stores, name } = inputs
  return {
    attributes,
    directories,
    uploads,
    stores,
    name,
    dockerfileName: nameDockerfile(options),
    close: () => inputs.close(),
  }
}

async function findContext(options: InputOptions, inputs: InputCollector): Promise<void> {
  const { path, file, cwd } = options
  if (path === '') throw new Error('please specify build context (e.g. "." for the current directory)')
  inputs.attributes.filename = file === '' || file === '-' ? DOCKERFILE : file
  if (path === '-') return await openStdin(options, inputs)
  if (isDirectory(path)) {
    inputs.directories.context = { path: resolveDirectory(path) }
    inputs.name = basePath(absolutePath(path, cwd))
    if (file === '-') inputs.serveDockerfile(await readAll(options.stdin))
    else if (file === '') inputs.serveDockerfileIn(path, DOCKERFILE)
    else if (!isHttpUrl(file)) inputs.serveDockerfileIn(directoryPath(file), basePath(file))
    return
  }
  if (!isRemote(path)) throw new Error(`unable to prepare context: path ${goQuote(redactUrl(path))} not found`)
  inputs.attributes.context = path
  if (file === '-') inputs.serveDockerfile(await readAll(options.stdin))
  else if (isAbsolute(file)) {
    inputs.serveDockerfileIn(directoryPath(file), basePath(file))
    inputs.attributes.dockerfilekey = 'dockerfile'
  }
}

/** Opens the build context on stdin: an archive, or a single Dockerfile. The first bytes show which of them it is. */
async function openStdin({ file, stdin }: InputOptions, inputs: InputCollector): Promise<void> {
  if (file === '-') throw new Error("invalid argument: can't use stdin for both build context and dockerfile")
  const peeked = await peek(stdin)
  inputs.onClose(peeked.close)
  if (peeked.head.length === 0) return
  if (isBuildKitArchive(peeked.head)) {
    const id = newBuildRef()
    inputs.uploads[id] = peeked.all
    inputs.attributes.context = `http://buildkit-session/${id}`
    return
  }
  if (file !== '') throw new Error('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles')
  inputs.directories.context = { path: inputs.createTemporaryDirectory() }
  inputs.serveDockerfile(await readAll(peeked.all))
}

function readDockerfile(path: string): Uint8Array {
  try {
    return readFileSync(osPath(path))
  } catch (error) {
    throw new Error(`failed to read dockerfile: ${pathErrorText('open', path, error)}`, { cause: error })
  }
}

/** Returns `dockerfile` for a directory that has a file of this name and no `Dockerfile`, as docker does. */
function findDockerfileName(directory: string, name: string): string {
  if (name !== DOCKERFILE) return name
  const lower = DOCKERFILE.toLowerCase()
  try {
    const names = readdirSync(osPath(directory))
    return !names.includes(DOCKERFILE) && names.includes(lower) ? lower : name
  } catch {
    return name
  }
}

function nameDockerfile({ path, file }: InputOptions): string {
  if (file === '-') return 'stdin'
  return file === '' ? joinPath(path, DOCKERFILE) : file
}

function isDirectory(path: string): boolean {
  return statSync(osPath(path), { throwIfNoEntry: false })?.isDirectory() ?? false
}
