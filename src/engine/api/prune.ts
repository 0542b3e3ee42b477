/** The part that the `prune` methods of the API classes have in common. */
import type Docker from 'dockerode'
import { messageOf } from '../../domain/errors.ts'
import type { Connection } from '../connection.ts'
import { asObject, type Shape } from './shape.ts'

/** The parts of docker's error message for a report that cannot be parsed. */
interface PruneErrorText {
  readonly shape: Shape
  /** The words in front of the reason. */
  readonly prefix: string
}

/**
 * Removes unused objects.
 * @param send sends the request
 * @returns the daemon's report; an empty one for `null`
 * @throws EngineError ConnectionError, and Error with docker's message when the response is not a report
 */
export async function prune<Response extends object>(
  connection: Connection,
  send: (docker: Docker) => Promise<Response | null | undefined>,
  { shape, prefix }: PruneErrorText,
): Promise<Partial<Response>> {
  await connection.requireVersion()
  const response = await send(await connection.docker())
  try {
    return response === null ? {} : asObject<Response>(response, shape)
  } catch (error) {
    throw new Error(`${prefix}: ${messageOf(error)}`, { cause: error })
  }
}
