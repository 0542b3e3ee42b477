import { messageOf } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { type Connection, pathSegment, trimmedName } from '../connection.ts'
import type { ResponseHead } from '../transport/wire.ts'
import { asObject } from './shape.ts'
import { ID_RESPONSE } from './shapes/container.ts'

/** The daemon's description of a file in a container. */
export interface PathStat {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Go's `fs.FileMode`: permissions, and the file type in its upper bits. */
  readonly mode: number
  /** The target of a symbolic link; empty for other files. */
  readonly linkTarget: string
}

export interface CopyFrom {
  readonly container: string
  readonly path: string
  readonly signal: AbortSignal
}

export interface CopyTo {
  readonly container: string
  /** A directory in the container. */
  readonly directory: string
  /** A tar archive. */
  readonly archive: Buffer | AsyncIterable<Uint8Array>
  /** Whether files keep the owners that the archive has; otherwise they belong to the container's user. */
  readonly keepsOwners?: boolean
  readonly signal?: AbortSignal
}

export interface CommitContainer {
  readonly container: string
  /** The full repository name; empty for an image without a name. */
  readonly repository: string
  readonly tag: string
  readonly comment: string
  readonly author: string
  /** Dockerfile instructions. */
  readonly changes: readonly string[]
  readonly pause: boolean
}

/**
 * The part of the Engine API that transfers and stores the files of containers. Its callers create it from
 * `Engine.connection`, so that other commands do not load it. All methods throw EngineError and ConnectionError.
 */
export class ContainerArchiveApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Describes a file in a container. Symbolic links are not followed. */
  async stat({ container, path, signal }: CopyFrom): Promise<PathStat> {
    const call = { method: 'HEAD', path: archivePath(container), query: { path }, signal } as const
    return parseStat(await this.#connection.head(call))
  }

  /**
   * Returns a file or directory of a container as a tar archive.
   * @throws Error with docker's message for a bad header
   */
  async copyFrom({
    container,
    path,
    signal,
  }: CopyFrom): Promise<{ stat: PathStat; archive: AsyncIterable<Uint8Array> }> {
    const call = { method: 'GET', path: archivePath(container), query: { path }, signal } as const
    const response = await this.#connection.respond(call)
    try {
      return { stat: parseStat(response), archive: response.body }
    } catch (error) {
      throw new Error(`unable to get resource stat from response: ${messageOf(error)}`)
    }
  }

  /**
   * Unpacks an archive in a container. A directory is not replaced by a file, nor a file by a directory.
   * @throws the error of the archive's stream
   */
  async copyTo({ container, directory, archive, keepsOwners, signal }: CopyTo): Promise<void> {
    await this.#connection.head({
      method: 'PUT',
      path: archivePath(container),
      query: { path: directory, noOverwriteDirNonDir: true, copyUIDGID: keepsOwners ? true : undefined },
      upload: archive,
      // The type that docker's client sends. The daemon ignores it.
      headers: { 'Content-Type': 'text/plain' },
      ...(signal && { signal }),
    })
  }

  /** Returns the whole file system of a container as a tar archive. */
  export(container: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const path = `/containers/${pathSegment('container', container)}/export`
    return this.#connection.stream({ method: 'GET', path, signal })
  }

  /** Creates an image from a container. @returns the image's id */
  async commit(request: CommitContainer): Promise<string> {
    const { repository, tag, comment, author, changes, pause } = request
    const container = trimmedName('container', request.container)
    const query = { author, changes, comment, container, pause: pause ? undefined : 0, repo: repository, tag }
    const response = await this.#connection.json<{ Id?: string }>({ method: 'POST', path: '/commit', query })
    return asObject(response, ID_RESPONSE).Id ?? ''
  }
}

function archivePath(container: string): string {
  return `/containers/${pathSegment('container', container)}/archive`
}

/** Parses the header that describes the file: JSON in base64. @throws Error with docker's message */
function parseStat(response: ResponseHead): PathStat {
  const encoded = response.header('x-docker-container-path-stat')
  const text = Buffer.from(encoded, 'base64').toString()
  const problem = text === '' ? 'EOF' : goJsonError(text)
  if (problem !== '') throw new Error(`unable to decode container path stat header: ${problem}`)
  const { name = '', size = 0, mode = 0, linkTarget = '' }: Partial<PathStat> = JSON.parse(text)
  return { name, size, mode, linkTarget }
}
