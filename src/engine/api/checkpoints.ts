import { type Connection, pathSegment } from '../connection.ts'
import { asList } from './shape.ts'
import { CHECKPOINT } from './shapes/container.ts'

export interface CheckpointSummary {
  readonly Name?: string
}

/**
 * `/containers/…/checkpoints` of the Engine API, which only experimental daemons have. All methods throw EngineError
 * and ConnectionError.
 */
export class CheckpointApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param directory of the checkpoints on the daemon's machine; empty for the daemon's default */
  async list(container: string, directory: string): Promise<CheckpointSummary[]> {
    const id = pathSegment('container', container)
    const docker = await this.#connection.docker()
    const response = await docker.getContainer(id).listCheckpoint({ _query: { dir: directory || undefined } })
    return asList(response, CHECKPOINT)
  }

  /** Saves the memory and processes of a container. @param exit whether the container stops afterwards */
  async create(container: string, checkpoint: string, directory: string, exit: boolean): Promise<void> {
    const body = { CheckpointID: checkpoint, CheckpointDir: directory, Exit: exit }
    await this.#connection.text({ method: 'POST', path: checkpointsOf(container), body })
  }

  async remove(container: string, checkpoint: string, directory: string): Promise<void> {
    const path = `${checkpointsOf(container)}/${pathSegment('checkpoint', checkpoint)}`
    await this.#connection.text({ method: 'DELETE', path, query: { dir: directory || undefined } })
  }
}

function checkpointsOf(container: string): string {
  return `/containers/${pathSegment('container', container)}/checkpoints`
}
