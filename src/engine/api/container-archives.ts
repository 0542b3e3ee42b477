import { messageOf } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { type Connection, pathSegment } from '../connection.ts'
import type { ResponseHead } from '../transport/refusal.ts'
import { asObject } from './shape.ts'

/** A file in a container, as the daemon describes it. */
export interface PathStat {
  readonly name: string
  readonly size: number
  /** Go's `fs.FileMode`: permissions, and the kind of file in its upper bits. */
  readonly mode: number
  /** Where a symbolic link points to; empty for anything else. */
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
  readonly archive: Buffer | NodeJS.ReadableStream
  /** Whether files belong to whom the archive says; otherwise to whom the container runs as. */
  readonly keepsOwners?: boolean
  readonly signal?: AbortSignal
}

export interface CommitContainer {
  readonly container: string
  /** In full; empty for an image without a name. */
  readonly repository: string
  readonly tag: string
  readonly comment: string
  readonly author: string
  /** Dockerfile instructions. */
  readonly changes: readonly string[]
  readonly pause: boolean
}

/** Describes a file in a container; a symbolic link is not followed. @throws EngineError ConnectionError */
export async function statPath(connection: Connection, { container, path, signal }: CopyFrom): Promise<PathStat> {
  return statIn(await connection.head({ method: 'HEAD', path: archivePath(container), query: { path }, signal }))
}

/** A file or directory of a container, as a tar archive. @throws EngineError ConnectionError; Error in docker's words */
export async function copyFrom(
  connection: Connection,
  { container, path, signal }: CopyFrom,
): Promise<{ stat: PathStat; archive: AsyncIterable<Uint8Array> }> {
  const response = await connection.respond({ method: 'GET', path: archivePath(container), query: { path }, signal })
  try {
    return { stat: statIn(response), archive: response.body }
  } catch (error) {
    throw new Error(`unable to get resource stat from response: ${messageOf(error)}`)
  }
}

/**
 * Unpacks an archive in a container. Nothing that is no directory takes a directory's place.
 * @throws EngineError ConnectionError; the archive's own error
 */
export async function copyTo(connection: Connection, request: CopyTo): Promise<void> {
  const { container, directory, archive, keepsOwners, signal } = request
  await connection.head({
    method: 'PUT',
    path: archivePath(container),
    query: { path: directory, noOverwriteDirNonDir: true, copyUIDGID: keepsOwners ? true : undefined },
    upload: archive,
    // As docker's client says; the daemon looks at the bytes alone.
    headers: { 'Content-Type': 'text/plain' },
    ...(signal && { signal }),
  })
}

/** The whole file system of a container, as a tar archive. @throws EngineError ConnectionError */
export function exportContainer(
  connection: Connection,
  container: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  return connection.stream({ method: 'GET', path: `/containers/${pathSegment('container', container)}/export`, signal })
}

/** Makes an image of a container; returns its id. @throws EngineError ConnectionError */
export async function commitContainer(connection: Connection, request: CommitContainer): Promise<string> {
  const { container, repository, tag, comment, author, changes, pause } = request
  if (container.trim() === '') throw new Error('invalid container name or ID: value is empty')
  const response = await connection.json<{ Id?: string }>({
    method: 'POST',
    path: '/commit',
    query: {
      author,
      changes,
      comment,
      container: container.trim(),
      pause: pause ? undefined : 0,
      repo: repository,
      tag,
    },
  })
  return asObject(response, 'common.IDResponse').Id ?? ''
}

function archivePath(container: string): string {
  return `/containers/${pathSegment('container', container)}/archive`
}

/** What comes beside an archive: JSON in base64 in a header. @throws Error in docker's words */
function statIn(response: ResponseHead): PathStat {
  const encoded = response.header('x-docker-container-path-stat')
  const text = Buffer.from(encoded, 'base64').toString()
  const fault = text === '' ? 'EOF' : goJsonError(text)
  if (fault !== '') throw new Error(`unable to decode container path stat header: ${fault}`)
  const { name = '', size = 0, mode = 0, linkTarget = '' }: Partial<PathStat> = JSON.parse(text)
  return { name, size, mode, linkTarget }
}
