/** The request that the `prune` methods of the API classes have in common. dockerode's do not report `null` as docker does. */
import { messageOf } from '../../domain/errors.ts'
import type { Connection, Query } from '../connection.ts'
import { asObject } from './shape.ts'

/** The parts of docker's error message for a report that cannot be parsed. */
interface PruneErrorText {
  readonly goType: string
  /** The words in front of the reason. */
  readonly prefix: string
}

/**
 * Removes unused objects.
 * @returns the daemon's report; an empty one for `null`
 * @throws EngineError ConnectionError, and Error with docker's message when the response is not a report
 */
export async function prune<Response extends object>(
  connection: Connection,
  path: string,
  query: Query,
  { goType, prefix }: PruneErrorText,
): Promise<Partial<Response>> {
  await connection.requireVersion()
  const response = await connection.json<Response | null | undefined>({ method: 'POST', path, query })
  try {
    return response === null ? {} : asObject<Response>(response, goType)
  } catch (error) {
    throw new Error(`${prefix}: ${messageOf(error)}`, { cause: error })
  }
}
