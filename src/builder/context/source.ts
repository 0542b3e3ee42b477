import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { padding, TAR_END, tarHeader } from '../../archive/tar-header.ts'
import { messageOf, pathErrorText } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'
import { absolutePath } from '../../domain/go/path.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { redactUrl } from '../../registry/url-credentials.ts'
import { createDockerfileEntries } from './added-dockerfile.ts'
import { isArchive, peek, readAll } from './archive.ts'
import {
  type DirectoryContext,
  findDirectoryContext,
  findDockerfile,
  findRoot,
  prepareDirectory,
} from './directory-context.ts'
import { checkOut, isGitUrl, isHttpUrl } from './git-context.ts'
import { writeContextTar } from './tar.ts'
import { insertIntoTar } from './tar-insert.ts'
import { type Download, download } from './url-context.ts'

/** The inputs of a build with the classic builder, and what they are read with. */
export interface SourceOptions {
  /** The argument: a directory, `-`, or a URL. */
  readonly path: string
  /** The value of `-f`; empty when it is not typed. */
  readonly file: string
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** The environment of git and of HTTP proxies. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called with docker's message for each file that could not be sent. */
  readonly warn: (message: string) => void
  /** Passes a download on while it displays its progress. */
  readonly watch: (download: Download) => AsyncIterable<Uint8Array>
  /** Seconds since 1970. */
  readonly now: number
  /** 20 hexadecimal digits, for the name of a Dockerfile from elsewhere. */
  readonly randomHex: () => string
  readonly signal?: AbortSignal
}

/** A build context that can be sent. */
export interface BuildSource {
  /** The Dockerfile within the context; empty for the daemon's default. */
  readonly dockerfile: string
  /** The tar archive; it can be read once. */
  readonly archive: AsyncIterable<Buffer> | Iterable<Buffer>
  /** Whether the archive is a download that is forwarded unchanged; docker then does not print how much was sent. */
  readonly isForwarded: boolean
  /** Removes temporary files and releases stdin. */
  close(): void
}

/**
 * Opens the build context. docker's order decides which kind it is: stdin, an existing path, git, HTTP.
 * @throws Error with docker's text
 */
export async function openSource(options: SourceOptions): Promise<BuildSource> {
  if (options.file === '-' && options.path === '-') {
    throw new Error("invalid argument: can't use stdin for both build context and dockerfile")
  }
  if (options.path === '-') return await prepareContext(() => openStream(options.stdin, options, false))
  if (options.path !== '' && existsSync(osPath(absolutePath(options.path, options.cwd)))) {
    const directory = await prepareContext(() => findDirectoryContext(options.path, options.file, options.cwd))
    return openDirectory(directory, await readOutsideDockerfile(directory, options), options, () => {})
  }
  if (isGitUrl(options.path)) return openGit(options)
  if (isHttpUrl(options.path)) {
    return await prepareContext(async () =>
      openStream(options.watch(await download(options.path, options)), options, true),
    )
  }
  throw new Error(`unable to prepare context: path ${goQuote(redactUrl(options.path))} not found`)
}

async function prepareContext<T>(prepare: () => T | Promise<T>): Promise<T> {
  try {
    return await prepare()
  } catch (error) {
    throw new Error(`unable to prepare context: ${messageOf(error)}`)
  }
}

async function openGit(options: SourceOptions): Promise<BuildSource> {
  const checkout = await prepareContext(() => checkOut(options.path, { env: options.env, signal: options.signal }))
  try {
    const directory = await prepareContext(() => {
      const root = findRoot(checkout.root)
      const dockerfile = findDockerfile(root, options.file)
      if (dockerfile.startsWith('../')) {
        throw new Error(`the Dockerfile (${options.file}) must be within the build context`)
      }
      return { root, dockerfile }
    })
    const added = directory.dockerfile === '-' ? await readAll(options.stdin) : undefined
    return openDirectory(directory, added, options, checkout.remove)
  } catch (error) {
    checkout.remove()
    throw error
  }
}

/** Reads a Dockerfile that is outside of the context, from stdin or another directory; undefined when it is inside. */
async function readOutsideDockerfile(
  { dockerfile }: DirectoryContext,
  options: SourceOptions,
): Promise<Buffer | undefined> {
  if (dockerfile === '-') return readAll(options.stdin)
  if (!dockerfile.startsWith('../')) return undefined
  const path = options.file
  try {
    // The path is not cleaned, because Go leaves it to the operating system: `..` behind a link is elsewhere.
    return readFileSync(osPath(isAbsolute(path) || options.cwd === '' ? path : `${options.cwd}/${path}`))
  } catch (error) {
    throw new Error(`unable to prepare context: unable to open Dockerfile: ${pathErrorText('open', path, error)}`)
  }
}

function openDirectory(
  directory: DirectoryContext,
  dockerfile: Buffer | undefined,
  options: SourceOptions,
  close: () => void,
): BuildSource {
  const matcher = prepareDirectory(directory)
  const added = dockerfile && createDockerfileEntries(dockerfile, options.randomHex())
  const { warn, now } = options
  return {
    dockerfile: added?.name ?? directory.dockerfile,
    archive: writeContextTar({ root: directory.root, matcher, warn, now, ...(added && { added: added.files }) }),
    isForwarded: false,
    close,
  }
}

/** Opens a stream, which contains an archive or a single Dockerfile; its first bytes decide. */
async function openStream(
  stream: AsyncIterable<Uint8Array>,
  options: SourceOptions,
  isDownload: boolean,
): Promise<BuildSource> {
  const peeked = await peek(stream)
  try {
    const { close } = peeked
    if (isArchive(peeked.head))
      return { ...(await openArchive(peeked.all, options)), isForwarded: isDownload && options.file !== '-', close }
    if (options.file === '-') throw new Error('build context is not an archive')
    if (options.file !== '') {
      throw new Error('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles')
    }
    const archive = createArchive({ name: 'Dockerfile', content: await readAll(peeked.all) }, options.now)
    return { dockerfile: 'Dockerfile', archive, isForwarded: false, close }
  } catch (error) {
    peeked.close()
    throw error
  }
}

async function openArchive(archive: AsyncIterable<Buffer>, { file, stdin, randomHex, now }: SourceOptions) {
  if (file !== '-') return { dockerfile: file, archive }
  const added = createDockerfileEntries(await readAll(stdin), randomHex())
  return { dockerfile: added.name, archive: insertIntoTar(archive, added.files, now) }
}

function* createArchive({ name, content }: { name: string; content: Buffer }, now: number): Generator<Buffer> {
  yield tarHeader({ name, type: 'file', mode: 0o644, size: content.length, mtime: now })
  yield content
  yield Buffer.alloc(padding(content.length))
  yield TAR_END
}
