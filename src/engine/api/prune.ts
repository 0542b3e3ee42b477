import { messageOf } from '../../domain/errors.ts'
import type { Connection, Query } from '../connection.ts'
import { asObject } from './shape.ts'

/** How docker speaks of a prune's response when it cannot be read. */
interface Words {
  readonly goType: string
  /** What stands in front of the reason. */
  readonly failure: string
}

/**
 * Has the daemon remove what is not used.
 * @returns its report; an empty one for `null`
 * @throws EngineError ConnectionError, and Error in docker's words for what is no report
 */
export async function prune<Response extends object>(
  connection: Connection,
  path: string,
  query: Query,
  { goType, failure }: Words,
): Promise<Partial<Response>> {
  await connection.requireVersion()
  const response = await connection.json<Response | null | undefined>({ method: 'POST', path, query })
  try {
    return response === null ? {} : asObject<Response>(response, goType)
  } catch (error) {
    throw new Error(`${failure}: ${messageOf(error)}`, { cause: error })
  }
}
