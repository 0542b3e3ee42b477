import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { OperationError } from '../../domain/image/json-message.ts'
import { registryHint } from '../../domain/registry/hint.ts'

/**
 * Does something with a registry. Daemons often do not say which one failed, or what to do: the error that is thrown
 * has a hint that does.
 * @param registry its host, as references name it
 */
export async function withRegistryHint<T>(registry: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof EngineError && error.hint === '') {
      throw new EngineError(error.message, error.statusCode, registryHint(registry, error.message))
    }
    if (error instanceof OperationError) throw new ExitStatus(1, error.message, registryHint(registry, error.message))
    throw error
  }
}
