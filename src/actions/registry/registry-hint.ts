import { programName } from '../../cli/program-name.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { OperationError } from '../../domain/image/json-message.ts'
import { registryHint } from '../../domain/registry/hint.ts'

/**
 * Runs an operation on a registry and adds a hint to its errors. Daemons often name neither the registry nor a remedy.
 * @param registry the registry's host, as in references
 */
export async function withRegistryHint<T>(registry: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof EngineError && error.hint === '') {
      throw new EngineError(error.message, error.statusCode, registryHint(registry, error.message, programName()))
    }
    if (error instanceof OperationError)
      throw new ExitStatus(1, error.message, registryHint(registry, error.message, programName()))
    throw error
  }
}
